"""Assignment and Grade Services 2.0: find or make the line item, send scores, read results.

A live line item is never changed: one platform turns a learner's empty grade into zero when the
maximum of its line item is put again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from lti_tool.models import ResourceLink
from lti_tool.service_faults import Declined
from lti_tool.services import call, document_of

_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/"
MANAGE: Final = f"{_SCOPE}lineitem"
LOOK: Final = f"{_SCOPE}lineitem.readonly"
SCORE: Final = f"{_SCOPE}score"
RESULT: Final = f"{_SCOPE}result.readonly"
OURS: Final = frozenset({MANAGE, LOOK, SCORE, RESULT})

_ITEM_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
_RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"

#: Marks our line items in a course, together with the competency as resourceId: a copied course
#: brings them along, and they must not be made a second time (AGS 3.2.5).
TAG: Final = "learner-centered-credentials"
MAXIMUM: Final = 100.0
MOST_PAGES: Final = 50
# one platform writes <...&amp;from=2>; rel=“next” (typographic quotes, HTML entities)
_NEXT: Final = re.compile(r"<([^<>]*)>[^<,]*?;\s*rel\s*=\s*[\"'“”]?next\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class LineItem:
    """One column of a gradebook (AGS 3.2.1); `url` is its id."""

    url: str
    label: str = ""
    maximum: float | None = None
    resource_id: str = ""
    tag: str = ""
    resource_link_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """What a gradebook is told about one person (AGS 3.4.1); no `given` leaves it ungraded."""

    subject: str
    timestamp: datetime
    activity: str  #: Initialized, Started, InProgress, Submitted, Completed
    grading: str  #: FullyGraded, Pending, PendingManual, Failed, NotReady
    given: float | None = None
    maximum: float | None = None
    comment: str = ""
    submitted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a gradebook holds about one person now (AGS 3.3.1)."""

    score: float | None
    maximum: float | None


def takes_scores(link: ResourceLink) -> bool:
    """Whether launches of this link said that it has, or may have, a column for us."""
    return SCORE in link.scopes and bool(link.line_item_url or link.line_items_url)


def line_item_document(*, label: str, competency: str) -> dict[str, Any]:
    """A line item of ours as we ask for it, in a deep link or of the service (AGS 3.2.1)."""
    return {"scoreMaximum": MAXIMUM, "label": label, "resourceId": competency, "tag": TAG}


def find_line_item(
    link: ResourceLink, *, is_another: Callable[[str], bool], now: datetime
) -> LineItem | None:
    """The line item of this link, or one of ours that nobody uses, as in a copied course.

    `is_another` says of a resource link id whether it is another link of ours in this course.
    Raises ServiceFault.
    """
    bound = {"resource_link_id": link.resource_link_id}
    for item in line_items(link, bound, now=now):
        if item.resource_link_id == link.resource_link_id:
            return item
    ours = {"resource_id": link.competency, "tag": TAG}
    for item in line_items(link, ours, now=now):
        if item.resource_id == link.competency and item.tag == TAG:
            held = item.resource_link_id
            if held == link.resource_link_id or not is_another(held):
                return item
    return None


def line_items(
    link: ResourceLink, wanted: Mapping[str, str], *, now: datetime
) -> Iterator[LineItem]:
    """The course's line items by those filters; a platform may ignore them (AGS 3.2.5)."""
    if not link.line_items_url or not {MANAGE, LOOK} & set(link.scopes):
        return
    url = _with_query(link.line_items_url, wanted)
    for document in _pages(link, url, _ITEMS_TYPE, now=now):
        if item := _line_item(document):
            yield item


def create_line_item(link: ResourceLink, *, label: str, now: datetime) -> LineItem:
    """A new column coupled to the link (AGS 3.2.6); raises ServiceFault."""
    if not link.line_items_url or MANAGE not in link.scopes:
        raise Declined(
            "The course has no gradebook column for this activity and does not let us make one. "
            "Add one in the course system, then open the activity there once."
        )
    answered = call(
        link.deployment,
        _scopes(link),
        "POST",
        link.line_items_url,
        now=now,
        accept=_ITEM_TYPE,
        content_type=_ITEM_TYPE,
        document={
            **line_item_document(label=label, competency=link.competency),
            "resourceLinkId": link.resource_link_id,
        },
    )
    made = _line_item(document_of(answered))
    if made is None:
        raise Declined("The platform made a line item but does not say where it is.")
    return made


def send_score(link: ResourceLink, line_item_url: str, score: Score, *, now: datetime) -> None:
    """The gradebook has it (AGS 3.4). Raises ServiceFault, of status 409 for one already there."""
    call(
        link.deployment,
        _scopes(link),
        "POST",
        below(line_item_url, "scores"),
        now=now,
        content_type=_SCORE_TYPE,
        document=score_document(score),
    )


def read_result(
    link: ResourceLink, line_item_url: str, subject: str, *, now: datetime
) -> Result | None:
    """What the gradebook holds about that person or None (AGS 3.3). Raises ServiceFault."""
    url = _with_query(below(line_item_url, "results"), {"user_id": subject})
    for document in _pages(link, url, _RESULTS_TYPE, now=now):
        if document.get("userId") == subject:
            return Result(
                score=_number(document.get("resultScore")),
                maximum=_number(document.get("resultMaximum")),
            )
    return None


def score_document(score: Score) -> dict[str, Any]:
    """The message, without a score where nothing was graded: a missing one is never zero."""
    document: dict[str, Any] = {
        "userId": score.subject,
        "timestamp": _instant(score.timestamp),
        "activityProgress": score.activity,
        "gradingProgress": score.grading,
        "comment": score.comment,
    }
    if score.given is not None:
        document |= {"scoreGiven": score.given, "scoreMaximum": score.maximum}
    if score.submitted_at is not None:
        document["submission"] = {"submittedAt": _instant(score.submitted_at)}
    return document


def below(url: str, name: str) -> str:
    """`/scores` and `/results` go before the query string of a line item (AGS 3.3.1, 3.4.1)."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}"))


def _scopes(link: ResourceLink) -> frozenset[str]:
    return OURS & frozenset(link.scopes)


def _pages(
    link: ResourceLink, url: str, media_type: str, *, now: datetime
) -> Iterator[dict[str, Any]]:
    """Every object of a container, page after page, by the links that it gives as they are."""
    seen: set[str] = set()
    following: str | None = url
    while following and following not in seen and len(seen) < MOST_PAGES:
        seen.add(following)
        answered = call(
            link.deployment, _scopes(link), "GET", following, now=now, accept=media_type
        )
        documents = document_of(answered)
        if not isinstance(documents, list):
            raise Declined("The platform's answer is no list.", status=answered.status)
        yield from (document for document in documents if isinstance(document, dict))
        following = next_page(answered.headers.get("link", ""), at=following)


def next_page(header: str, *, at: str) -> str | None:
    """Where the next page is (RFC 8288); None at the end, and for another server.

    The token goes to the platform that gave it and to nobody else.
    """
    found = _NEXT.search(_as_sent(header))
    if not found:
        return None
    url = urljoin(at, found.group(1).strip().replace("&amp;", "&"))
    here, there = urlsplit(at), urlsplit(url)
    return url if (here.scheme, here.netloc) == (there.scheme, there.netloc) else None


def _as_sent(header: str) -> str:
    """A header is read as Latin-1; what was UTF-8 on the wire becomes that again."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _line_item(document: Any) -> LineItem | None:
    """None for what has no address."""
    if not isinstance(document, dict) or not _text(document, "id"):
        return None
    return LineItem(
        url=_text(document, "id"),
        label=_text(document, "label"),
        maximum=_number(document.get("scoreMaximum")),
        resource_id=_text(document, "resourceId"),
        tag=_text(document, "tag"),
        resource_link_id=_text(document, "resourceLinkId"),
    )


def _text(document: Mapping[str, Any], name: str) -> str:
    """Some platforms write identifiers as numbers."""
    value = document.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _instant(moment: datetime) -> str:
    """ISO 8601 with milliseconds and zone (AGS 3.4.9)."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def _with_query(url: str, parameters: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, urlencode(parameters)]))
    return urlunsplit(parts._replace(query=query))
