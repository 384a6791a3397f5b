"""Addresses as the platform has them: its own first, then those of plugins."""

from django.http import HttpResponse
from django.urls import path
from edx_django_utils.plugins import get_plugin_url_patterns

urlpatterns = [
    path("", lambda request: HttpResponse("the LMS's own front page")),
    *get_plugin_url_patterns("lms.djangoapp"),
]
