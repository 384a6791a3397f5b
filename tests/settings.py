"""The site under test: its own data folder, throw-away secrets, no hashing delay."""

import base64
import os
import secrets
import tempfile
from pathlib import Path

os.environ["LC_MODE"] = "test"
# Playwright's own loop runs in the tests' thread; the database is used between its calls, not in it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.setdefault("LC_DATA_DIR", tempfile.mkdtemp(prefix="lc-test-"))
os.environ.setdefault("LC_MASTER_KEY", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
os.environ.setdefault("LC_SECRET_KEY", secrets.token_urlsafe(40))

from lti_tool.site.settings import *  # noqa: F403  # the environment must be set first
from lti_tool.site.settings import DATA_DIR, DATABASES, INSTALLED_APPS  # as above

# both doors at once: the site, and the rows of the blocks' door
INSTALLED_APPS = [*INSTALLED_APPS, "lc_xblock"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, not memory: threads and processes of a journey share it
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA_DIR) / "test.sqlite3")}
LC_VERIFY_PER_MINUTE = 1_000_000  # all tests come from one address
(Path(DATA_DIR) / "static").mkdir(exist_ok=True)  # whitenoise warns of a folder that is not there
