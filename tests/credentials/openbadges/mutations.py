"""Ways to spoil what is handed in: bytes, parts of JSON, chunks of a picture, halves of two."""

from __future__ import annotations

import json
import unicodedata
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any, Final

from credentials.openbadges import Generation, OpenBadgesError, bake_png, bake_svg
from credentials.openbadges.baking import SIGNATURE, unbake_png
from credentials.openbadges.jwt import is_token
from credentials.openbadges.svg import unbake_svg
from tests.credentials.openbadges.alterations import Path, places, with_value, without
from tests.credentials.openbadges.tokens import encoded

#: Letters that look like others, or like nothing.
LOOK_ALIKES: Final = str.maketrans(
    "aeiopcxyS-", "\u0430\u0435\u0456\u043e\u0440\u0441\u0445\u0443\u0405\u2010"
)
ODD: Final[Sequence[Any]] = (
    None, True, False, 0, -1, 1e-7, 2**53, 10**400, "", " ", "\u0000", "\ud800", "\ufffe", "\u202e",
    "x" * 3_000, [], {}, [[]], [None], {"@value": "x"}, {"@id": "_:b0"}, {"@list": []}, "_:b0",
    {"@graph": []}, {"@context": {}}, "did:web:", "did:key:z6Mk", "https://", "urn:", "#", "../x",
    "http://[::1", "https://lead.example:99999/", "0000-00-00T00:00:00Z", "9999-12-31T23:59:60Z",
)  # fmt: skip
WORDS: Final = (
    "@context", "@id", "@type", "@value", "@graph", "@list", "@language", "@included", "@reverse",
    "@set", "id", "type", "name", "proof", "issuer", "verifiableCredential", "endorsement", "vc",
    "revoked", "alg", "credentialStatus", "refreshService", "validUntil", "expirationDate",
    "achievement",
)  # fmt: skip


class Mutations:
    """One stream of spoilt things; the same seed gives the same ones."""

    def __init__(self, seed: str, pool: Sequence[bytes]) -> None:
        self.random = Random(seed)  # noqa: S311 -- repeatable on purpose, nothing secret
        self._pool = pool

    def spoilt(self, data: bytes) -> bytes:
        """`data` with one to three things changed, in whatever it is."""
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            data = self._once(data)
        return data

    def _once(self, data: bytes) -> bytes:
        if self.random.random() < 0.25:
            return self._pick(_BYTES)(self, data)
        if data.startswith(SIGNATURE):
            return self._png(data)
        if data.lstrip().startswith(b"<"):
            return self._svg(data)
        return self._text(data)

    def _text(self, data: bytes) -> bytes:
        if is_token(data):
            return self._token(data.strip())
        try:
            return written(self.spoilt_json(json.loads(data)), self.random)
        except (ValueError, RecursionError):
            return self._pick(_BYTES)(self, data)

    # --- bytes -----------------------------------------------------------------------------------

    def flipped(self, data: bytes) -> bytes:
        """One bit the other way."""
        place = self._place(data)
        return (
            data[:place] + bytes([data[place] ^ 1 << self.random.randrange(8)]) + data[place + 1 :]
            if data
            else b"\0"
        )

    def cut(self, data: bytes) -> bytes:
        """Only the beginning."""
        return data[: self._place(data)]

    def shortened(self, data: bytes) -> bytes:
        """A piece taken out."""
        place = self._place(data)
        return data[:place] + data[place + self.random.randrange(1, 40) :]

    def repeated(self, data: bytes) -> bytes:
        """A piece twice."""
        begin, end = sorted((self._place(data), self._place(data)))
        return data[:end] + data[begin:]

    def filled(self, data: bytes) -> bytes:
        """A few bytes put in."""
        place = self._place(data)
        return data[:place] + self.random.randbytes(self.random.randrange(1, 9)) + data[place:]

    def spliced(self, data: bytes) -> bytes:
        """The beginning of this and the end of another."""
        other = self._pick(self._pool)
        return data[: self._place(data)] + other[self._place(other) :]

    def _place(self, data: bytes) -> int:
        return self.random.randrange(len(data)) if data else 0

    def _pick(self, among: Sequence[Any]) -> Any:
        return among[self.random.randrange(len(among))]

    # --- JSON ------------------------------------------------------------------------------------

    def spoilt_json(self, value: Any) -> Any:
        """One place of it changed."""
        path, found = self._pick(list(places(value)))
        change: Callable[[Any], Any] = self._pick(
            (self._odd, self._like_it, self._around, self._more, self._fewer, self._of_another)
        )
        if not path:
            return change(found) if isinstance(found, dict | list) else found
        if self.random.random() < 0.2:
            return without(value, path)
        return with_value(
            value, path, self._swapped(path) if change == self._of_another else change(found)
        )

    def _odd(self, value: Any) -> Any:
        del value
        return deepcopy(self._pick(ODD))

    def _like_it(self, value: Any) -> Any:
        """Another value that a person could take for it."""
        if not isinstance(value, str):
            return self._more(value)
        return self._pick(
            (
                value.translate(LOOK_ALIKES),
                unicodedata.normalize("NFD", value),
                value.upper(),
                value + "\u200b",
                f" {value}",
                value.replace("https://", "https://user@", 1),
                value.rstrip("Z") + "+00:00",
                value[::-1],
                value + value[-1:],
            )
        )

    def _around(self, value: Any) -> Any:
        return self._pick(
            (
                [value],
                [[value]],
                [value, None],
                {"@set": [value]},
                {"id": value},
                {"@value": value},
                {"@id": value},
                [value, value],
            )
        )

    def _more(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {**value, self._pick(WORDS): deepcopy(self._pick(ODD))}
        if isinstance(value, list):
            return [*value, deepcopy(self._pick([*value, *ODD]))]
        return value + 1 if isinstance(value, int | float) else f"{value}x"

    def _fewer(self, value: Any) -> Any:
        if isinstance(value, list):
            return [*value[1:], *value[:1]] if self.random.random() < 0.5 else value[1:]
        if isinstance(value, dict):
            return dict(list(value.items())[1:])
        return self._odd(value)

    def _of_another(self, value: Any) -> Any:
        return value

    def _swapped(self, path: Path) -> Any:
        """What stands in that place, or under that name, in another badge: a proof, a type."""
        for _ in range(8):
            found = dict(places(_json(self._pick(self._pool))))
            if path in found:
                return deepcopy(found[path])
        return deepcopy(self._pick(ODD))

    # --- tokens and pictures ---------------------------------------------------------------------

    def _token(self, data: bytes) -> bytes:
        parts, which = data.split(b"."), self.random.randrange(3)
        if which == 2 or self.random.random() < 0.2:
            other = next((one for one in self._shuffled() if is_token(one)), data).strip()
            parts[which] = other.split(b".")[which]
            return b".".join(parts)
        padded = parts[which] + b"=" * (-len(parts[which]) % 4)
        try:
            found = json.loads(urlsafe_b64decode(padded))
        except (ValueError, RecursionError):
            return self._pick(_BYTES)(self, data)
        parts[which] = encoded(written(self.spoilt_json(found), self.random))
        return b".".join(parts)

    def _shuffled(self) -> list[bytes]:
        return self.random.sample(self._pool, len(self._pool))

    def _png(self, data: bytes) -> bytes:
        try:
            badge = unbake_png(data)
        except OpenBadgesError:
            return self._pick(_BYTES)(self, data)
        if self.random.random() < 0.5:
            return bake_png(data, self._text(badge), generation=self._pick(list(Generation)))
        chunks = _chunks(data)
        place = self.random.randrange(len(chunks))
        change = self.random.randrange(4)
        if change == 0:
            chunks.insert(self.random.randrange(len(chunks)), chunks[place])
        elif change == 1:
            del chunks[place]
        elif change == 2:
            chunks[place] = chunks[place][:4] + self._pick(_BYTES)(self, chunks[place][4:])
        else:
            chunks.append(chunks.pop(place))
        return SIGNATURE + b"".join(map(_chunk, chunks))

    def _svg(self, data: bytes) -> bytes:
        try:
            spoilt = self._text(unbake_svg(data))
            return bake_svg(data, spoilt, generation=self._pick(list(Generation)))
        except OpenBadgesError:
            return self._pick(_BYTES)(self, data)


_BYTES: Final = (
    Mutations.flipped,
    Mutations.cut,
    Mutations.shortened,
    Mutations.repeated,
    Mutations.filled,
    Mutations.spliced,
)


def written(value: Any, random: Random) -> bytes:
    """The JSON of `value`; now and then with a name said twice or its names in another order."""
    text = json.dumps(value, ensure_ascii=random.random() < 0.5, sort_keys=random.random() < 0.1)
    if random.random() < 0.05 and isinstance(value, dict) and value:
        name = random.choice(sorted(value))
        text = f"{{{json.dumps(name)}: {json.dumps(random.choice(ODD))}, {text[1:]}"
    return text.encode("utf-8", "surrogatepass")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _chunks(png: bytes) -> list[bytes]:
    """Kind and body of each part of a whole picture."""
    found, place = [], len(SIGNATURE)
    while place < len(png):
        end = place + 12 + int.from_bytes(png[place : place + 4], "big")
        found.append(png[place + 4 : end - 4])
        place = end
    return found


def _chunk(named: bytes) -> bytes:
    body = max(len(named) - 4, 0)
    return body.to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")
