"""A host that is not our site, as an LMS is: its own users, its own door, no lti_tool, no allauth.

The house must not be able to tell the difference: the same tests run under both settings.
"""

import base64
import os
import secrets
import tempfile
from pathlib import Path

from django import VERSION

DATA_DIR = Path(os.environ.get("LC_DATA_DIR") or tempfile.mkdtemp(prefix="lc-host-"))
KEY_DIR = DATA_DIR / "keys"
SECRET_KEY = secrets.token_urlsafe(40)
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
LC_VERIFY_PER_MINUTE = 1_000_000  # all tests come from one address
TIME_ZONE = "UTC"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "course_content",
    "credentials",
    "lc_xblock",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "credentials.views.safety.SafetyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.host.Doorway",
    "credentials.views.safety.Errors",
]
ROOT_URLCONF = "tests.host"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "credentials.views.shell.shell",
            ],
        },
    },
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA_DIR / "host.sqlite3"),
        "OPTIONS": {"timeout": 20},
        "TEST": {"NAME": str(DATA_DIR / "host-test.sqlite3")},
    }
}
if VERSION >= (5, 1):
    DATABASES["default"]["OPTIONS"]["transaction_mode"] = "IMMEDIATE"
AUTH_USER_MODEL = "auth.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_URL = "/static/"
LOGIN_URL = "/accounts/login/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "lc_evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "evidence"},
    },
}
LC_BASE_URL = "http://localhost:8000"
LC_MASTER_KEY = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
LC_UPLOAD_DIR = DATA_DIR / "uploads"
