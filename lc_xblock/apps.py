"""The Django app of the Open edX door, and what the platform's plugin mechanism reads of it."""

from django.apps import AppConfig

#: The same module for every kind of settings; what it does is safe to repeat.
_SETTINGS = {
    "common": {"relative_path": "settings.common"},
    "production": {"relative_path": "settings.production"},
    "devstack": {"relative_path": "settings.production"},
}


class LcXBlockConfig(AppConfig):
    """Blocks, and the pages of the house below an LMS's own addresses."""

    name = "lc_xblock"
    label = "lc_xblock"
    verbose_name = "Learner-centered blocks"
    default_auto_field = "django.db.models.BigAutoField"
    #: Studio gets the apps, for their templates and static files, but none of the pages.
    plugin_app = {
        "url_config": {
            "lms.djangoapp": {"namespace": "lc", "regex": r"", "relative_path": "urls"},
        },
        "settings_config": {"lms.djangoapp": _SETTINGS, "cms.djangoapp": _SETTINGS},
    }
