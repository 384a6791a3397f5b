"""Decision record 0001, literally: what may never change without breaking badges in the world."""

from __future__ import annotations

import configparser
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.urls import reverse

from course_content.catalog import NAMESPACE
from credentials.api import demand_sound_start
from credentials.domain.program import issuer_did
from credentials.models import Award, Badge, Endorsement, IssuerKey, StatusList, Submission
from credentials.openbadges import did_web, did_web_url, verification_method
from tests.factories.people import make_program

ROOT = Path(__file__).resolve().parents[2]
SOME = UUID("11111111-2222-4333-8444-555555555555")
OURS = ("lc_credentials", "lc_lti", "lc_content", "lc_xblock")
#: MySQL 8, MariaDB 10.6+: InnoDB with DYNAMIC rows
MOST_INDEX_BYTES = 3072


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


# --- addresses ---------------------------------------------------------------------------------

PATHS = {
    "verify": "/lc/verify",
    "api-verify": "/lc/api/verify",
    "api-openapi": "/lc/api/openapi.json",
    "badge": "/lc/badges/11111111-2222-4333-8444-555555555555",
    "badge-json": "/lc/badges/11111111-2222-4333-8444-555555555555.json",
    "badge-png": "/lc/badges/11111111-2222-4333-8444-555555555555.png",
    "badge-jwt": "/lc/badges/11111111-2222-4333-8444-555555555555.jwt",
    "badge-svg": "/lc/badges/11111111-2222-4333-8444-555555555555.svg",
    "badge-older": "/lc/badges/11111111-2222-4333-8444-555555555555/2.0",
    "badge-older-class": "/lc/badges/11111111-2222-4333-8444-555555555555/2.0/class",
    "badge-older-png": "/lc/badges/11111111-2222-4333-8444-555555555555/2.0.png",
    "issuer": "/lc/issuers/11111111-2222-4333-8444-555555555555",
    "issuer-older": "/lc/issuers/11111111-2222-4333-8444-555555555555/2.0",
    "issuer-did": "/lc/issuers/11111111-2222-4333-8444-555555555555/did.json",
    "issuer-revocations": "/lc/issuers/11111111-2222-4333-8444-555555555555/revocations",
    "status-list": "/lc/status/11111111-2222-4333-8444-555555555555",
    "achievement": "/lc/achievements/11111111-2222-4333-8444-555555555555",
    "rubric-proof": "/lc/rubric-proofs/11111111-2222-4333-8444-555555555555",
    "schema": "/lc/schemas/OpenBadgeCredential.json",
    "item": "/lc/uri/11111111-2222-4333-8444-555555555555",
    "healthz": "/healthz",
}


@pytest.mark.parametrize(("name", "path"), PATHS.items())
def test_public_path_is_the_decided_one(name: str, path: str) -> None:
    by_uuid: dict[str, object] = {"uuid": SOME} if str(SOME) in path else {}
    arguments = {"name": "OpenBadgeCredential"} if name == "schema" else by_uuid

    assert reverse(f"lc:{name}", kwargs=arguments) == path


def test_case_service_lives_where_the_standard_puts_it() -> None:
    assert reverse("lc:case-documents") == "/ims/case/v1p1/CFDocuments"
    assert reverse("lc:case-object", kwargs={"kind": "CFItems", "identifier": str(SOME)}) == (
        "/ims/case/v1p1/CFItems/11111111-2222-4333-8444-555555555555"
    )


@pytest.mark.parametrize("name", PATHS)
def test_record_names_every_public_path(name: str) -> None:
    record = (ROOT / "docs/decisions/0001-public-identifiers-and-names.md").read_text()

    path = PATHS[name].replace(str(SOME), "<uuid>").replace("OpenBadgeCredential", "<name>")
    assert f"`{path}`" in record


def test_issuer_identifier_has_the_decided_form() -> None:
    did = did_web("https://lead.example", "lc", "issuers", str(SOME))

    assert did == "did:web:lead.example:lc:issuers:11111111-2222-4333-8444-555555555555"


def test_issuer_identifier_escapes_the_port() -> None:
    did = did_web("http://localhost:8000", "lc", "issuers", str(SOME))

    assert did == "did:web:localhost%3A8000:lc:issuers:11111111-2222-4333-8444-555555555555"


def test_issuer_identifier_names_the_did_json_we_serve() -> None:
    did = did_web("https://lead.example:8443", "lc", "issuers", str(SOME))

    assert did_web_url(did) == f"https://lead.example:8443{PATHS['issuer-did']}"


def test_key_is_named_by_itself() -> None:
    key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

    assert verification_method("did:web:lead.example", key) == f"did:web:lead.example#{key}"


def test_namespace_of_items_is_the_decided_one() -> None:
    assert UUID("87f5e215-a69b-4b3b-b089-fa85e9cb88f5") == NAMESPACE


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "label"),
    [
        ("credentials", "lc_credentials"),
        ("course_content", "lc_content"),
        ("lti_tool", "lc_lti"),
        ("lc_xblock", "lc_xblock"),
    ],
)
def test_app_label_is_the_decided_one(package: str, label: str) -> None:
    labels = [
        config.label
        for config in vars(import_module(f"{package}.apps")).values()
        if isinstance(config, type) and getattr(config, "name", "") == package
    ]

    assert labels == [label]


def test_blocks_have_the_decided_types_as_soon_as_they_exist() -> None:
    types = {"module_block": "lc_module", "badge_block": "lc_badge"}
    declared = set(re.findall(r"^(\w+)\s*=", entry_points("xblock.v1"), re.MULTILINE))

    assert declared == {name for room, name in types.items() if find_spec(f"lc_xblock.{room}")}


def test_user_model_of_the_site_is_its_own() -> None:
    assert settings.AUTH_USER_MODEL == "lc_lti.User"


# --- rows --------------------------------------------------------------------------------------


def unique_constraints() -> list[tuple[type[models.Model], models.UniqueConstraint]]:
    return [
        (model, constraint)
        for model in our_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]


@pytest.mark.parametrize(("model", "constraint"), unique_constraints(), ids=lambda x: str(x)[-60:])
def test_unique_constraint_means_the_same_on_every_database(
    model: type[models.Model], constraint: models.UniqueConstraint
) -> None:
    assert constraint.fields, "no expressions"
    assert constraint.condition is None
    assert constraint.deferrable is None
    assert not constraint.include
    assert not constraint.opclasses
    assert getattr(constraint, "nulls_distinct", None) is None


def test_only_flags_that_are_true_or_null_stand_nullable_in_a_unique_constraint() -> None:
    nullable = {
        (constraint.name, field)
        for model, constraint in unique_constraints()
        for field in constraint.fields
        if model._meta.get_field(field).null
    }

    assert nullable == {
        ("lc_one_open_attempt", "open"),
        ("lc_one_live_review_per_role", "live"),
        ("lc_one_live_review_per_reviewer", "live"),
        ("lc_one_active_award", "active"),
        ("lc_one_active_key_of_kind", "active"),
        ("lc_one_active_proof", "active"),
        ("lc_one_active_membership", "active"),
        ("lc_one_tie", "active"),
        ("lc_lti_one_key_a_state", "current"),
        # a notice about nothing in particular may come again
        ("lc_notice_once", "subject"),
    }


def test_every_such_flag_is_checked_to_be_true_or_null() -> None:
    checked = {
        (model, _checked_field(constraint))
        for model in our_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    flags = {
        (model, field)
        for model, constraint in unique_constraints()
        for field in constraint.fields
        if isinstance(model._meta.get_field(field), models.BooleanField)
    }

    assert flags - checked == set()


def _checked_field(constraint: models.CheckConstraint) -> str | None:
    """The field of which the constraint says "TRUE or NULL", if that is what it says."""
    condition = getattr(constraint, "condition", None) or constraint.check
    terms = dict(condition.children) if condition.connector == "OR" else {}
    field = next((name for name, value in terms.items() if value is True and "__" not in name), "")
    return field if terms == {field: True, f"{field}__isnull": True} else None


def test_at_most_one_active_award_per_learner_achievement_and_program() -> None:
    (fields,) = [
        constraint.fields
        for constraint in Award._meta.constraints
        if constraint.name == "lc_one_active_award"
    ]

    assert sorted(fields) == ["achievement", "active", "learner", "program"]


def test_submission_pins_the_version_of_its_module() -> None:
    version = Submission._meta.get_field("module_version")

    assert not version.null
    assert version.remote_field.on_delete is models.PROTECT


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Badge, "document"),
        (Badge, "png"),
        (StatusList, "document"),
        (Endorsement, "document"),
        (IssuerKey, "sealed_private"),
    ],
)
def test_signed_and_sealed_bytes_are_binary(model: type[models.Model], name: str) -> None:
    assert type(model._meta.get_field(name)) is models.BinaryField


def index_columns() -> list[tuple[str, tuple[str, ...]]]:
    """(model, columns) of every index and unique constraint that any database makes."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for model in our_models():
        groups = [(f.name,) for f in model._meta.local_fields if f.unique or f.db_index]
        groups += [tuple(name.lstrip("-") for name in i.fields) for i in model._meta.indexes]
        groups += [
            tuple(c.fields)
            for c in model._meta.constraints
            if isinstance(c, models.UniqueConstraint)
        ]
        found += [(model._meta.label, group) for group in groups]
    return found


def column_bytes(field: models.Field) -> int:
    """Bytes of a column in an index of MySQL with utf8mb4, a NULL flag included."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.UUIDField):
        width = 32 * 4
    elif isinstance(field, models.CharField):
        width = field.max_length * 4 + 2
    elif isinstance(field, models.BooleanField):
        width = 1
    elif isinstance(field, models.IntegerField | models.DateTimeField | models.DateField):
        width = 8
    else:
        raise AssertionError(f"{field} must not be indexed: MySQL would need a prefix length")
    return width + (1 if field.null else 0)


@pytest.mark.parametrize(("label", "fields"), index_columns(), ids=str)
def test_index_fits_into_mysql(label: str, fields: tuple[str, ...]) -> None:
    model = apps.get_model(label)

    total = sum(column_bytes(model._meta.get_field(name)) for name in fields)

    assert total <= MOST_INDEX_BYTES


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_primary_key_is_big_and_nothing_needs_a_newer_django(model: type[models.Model]) -> None:
    assert isinstance(model._meta.pk, models.BigAutoField)
    for field in model._meta.local_fields:
        assert not getattr(field, "generated", False)
        assert getattr(field, "db_default", models.NOT_PROVIDED) is models.NOT_PROVIDED


@pytest.mark.parametrize("label", ["lc_credentials", "lc_content", "lc_lti", "lc_xblock"])
def test_app_sets_its_own_primary_key_type(label: str) -> None:
    config = type(apps.get_app_config(label))

    assert vars(config)["default_auto_field"] == "django.db.models.BigAutoField"


def test_no_warning_about_a_dropped_constraint_is_silenced() -> None:
    assert settings.SILENCED_SYSTEM_CHECKS == []


# --- packages ----------------------------------------------------------------------------------


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(delimiters=("=",), interpolation=None)
    parser.read(ROOT / "setup.cfg")
    return parser


def entry_points(group: str) -> str:
    return setup().get("options.entry_points", group, fallback="")


def names(requirements: str) -> set[str]:
    lines = (line.strip() for line in requirements.splitlines())
    return {
        re.split(r"[\s\[<>=~!;]", line, maxsplit=1)[0].lower().replace("_", "-")
        for line in lines
        if line and not line.startswith("#")
    }


LTI_LIBRARIES = {"pylti1p3", "pylti1p3next", "django-lti", "lti-consumer-xblock", "lti"}


def test_base_requirements_hold_no_lti_library_no_celery_no_xblock() -> None:
    base = names(setup()["options"]["install_requires"])

    assert base & (LTI_LIBRARIES | {"celery", "xblock", "web-fragments"}) == set()


def test_open_edx_extra_holds_no_lti_library() -> None:
    assert names(setup()["options.extras_require"]["openedx"]) & LTI_LIBRARIES == set()


def test_extras_are_the_decided_ones() -> None:
    assert set(setup()["options.extras_require"]) == {
        "lti",
        "openedx",
        "postgres",
        "mysql",
        "production",
        "test",
    }


def test_django_lti_is_nowhere_required() -> None:
    parser = setup()
    everything = [parser["options"]["install_requires"], *parser["options.extras_require"].values()]

    assert "django-lti" not in set().union(*(names(text) for text in everything))


# --- the base URL -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_changed_base_url_stops_the_start_and_alters_no_identifier() -> None:
    issuer = make_program().issuer
    before = (issuer.base_url, issuer.did)

    with pytest.raises(ImproperlyConfigured, match=r"Set LC_BASE_URL=https://badges.example.edu"):
        demand_sound_start()

    issuer.refresh_from_db()
    assert (issuer.base_url, issuer.did) == before


@pytest.mark.django_db
def test_issuer_keeps_the_base_url_it_was_made_under() -> None:
    issuer = make_program().issuer

    assert issuer.did == f"did:web:badges.example.edu:lc:issuers:{issuer.uuid}"
    assert issuer_did("http://localhost:8000", str(SOME)) == did_web(
        "http://localhost:8000", "lc", "issuers", str(SOME)
    )
