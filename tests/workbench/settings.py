"""The workbench with our plugin, put in by the same functions that the platform calls."""

import base64
import os
import sys
import tempfile
from pathlib import Path

from workbench.settings import *  # noqa: F403  # the sdk's own settings come first
from workbench.settings import INSTALLED_APPS  # as above

from lc_xblock.settings import production

LC_DATA_DIR = Path(os.environ.get("LC_DATA_DIR") or tempfile.mkdtemp(prefix="lc-workbench-"))
# its logs and its demonstration files want folders below the current one
LOGGING = {}
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "djpyfs"]
INSTALLED_APPS.append("lc_xblock")  # as the platform's mechanism does
WORKBENCH = {
    "reset_state_on_restart": False,
    "services": {"user": "tests.workbench.people.Users"},
}
MEDIA_URL = "/media/"  # the sdk has none, and then takes every address for a file
EXCLUDED_XBLOCKS = set()
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(LC_DATA_DIR / "workbench.sqlite3"),
        "OPTIONS": {"timeout": 20},
        "TEST": {"NAME": str(LC_DATA_DIR / "test.sqlite3")},
    }
}
ROOT_URLCONF = "tests.workbench.urls"
TIME_ZONE = "UTC"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGIN_URL = "/accounts/login/"
LC_BASE_URL = os.environ.get("LC_BASE_URL", "http://localhost:8000")
LC_MASTER_KEY = os.environ.get("LC_MASTER_KEY") or base64.urlsafe_b64encode(b"k" * 32).decode()
#: Here usages are plain strings that name no course.
LC_COURSE_WITHOUT_PLATFORM = "course-v1:Lakeshore+Leading+2031"

production.plugin_settings(sys.modules[__name__])
