"""Decision record 0002, literally."""

from __future__ import annotations

from uuid import UUID

import pytest

from course_content.catalog import UnknownItem
from course_content.loading import find, load
from course_content.loading.identifiers import items, level_uuid, row_uuid


@pytest.mark.parametrize(
    ("code", "identifier"),
    [
        ("framework", "95c7c140-e8fc-59e7-ac08-83cc50e2f52c"),
        ("I.1.a", "06c59a25-971c-5472-b155-5268ebfb643c"),
        ("I.1.c.i", "cb2843a2-6f9a-5c96-a503-6b27570a19b8"),
    ],
)
def test_identifier_of_an_item_is_the_decided_one(code: str, identifier: str) -> None:
    found = find(load().framework, UUID(identifier))

    assert getattr(found, "code", "framework") == code


def test_no_two_items_share_an_identifier() -> None:
    identifiers = [item.uuid for item in items(load().framework)]

    assert len(identifiers) == 1 + 4 + 21 + 108 + 36
    assert len(set(identifiers)) == len(identifiers)


def test_another_version_of_a_rubric_has_other_identifiers() -> None:
    first, second = row_uuid("I.1.a", "1.0"), row_uuid("I.1.a", "1.1")

    assert len({first, second, level_uuid(first, 3), level_uuid(second, 3)}) == 4


def test_unknown_identifier_is_a_named_error() -> None:
    stranger = UUID("11111111-2222-4333-8444-555555555555")

    with pytest.raises(UnknownItem, match="no item 11111111"):
        find(load().framework, stranger)
