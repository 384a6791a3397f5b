"""Counting and comparing words, so that prose can be checked without reading taste into it."""

from __future__ import annotations

import re
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")

#: Words that carry no matter of their own.
_SMALL_WORDS = """
a an and are as at be been before but by can each for from had has have how if in into is it its
like no not of on one only or other our own she he so than that the their them then there they this
through to up was were what when where which while who will with without would you your all via such
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def words(text: str) -> list[str]:
    """The words of a text in small letters; Markdown and punctuation fall away."""
    return [word.casefold() for word in _WORD.findall(text)]


def count(text: str) -> int:
    """How many words a reader would count."""
    return len(_WORD.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences and half-sentences of a text."""
    return [part for part in _SENTENCE_END.split(text.strip()) if part]


def likeness(first: str, second: str) -> float:
    """0 to 1: the share of neighboring word pairs that two texts have in common (Jaccard)."""
    one, two = set(pairwise(words(first))), set(pairwise(words(second)))
    return len(one & two) / len(one | two) if one and two else 0.0


def matter(text: str) -> set[str]:
    """The stems of the words that carry meaning, roughly: enough to see a restatement."""
    return {_stem(word) for word in words(text) if word not in _SMALL and len(word) > 2}


def restates(text: str, original: str) -> bool:
    """Whether nearly all the matter of the text is already in the original."""
    said = matter(text)
    return bool(said) and len(said & matter(original)) / len(said) >= 0.7


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ingly", "ments", "ment", "ings", "ing", "ies", "ed", "es"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith(("s", "e", "y")) and len(word) > 4 else word
