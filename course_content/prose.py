"""Markdown of our own becomes HTML: no HTML passes, glossary words lead to their meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course_content.catalog import Framework, Term, UnknownItem

GLOSSARY_SCHEME = "glossary:"

#: A wide table scrolls in a box of its own, which the keyboard can reach.
_TABLE_OPENS = (
    '<div class="lc-tablebox" role="group" aria-label="Table" tabindex="0">'
    '<table class="lc-table lc-table--plain">'
)


def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}).enable("table")
    engine.add_render_rule("table_open", lambda *_: _TABLE_OPENS)
    engine.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return engine


_MARKDOWN = _engine()


@dataclass(kw_only=True)
class Words:
    """The glossary terms that a page used so far, in the order of first use.

    `render` and `render_inline` add to it; a template lists them at its end, so that a word and
    its meaning stand on one page, on paper and inside an LMS too.
    """

    framework: Framework
    used: list[Term] = field(default_factory=list)

    def render(self, text: str, *, top: int) -> str:
        """Markdown as HTML; its highest heading becomes `<h{top}>` and the others follow it."""
        tokens = _MARKDOWN.parse(text)
        _shift_headings(tokens, top)
        self._resolve(tokens)
        return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))

    def render_inline(self, text: str) -> str:
        """One paragraph's Markdown (emphasis, links, code) as HTML without the paragraph."""
        tokens = _MARKDOWN.parseInline(" ".join(text.split()))
        self._resolve(tokens)
        return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))

    def _resolve(self, tokens: Sequence[Token]) -> None:
        for token in _every(tokens):
            if token.type == "link_open":
                self._resolve_link(token)

    def _resolve_link(self, token: Token) -> None:
        target = str(token.attrGet("href") or "")
        if not target.startswith(GLOSSARY_SCHEME):
            token.attrSet("rel", "noopener noreferrer")
            return
        try:
            term = self.framework.term(target.removeprefix(GLOSSARY_SCHEME))
        except UnknownItem:
            # the checker refuses such a link; a snapshot older than the glossary must still open
            token.attrSet("href", "#")
            return
        if term not in self.used:
            self.used.append(term)
        token.attrSet("href", f"#lc-term-{term.slug}")
        token.attrSet("class", "lc-term")
        token.attrSet("title", term.definition)


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    """The highest heading becomes `top`, and none is more than one step below the one before."""
    opening = [token for token in tokens if token.type == "heading_open"]
    closing = [token for token in tokens if token.type == "heading_close"]
    if not opening:
        return
    shift = top - min(int(token.tag[1]) for token in opening)
    before = top - 1
    for first, last in zip(opening, closing, strict=True):
        before = min(6, before + 1, int(first.tag[1]) + shift)
        first.tag = last.tag = f"h{before}"
