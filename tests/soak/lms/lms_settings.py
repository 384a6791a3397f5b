"""Settings as the platform has them under Django 4.2, with what plugins add at the end."""

import os

from edx_django_utils.plugins import add_plugins, get_plugin_apps

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *get_plugin_apps("lms.djangoapp"),
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
SECRET_KEY = "for this test only"
STATIC_URL = "/static/"
ROOT_URLCONF = "lms_urls"
USE_TZ = True
ALLOWED_HOSTS = ["*"]
LMS_ROOT_URL = "https://lms.example.edu"
LC_MASTER_KEY = os.environ["LC_MASTER_KEY"]
LC_DATA_DIR = os.environ["LC_DATA_DIR"]
LC_COURSE_WITHOUT_PLATFORM = "course-v1:Lakeshore+Leading+2031"

add_plugins(__name__, "lms.djangoapp", "common")
add_plugins(__name__, "lms.djangoapp", "production")
