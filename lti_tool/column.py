"""The gradebook column of a resource link: from the launch, else found, else made, never twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q

from course_content.catalog import UnknownItem
from course_content.loading import load
from lti_tool import grades
from lti_tool.digest import digest
from lti_tool.models import ResourceLink
from lti_tool.service_faults import Unavailable

_SOON: Final = timedelta(seconds=5)


def of(link: ResourceLink, *, now: datetime) -> str:
    """The line item's address; outside a transaction, since the platform may be asked.

    Found by our resourceId and tag before one is made: a copied course has it already (AGS 3.2.5).
    Raises ServiceFault; Unavailable also while another worker looks.
    """
    if link.line_item_url:
        return link.line_item_url
    with _Search(link, now=now):
        link.refresh_from_db(fields=["line_item_url"])
        if not link.line_item_url:
            found = _find(link, now=now) or grades.create_line_item(
                link, label=_label(link), now=now
            )
            _keep(link, found.url)
    return link.line_item_url


def moved(link: ResourceLink, *, now: datetime) -> bool:
    """The known line item is not there: whether another of ours is, which is kept then.

    If there is none the address is forgotten, so that sending once more makes a new one.
    """
    if not {grades.MANAGE, grades.LOOK} & set(link.scopes) or not link.line_items_url:
        return False
    found = _find(link, now=now)
    was = link.line_item_url
    _keep(link, found.url if found else "")
    return found is not None and found.url != was


def _find(link: ResourceLink, *, now: datetime) -> grades.LineItem | None:
    def is_another(resource_link_id: str) -> bool:
        others = ResourceLink.objects.filter(context=link.context, digest=digest(resource_link_id))
        return others.exclude(pk=link.pk).exists()

    return grades.find_line_item(link, is_another=is_another, now=now)


def _keep(link: ResourceLink, url: str) -> None:
    link.line_item_url = url
    ResourceLink.objects.filter(pk=link.pk).update(line_item_url=url)


def _label(link: ResourceLink) -> str:
    if link.title:
        return link.title
    try:
        return f"{link.competency} {load().module(link.competency).title}"
    except UnknownItem:
        return link.competency or "Learner-centered leadership"


class _Search:
    """One worker at a time looks for, and makes, the column of a link."""

    def __init__(self, link: ResourceLink, *, now: datetime) -> None:
        self._rows = ResourceLink.objects.filter(pk=link.pk)
        self._now = now
        self._until = now + timedelta(seconds=getattr(settings, "LC_LEASE_SECONDS", 120))

    def __enter__(self) -> None:
        free = Q(line_item_sought_until=None) | Q(line_item_sought_until__lt=self._now)
        if not self._rows.filter(free).update(line_item_sought_until=self._until):
            raise Unavailable(
                "The column of this activity is being looked for.", after=_SOON, everybody=False
            )

    def __exit__(self, *_: object) -> None:
        self._rows.filter(line_item_sought_until=self._until).update(line_item_sought_until=None)
