"""Where an LMS keeps evidence and where its people sign in; what the operator set stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lc_xblock.settings import common

#: Where the platform's containers keep what must survive; never below MEDIA_ROOT, which is public.
DATA = "/openedx/data/learner-centered"
#: What Django 4.2 calls the first two storages; together with STORAGES it refuses to start.
OLD_NAMES = {"default": "DEFAULT_FILE_STORAGE", "staticfiles": "STATICFILES_STORAGE"}


def plugin_settings(settings: Any) -> None:
    """Adds what is missing to the settings module; a second call changes nothing."""
    common.plugin_settings(settings)
    data = Path(getattr(settings, "LC_DATA_DIR", DATA))
    _default(settings, "LC_UPLOAD_DIR", data / "uploads")
    _default(settings, "LC_SIGN_OUT_URL", "/logout")
    _default(settings, "LC_ACCOUNT_URL", "/account/settings")
    if root := getattr(settings, "LMS_ROOT_URL", ""):
        _default(settings, "LC_BASE_URL", root.rstrip("/"))
    settings.STORAGES = {"lc_evidence": _private(data / "evidence"), **_storages(settings)}


def _storages(settings: Any) -> dict[str, Any]:
    """The platform's own storages in the form that has names, whichever form it uses."""
    named = dict(getattr(settings, "STORAGES", {}))
    for alias, old in OLD_NAMES.items():
        if backend := vars(settings).pop(old, None):
            named.setdefault(alias, {"BACKEND": backend})
    named.setdefault("default", {"BACKEND": "django.core.files.storage.FileSystemStorage"})
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    named.setdefault("staticfiles", {"BACKEND": static})
    return named


def _private(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }


def _default(settings: Any, name: str, value: object) -> None:
    if not hasattr(settings, name):
        setattr(settings, name, value)
