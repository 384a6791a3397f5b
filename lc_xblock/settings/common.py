"""Apps, the door and what every page needs: the same in every installation of the platform."""

from __future__ import annotations

from typing import Any

#: The platform's mechanism installs `lc_xblock` itself.
APPS = ("course_content", "credentials")
DOOR = "lc_xblock.doorway.Doorway"
SHELL = "lc_xblock.doorway.shell"


def plugin_settings(settings: Any) -> None:
    """Adds what is missing to the settings module; a second call changes nothing."""
    settings.INSTALLED_APPS = _with(settings.INSTALLED_APPS, *APPS)
    settings.MIDDLEWARE = _with(settings.MIDDLEWARE, DOOR)
    for engine in settings.TEMPLATES:
        if engine["BACKEND"].endswith("DjangoTemplates"):
            options = engine.setdefault("OPTIONS", {})
            options["context_processors"] = _with(options.get("context_processors", ()), SHELL)


def _with(present: Any, *wanted: str) -> list[str]:
    return [*present, *(name for name in wanted if name not in present)]
