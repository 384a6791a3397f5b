"""The Django app; its label differs from its name because an LMS has an app `credentials`."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """Credentials: rows, verbs, pages."""

    name = "credentials"
    label = "lc_credentials"
    verbose_name = "Learner-centered credentials"
    default_auto_field = "django.db.models.BigAutoField"
