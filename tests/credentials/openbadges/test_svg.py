"""Bake into an SVG picture and unbake: exact bytes, one badge, every harm named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from credentials.openbadges import (
    Generation,
    OpenBadgesError,
    Question,
    bake_svg,
    unbake_svg,
    verify,
)
from credentials.openbadges.errors import (
    DamagedSvg,
    NoBadgeInside,
    NotAnSvg,
    NotSafe,
    TooLarge,
    Truncated,
)
from credentials.openbadges.svg import MAX_NAMES, MAX_PARTS, MAX_SVG_BYTES
from tests.credentials.openbadges.issued import HOME, TODAY, signed
from tests.credentials.openbadges.pictures import DRAWN, SVG

BADGE = signed()
JWS = b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln"
ADDRESS = b"https://lead.example/lc/badges/33/2.0?a=1&b=2"
TWO = Generation.TWO


def _with(inside: bytes, space: bytes = b"https://purl.imsglobal.org/ob/v3p0") -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="%b">%b</svg>' % (space, inside)


def _canonical(picture: bytes) -> bytes:
    tree = etree.fromstring(picture).getroottree()
    return etree.tostring(tree, method="c14n", with_comments=True)


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize(
    "badge",
    [
        BADGE,
        JWS,
        ADDRESS,
        JWS + b"\n",
        b'{"a":"x]]>y"}',
        b"]]>",
        b"]]",
        b'{\r\n"a":1\r}',
        b"]]\r>",
        b"\xef\xbb\xbf{}",
        '{"a":"“é😀\u2028\x85<&>\x7f"}'.encode(),
        b' \t{"id":"https://a.example/?a=\\"<&"} ',
    ],
)
def test_what_is_baked_comes_out_byte_for_byte(badge: bytes, generation: Generation) -> None:
    assert unbake_svg(bake_svg(DRAWN, badge, generation=generation)) == badge


def test_badge_stands_directly_after_the_opening_tag() -> None:
    assert bake_svg(SVG, b'{"a":1}') == (
        b'<svg xmlns="http://www.w3.org/2000/svg"'
        b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 2 2">'
        b'<openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential>\n'
        b'  <path d="M0 0L1 1"/>\n</svg>'
    )


def test_token_stands_in_the_verify_attribute() -> None:
    baked = bake_svg(b"<svg/>", JWS)

    assert baked == (
        b'<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        b'<openbadges:credential verify="%b"/></svg>' % JWS
    )


def test_badge_that_cdata_would_end_is_written_as_text() -> None:
    baked = bake_svg(b"<svg/>", b'{"a":"]]>"}')

    assert baked.partition(b"credential>")[2] == b'{"a":"]]&gt;"}</openbadges:credential></svg>'


def test_older_badge_names_its_address_beside_its_text() -> None:
    badge = b'{"id":"https://lead.example/a?b&c"}'

    assert bake_svg(b"<svg/>", badge, generation=TWO) == (
        b'<svg xmlns:openbadges="http://openbadges.org">'
        b'<openbadges:assertion verify="https://lead.example/a?b&amp;c">'
        b"<![CDATA[%b]]></openbadges:assertion></svg>" % badge
    )


def test_rest_of_the_picture_stays_as_it_was() -> None:
    baked = bake_svg(DRAWN, b"{}")

    element = b"<openbadges:credential><![CDATA[{}]]></openbadges:credential>"
    declared = b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    rest = baked.replace(element, b"").replace(declared, b"")
    assert rest[:54] == DRAWN[:54]
    assert _canonical(rest) == _canonical(DRAWN)


@pytest.mark.parametrize("picture", [SVG, DRAWN, b"<svg>words</svg>"])
@pytest.mark.parametrize("before", Generation)
def test_baking_again_replaces(picture: bytes, before: Generation) -> None:
    first = bake_svg(picture, BADGE, generation=before)

    assert bake_svg(first, b"{}") == bake_svg(picture, b"{}")
    assert bake_svg(first, JWS, generation=TWO) == bake_svg(picture, JWS, generation=TWO)


def test_baking_replaces_badges_anywhere_in_the_picture() -> None:
    picture = _with(b"a<o:credential>{}</o:credential>b<g/>c<o:credential/>d")
    without = b'<svg xmlns="http://www.w3.org/2000/svg">ab<g/>cd</svg>'

    assert bake_svg(picture, b"{}") == bake_svg(without, b"{}")


def test_prefix_that_the_picture_uses_for_something_else_keeps_its_meaning() -> None:
    picture = b'<svg xmlns:openbadges="urn:else"><openbadges:x openbadges:y="1"/></svg>'

    baked = bake_svg(picture, b"{}")

    assert unbake_svg(baked) == b"{}"
    assert baked.count(b'="urn:else"') == 1
    assert bake_svg(baked, b"{}") == baked


@pytest.mark.parametrize(
    ("inside", "badge"),
    [
        (b"<o:credential>\n<![CDATA[{}]]>\n</o:credential>", b"\n{}\n"),
        (b"<g><o:credential>{&quot;a&quot;:1}</o:credential></g>", b'{"a":1}'),
        (b'<o:credential verify="a.b.c">  </o:credential>', b"a.b.c"),
        (b'<o:credential verify="a.b.c">{}</o:credential>', b"{}"),
        (b"<o:credential/>", b""),
    ],
)
def test_badge_that_another_program_baked_is_read(inside: bytes, badge: bytes) -> None:
    assert unbake_svg(_with(inside)) == badge


def test_picture_with_a_badge_of_each_kind_gives_the_newer() -> None:
    older = _with(b"<o:assertion>old</o:assertion>", b"http://openbadges.org")
    both = older.replace(
        b"</svg>",
        b'<c:credential xmlns:c="https://purl.imsglobal.org/ob/v3p0">{}</c:credential></svg>',
    )

    assert unbake_svg(both) == b"{}"


LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("svg", "error"),
    [
        (b"", NotAnSvg),
        (b"{}", NotAnSvg),
        (b"\x89PNG", NotAnSvg),
        (b"<html/>", NotAnSvg),
        (b'<svg xmlns="urn:else"/>', NotAnSvg),
        (b"<svg", Truncated),
        (SVG[:-1], Truncated),
        (SVG[:-6], Truncated),
        (b"<svg><!-- ", Truncated),
        (b"<svg><g></svg>", DamagedSvg),
        (b"<svg>&x;</svg>", DamagedSvg),
        (b'<svg a="1" a="2"/>', DamagedSvg),
        (b"<svg/><svg/>", DamagedSvg),
        (b"<svg>\xff</svg>", DamagedSvg),
        (b"<o:svg/>", DamagedSvg),
        (b'<?xml version="1.0" encoding="klingon"?><svg/>', DamagedSvg),
        (b"<svg>" + b"<g>" * 300 + b"</g>" * 300 + b"</svg>", DamagedSvg),
        (LAUGHS + b"<svg>&b;</svg>", DamagedSvg),
        (LAUGHS + b'<svg a="&b;"/>', DamagedSvg),
        (b"<svg>" + b" " * MAX_SVG_BYTES + b"</svg>", TooLarge),
        (b"<svg>" + b"<g/>" * MAX_PARTS + b"</svg>", TooLarge),
        (b"<svg %b/>" % b" ".join(b'a%d=""' % n for n in range(MAX_NAMES)), NoBadgeInside),
        (b"<svg %b/>" % b" ".join(b'a%d=""' % n for n in range(MAX_NAMES + 1)), TooLarge),
        (b"<svg %b/>" % b" ".join(b'xmlns:a%d="u"' % n for n in range(MAX_NAMES + 1)), TooLarge),
        (SVG, NoBadgeInside),
        (_with(b"<o:credential>{}</o:credential>" * 2), NoBadgeInside),
        (_with(b"<o:assertion>{}</o:assertion>"), NoBadgeInside),
        (_with(b"<o:credential>{<g/>}</o:credential>"), DamagedSvg),
        (_with(b"<o:credential><!-- --></o:credential>"), DamagedSvg),
    ],
)
def test_other_picture_is_refused_by_name(svg: bytes, error: type[OpenBadgesError]) -> None:
    with pytest.raises(OpenBadgesError) as caught:
        unbake_svg(svg)

    assert type(caught.value) is error


def test_address_in_a_picture_is_never_fetched() -> None:
    picture = b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg>&nbsp;</svg>'

    assert unbake_svg(bake_svg(picture, b"{}")) == b"{}"


@pytest.mark.parametrize("badge", [b"\x00", b"\xff", b"\x1b[", "\ufffe".encode()])
def test_badge_that_xml_cannot_hold_is_not_baked(badge: bytes) -> None:
    with pytest.raises(NotSafe):
        bake_svg(SVG, badge)


def test_picture_that_would_become_too_large_is_not_baked() -> None:
    with pytest.raises(TooLarge):
        bake_svg(SVG, b" " * MAX_SVG_BYTES)


@pytest.mark.parametrize("picture", [SVG, DRAWN])
def test_badge_in_a_picture_is_verified_like_the_badge_alone(picture: bytes) -> None:
    baked = verify(bake_svg(picture, BADGE), as_of=TODAY, ports=HOME)

    assert baked == verify(BADGE, as_of=TODAY, ports=HOME)


def test_web_page_with_a_picture_in_it_is_still_a_web_page() -> None:
    page = b"<!DOCTYPE html><html><body>" + bake_svg(SVG, BADGE) + b"</body></html>"

    assert verify(page, as_of=TODAY, ports=HOME).finding(Question.READABLE).code == "html"


@settings(max_examples=100, deadline=None)
@given(st.text().map(str.encode), st.sampled_from(Generation))
def test_any_text_comes_out_as_it_went_in_or_not_at_all(badge: bytes, kind: Generation) -> None:
    try:
        baked = bake_svg(SVG, badge, generation=kind)
    except NotSafe:
        return

    assert unbake_svg(baked) == badge


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(DRAWN)), st.integers(0, 30), st.binary(max_size=8))
def test_mutated_picture_gives_a_badge_or_a_named_error(at: int, cut: int, put: bytes) -> None:
    baked = bake_svg(DRAWN, b"{}")

    try:
        found = unbake_svg(baked[:at] + put + baked[at + cut :])
    except OpenBadgesError as error:
        found = error.code.encode()

    assert isinstance(found, bytes)
