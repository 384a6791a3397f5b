"""What the platform's plugin mechanism reads, and what it makes of the platform's settings."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest

from credentials.urls import urlpatterns as house
from lc_xblock import urls
from lc_xblock.apps import LcXBlockConfig
from lc_xblock.settings import production


def platform_settings(**more: object) -> SimpleNamespace:
    """The part of a platform's settings module that matters here."""
    return SimpleNamespace(
        INSTALLED_APPS=["django.contrib.auth", "lc_xblock"],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
        TEMPLATES=[
            {"BACKEND": "common.djangoapps.edxmako.backend.Mako", "OPTIONS": {}},
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {}},
        ],
        LMS_ROOT_URL="https://lms.example.edu",
        **more,
    )


@pytest.mark.parametrize("project", ["lms.djangoapp", "cms.djangoapp"])
def test_every_module_that_the_configuration_names_is_there(project):
    config = LcXBlockConfig.plugin_app

    for named in config["settings_config"][project].values():
        assert import_module(f"lc_xblock.{named['relative_path']}").plugin_settings
    for named in config["url_config"].values():
        assert import_module(f"lc_xblock.{named['relative_path']}").urlpatterns


def test_settings_are_added_once_however_often_they_are_asked_for():
    settings = platform_settings(STORAGES={"default": {"BACKEND": "s3"}})

    production.plugin_settings(settings)
    once = dict(vars(settings))
    production.plugin_settings(settings)

    assert vars(settings) == once
    assert settings.INSTALLED_APPS[-2:] == ["course_content", "credentials"]
    assert settings.MIDDLEWARE[-1] == "lc_xblock.doorway.Doorway"
    assert [engine["OPTIONS"] for engine in settings.TEMPLATES] == [
        {},
        {"context_processors": ["lc_xblock.doorway.shell"]},
    ]
    assert settings.LC_BASE_URL == "https://lms.example.edu"
    assert settings.STORAGES["default"] == {"BACKEND": "s3"}


def test_what_the_operator_set_stays():
    own = {"BACKEND": "storages.backends.s3.S3Storage"}
    settings = platform_settings(
        LC_BASE_URL="https://badges.example.edu",
        LC_DATA_DIR="/srv/lc",
        STORAGES={"lc_evidence": own},
    )

    production.plugin_settings(settings)

    assert settings.LC_BASE_URL == "https://badges.example.edu"
    assert str(settings.LC_UPLOAD_DIR) == "/srv/lc/uploads"
    assert settings.STORAGES["lc_evidence"] == own


def test_storages_in_the_form_of_django_4_2_get_names():
    """Django 4.2 refuses to start where both forms are set."""
    settings = platform_settings(DEFAULT_FILE_STORAGE="s3", STATICFILES_STORAGE="pipeline")

    production.plugin_settings(settings)

    assert settings.STORAGES["default"] == {"BACKEND": "s3"}
    assert settings.STORAGES["staticfiles"] == {"BACKEND": "pipeline"}
    assert not hasattr(settings, "DEFAULT_FILE_STORAGE")
    assert not hasattr(settings, "STATICFILES_STORAGE")


def test_plugin_serves_every_page_of_the_house_but_the_front_page():
    assert {page.name for page in house} - {page.name for page in urls.urlpatterns} == {"start"}
