"""The Django app that carries the content's templates and static files; it has no rows."""

from django.apps import AppConfig


class CourseContentConfig(AppConfig):
    """Framework and modules."""

    name = "course_content"
    label = "lc_content"
    verbose_name = "Learner-centered leadership content"
    default_auto_field = "django.db.models.BigAutoField"
