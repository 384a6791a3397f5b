"""Settings of the site: everything an installation decides comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

#: practice: one machine, SQLite, seeded people. production: everything must be given.
LC_MODE = os.environ.get("LC_MODE", "practice")
if LC_MODE not in {"practice", "production", "test"}:
    raise ImproperlyConfigured(f"LC_MODE is {LC_MODE!r}: write practice or production.")
LC_PRACTICE = LC_MODE == "practice"

DATA_DIR = Path(os.environ.get("LC_DATA_DIR", "var")).resolve()
KEY_DIR = DATA_DIR / "keys"


def _secret(name: str) -> str:
    """A secret from the environment, or (not in production) from a file made by `lc init`."""
    if value := os.environ.get(name):
        return value
    path = Path(os.environ.get(f"{name}_FILE", KEY_DIR / name.lower()))
    if path.is_file():
        return path.read_text().strip()
    raise ImproperlyConfigured(
        f"{name} is missing: run `lc init` (it writes a file only you can read), or set {name} "
        f"or {name}_FILE."
    )


LC_BASE_URL = os.environ.get(
    "LC_BASE_URL", "http://localhost:8000" if LC_MODE != "production" else ""
)
LC_MASTER_KEY = _secret("LC_MASTER_KEY")
SECRET_KEY = _secret("LC_SECRET_KEY")
DEBUG = False

_host = urlsplit(LC_BASE_URL).hostname or ""
ALLOWED_HOSTS = [h for h in os.environ.get("LC_ALLOWED_HOSTS", _host).split(",") if h]
if LC_MODE != "production":
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", ".localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [LC_BASE_URL] if LC_BASE_URL else []
_secure = LC_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_NAME = "lc_session"
CSRF_COOKIE_NAME = "lc_csrf"
CSRF_FAILURE_VIEW = "credentials.views.safety.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
# a message in a cookie of its own would get lost in a course's page
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
if proxy := os.environ.get("LC_PROXY_SSL_HEADER"):
    SECURE_PROXY_SSL_HEADER = (proxy, "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "lti_tool",  # before allauth: its templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "course_content",
    "credentials",
]
MIDDLEWARE = [
    "credentials.views.evidence_origin.EvidenceHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lti_tool.frames.Visits",  # outside the safety headers: it lets a platform frame its visits
    "credentials.views.safety.SafetyHeaders",
    "lti_tool.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "lti_tool.sessions.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lti_tool.doorway.Doorway",
    "credentials.views.safety.Errors",
]
ROOT_URLCONF = "lti_tool.site.urls"
WSGI_APPLICATION = "lti_tool.site.wsgi.application"
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
                "lti_tool.menu.menu",  # after the shell, whose values it replaces in a visit
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'lc.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that a
    # transaction never fails half-way for a lock it could have waited for.
    _database["CONN_MAX_AGE"] = 0
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON",
    }
elif _database["ENGINE"].endswith("mysql"):
    _database["OPTIONS"] = {
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "init_command": "SET sql_mode='STRICT_ALL_TABLES', innodb_strict_mode=1",
    }
# rate limits of sign-in and reset count here: several processes need one shared cache
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if redis := os.environ.get("LC_REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": redis,
    }
# addresses behind a proxy: how many proxies in front of us are ours
LC_TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LC_TRUSTED_PROXIES", "0"))
LC_VERIFY_PER_MINUTE = int(os.environ.get("LC_VERIFY_PER_MINUTE", "60"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "lc_lti.User"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_ADAPTER = "lti_tool.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lti_tool.forms.SignInForm",
    "signup": "lti_tool.forms.InvitedSignupForm",
}
# one address each: a new one counts once its mail was answered, the old one until then
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# the same answer and the same mail delay whether or not an address has an account
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
MFA_ADAPTER = "lti_tool.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Learner-Centered Leadership"
MFA_TOTP_TOLERANCE = 1  # phones' clocks are a little off
LC_ACCOUNT_URL = "/accounts/"
LC_SIGN_UP_URL = "/accounts/welcome/{token}/"
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/lc/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# outside production the files are served from where they lie: nothing to collect
WHITENOISE_USE_FINDERS = LC_MODE != "production"
WHITENOISE_AUTOREFRESH = False
STATIC_ROOT = Path(os.environ.get("LC_STATIC_ROOT", DATA_DIR / "static"))
# evidence from a host of its own; without it from ours, sandboxed
LC_EVIDENCE_ORIGIN = os.environ.get("LC_EVIDENCE_ORIGIN", "")
if _evidence_host := urlsplit(LC_EVIDENCE_ORIGIN).hostname:
    ALLOWED_HOSTS += [_evidence_host]
LC_EVIDENCE_STORAGE = "lc_evidence"
LC_LEASE_SECONDS = float(os.environ.get("LC_LEASE_SECONDS", "120"))
LC_UPLOAD_DIR = DATA_DIR / "uploads"
LC_MAX_FILE_BYTES = int(os.environ.get("LC_MAX_FILE_BYTES", 100 * 1024 * 1024))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if LC_MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
    "lc_evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "evidence",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
if bucket := os.environ.get("LC_S3_BUCKET"):
    STORAGES["lc_evidence"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": bucket, "default_acl": "private", "querystring_auth": True},
    }
# chunks of an upload are streamed to disk by our own view; anything else is small
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

DEFAULT_FROM_EMAIL = os.environ.get("LC_MAIL_FROM", "no-reply@localhost")
if LC_MODE == "production":
    EMAIL_HOST = os.environ.get("LC_SMTP_HOST", "localhost")
    EMAIL_PORT = int(os.environ.get("LC_SMTP_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("LC_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("LC_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("LC_SMTP_TLS", "") == "1"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")

LC_FETCH_ALLOW = frozenset(x for x in os.environ.get("LC_FETCH_ALLOW", "").split(",") if x)
if LC_MODE == "production":
    if LC_FETCH_ALLOW:
        raise ImproperlyConfigured("LC_FETCH_ALLOW is for practice and tests: remove it.")
    if not _secure:
        raise ImproperlyConfigured("LC_BASE_URL must start with https:// in production.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LC_LOG_LEVEL", "WARNING")},
}
# an index that a database silently drops is a fault, not a warning
SILENCED_SYSTEM_CHECKS: list[str] = []
