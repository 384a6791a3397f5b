"""Credentials by chance: a seed makes a document of pinned words in likely and unlikely shapes.

Words come from the pinned contexts as they were published, not from our reading of them. A
document with `faults` may also hold what must be refused: unknown words, incomplete addresses,
numbers that tools write differently.
"""

from __future__ import annotations

from random import Random
from typing import Any

from credentials.openbadges.contexts import (
    CLR_201,
    OB_300,
    OB_303,
    OB_EXTENSIONS,
    VC_V1,
    VC_V2,
    context_document,
)

STACKS = (
    (VC_V2, OB_303, OB_EXTENSIONS),
    (VC_V2, OB_303),
    (VC_V2, CLR_201, OB_303, OB_EXTENSIONS),
    (VC_V1, OB_300),
    (VC_V2,),
)
#: Records are the dearest to check and come less often.
WEIGHTS = (3, 3, 1, 2, 3)
ODD_STACKS = ((OB_303, VC_V2), (VC_V2, OB_303, VC_V2), (), (VC_V2, "https://x.example/unknown"))

TEXTS = (
    "Shared Vision",
    "Visión compartida — Tầm nhìn 😀 “every day”",
    'a "quoted" \\ text',
    "tab\tline\nreturn\r",
    "bell\x07 delete\x7f form\x0c back\x08 nul\x00 unit\x1f",
    "next\x85 separators\u2028\u2029 bom\ufeff zero\u200b",
    "",
    " ",
    "2026-03-02T15:04:05Z",
    "2026-02-01",
    "https://lead.example/with space",
    "_:b0",
    "@id",
    "id",
    "xsd:string",
    "-0",
    "e\u0301 é",
    "\U0010fffd",
)
ADDRESSES = (
    "https://lead.example/lc/badges/33",
    "https://lead.example/lc/badges/33#I.1.a",
    "https://lead.example/é/ü?q=1&r=2",
    "urn:uuid:7d0f1f2e-0a6f-4d3b-9c55-0c1d2e3f4a5b",
    "did:web:lead.example:lc:issuers:5f0c",
    "did:key:z6Mk#z6Mk",
    "mailto:ada@lead.example",
    "obi:Achievement",
    "cred:evidence",
    "type:x",
    "_:b0",
    "_:b1",
    "_:b2",
)
BAD_ADDRESSES = (
    "badges/33",
    "#x",
    "",
    "//lead.example/x",
    "https://lead.example/a b",
    "https://lead.example/<x>",
    "https://lead.example/a\u00a0b",
    "lc-relative:x",
    "@id",
    "id",
    ":",
    "urn:",
    "../x",
    "https://lead.example/\ud800",
)
LANGUAGES = ("en", "es-MX", "EN", "zh-Hant-TW")
NUMBERS = (0, 1, -1, 3, 2**53 - 1, 0.5, 3.0, 2.5, -0.25, 123456789.125, 0.000012, 1e-6, 0.1)
BAD_NUMBERS = (2**53, 1e-7, 1e21, 0.1 + 0.2, 1.5e300, -(2**60), 1 / 3)


Words = dict[str, Any]


def _classes(stack: tuple[str, ...]) -> dict[str, Words]:
    """Kind of thing -> the words that the kind brings -> how they are defined."""
    classes: dict[str, Words] = {}
    for address in stack:
        for name, found in context_document(address)["@context"].items():
            if name[0].isupper():
                words = found.get("@context", {}) if isinstance(found, dict) else {}
                classes.setdefault(name, {}).update(_plain(words))
    return classes


def _plain(words: Words) -> Words:
    return {
        word: how
        for word, how in words.items()
        if word[0].islower() and word not in {"id", "type", "cred", "obi", "xsd"}
    }


def _everywhere(stack: tuple[str, ...]) -> Words:
    words: Words = {}
    for address in stack:
        words.update(_plain(context_document(address)["@context"]))
    return words


CLASSES = {stack: _classes(stack) for stack in STACKS}
EVERYWHERE = {stack: _everywhere(stack) for stack in STACKS}


class Generator:
    """One document after another out of one seed."""

    def __init__(self, seed: int, *, faults: bool = True) -> None:
        self.random = Random(seed)  # noqa: S311 - the same documents every time
        self.faults = faults
        self.stack = STACKS[0]
        self.deepest = 0

    def credential(self) -> dict[str, Any]:
        """The next document."""
        self.stack = stack = self.random.choices(STACKS, WEIGHTS)[0]
        self.deepest = self._pick((1, 1, 1, 1, 2, 2, 4))
        document: dict[str, Any] = {"@context": list(stack)}
        document["id"] = self._address()
        document["type"] = ["VerifiableCredential"]
        if len(stack) > 1:
            document["type"].append(self._pick(("OpenBadgeCredential", "AchievementCredential")))
        if CLR_201 in stack:
            document["type"].append("ClrCredential")
        document["issuer"] = self._thing("Profile", 1) if self._chance(0.4) else self._address()
        document["validFrom"] = "2026-03-02T15:04:05Z"
        document["credentialSubject"] = self._subject()
        self._fill(document, "VerifiableCredential", 0)
        if self.faults and self._chance(0.1):
            del document[self._pick(sorted(document))]
        if self.faults and self._chance(0.05):
            document["@context"] = list(self._pick(ODD_STACKS))
        return document

    def _subject(self) -> dict[str, Any]:
        if CLR_201 not in self.stack or self._chance(0.2):
            return self._thing("AchievementSubject", 1)
        subject = {"type": ["ClrSubject"], "achievement": [self._thing("Achievement", 1)]}
        self._fill(subject, "ClrSubject", 1)
        own = self.stack, self.deepest
        inner = self.credential()
        self.stack, self.deepest = own
        subject["verifiableCredential"] = [inner] if self._chance(0.7) else inner
        return subject

    def _thing(self, name: str | None, depth: int) -> dict[str, Any]:
        thing: dict[str, Any] = {}
        classes = CLASSES[self.stack]
        if name not in classes or self._chance(0.1):
            name = self._pick(sorted(classes))
        if self._chance(0.95):
            thing["type"] = self._kinds(name)
        if self._chance(0.5):
            thing["id"] = self._address()
        self._fill(thing, name if "type" in thing else None, depth)
        if self._chance(0.3):
            thing = dict(self.random.sample(sorted(thing.items()), len(thing)))
        return thing

    def _kinds(self, name: str) -> Any:
        if self.faults and self._chance(0.03):
            return self._pick((None, [], "MadeUp", [name, "MadeUp"], 5, {"a": 1}, [[name]], ""))
        if self._chance(0.15):
            return [name, self._pick(("https://lead.example/Kind", name, "urn:kind"))]
        if self.faults and self._chance(0.1):
            return [name, self._pick((*sorted(CLASSES[self.stack]), "obi:Kind", "_:kind"))]
        return name if self._chance(0.4) else [name]

    def _fill(self, thing: dict[str, Any], name: str | None, depth: int) -> None:
        words = CLASSES[self.stack][name] if name else {}
        for word in self.random.sample(
            sorted(words), min(len(words), self.random.randint(0, min(self.deepest, 3)))
        ):
            thing.setdefault(word, self._values(word, words[word], depth))
        everywhere = EVERYWHERE[self.stack]
        if self._chance(0.1) or not name:
            word = self._pick(sorted(everywhere))
            thing.setdefault(word, self._values(word, everywhere[word], depth))
        if self.faults and self._chance(0.02):
            thing[self._pick(("madeUp", "@included", "xsd:x", "https://x.example/y", "", "@x"))] = 1
        if self._chance(0.02):
            thing["@context"] = self._pick((self.stack[-1], [self.stack[-1]], list(self.stack)))

    def _values(self, word: str, how: Any, depth: int) -> Any:
        if self._chance(0.03):
            return self._pick((None, [], [None]))
        if self._chance(0.3):
            one = self._value(word, how, depth)
            if self._chance(0.3):
                return [one] * self.random.randint(2, 3)
            return [one] + [self._value(word, how, depth) for _ in range(self.random.randint(0, 2))]
        return self._value(word, how, depth)

    def _value(self, word: str, how: Any, depth: int) -> Any:
        kind = how.get("@type") if isinstance(how, dict) else None
        if self._chance(0.02):
            return self._pick((None, True, False, *NUMBERS))
        if self.faults and self._chance(0.01):
            return self._pick(
                (
                    *BAD_NUMBERS,
                    {"@value": None},
                    {"@value": 5},
                    {"@value": True},
                    {"@value": "x"},
                    [[1, [2]], [], {"@value": 2.5}],
                    {"@value": "x", "type": "xsd:x"},
                    {"@language": "en"},
                    {"@value": "x", "@language": "not a language"},
                    {},
                    [["x"], "y"],
                )
            )
        if kind in {"@id", "@vocab"}:
            if depth < self.deepest and self._chance(0.5):
                return self._thing(word[:1].upper() + word[1:], depth + 1)
            return self._address()
        if (
            kind is None
            and depth < self.deepest
            and self._chance(0.5 if isinstance(how, dict) else 0.05)
        ):
            return self._thing(word[:1].upper() + word[1:], depth + 1)
        if kind is not None and self._chance(0.3):
            return self._pick((True, *NUMBERS))
        if kind is None and self._chance(0.15):
            return {"@value": self._text(), "@language": self._pick(LANGUAGES)}
        return self._text()

    def _text(self) -> str:
        if self._chance(0.1):
            return "".join(chr(self.random.randint(0, 0x2FF)) for _ in range(8))
        return self._pick(TEXTS)

    def _address(self) -> str:
        if self.faults and self._chance(0.02):
            return self._pick(BAD_ADDRESSES)
        if self._chance(0.5):
            return f"https://lead.example/x/{self.random.randint(0, 9)}"
        return self._pick(ADDRESSES)

    def _pick(self, options: Any) -> Any:
        return self.random.choice(options)

    def _chance(self, share: float) -> bool:
        return self.random.random() < share
