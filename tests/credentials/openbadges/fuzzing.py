"""Spoilt badges by the thousand: each is answered, and none that was altered is found signed.

`python -m tests.credentials.openbadges.fuzzing COUNT [SEED]` prints what came of it and fails where
a rule was broken. Whether something was altered is told without the library's fast road: by PyLD's
canonical form, by the very bytes that a token signs, by what an older badge's address publishes.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any, Final

from credentials.openbadges import (
    Answer,
    Fetched,
    OpenBadgesError,
    Ports,
    Question,
    Report,
    StatusList,
    did_web_url,
    unbake_png,
    unbake_svg,
    verify,
)
from credentials.openbadges.bundle_file import read_bundle
from credentials.openbadges.codes import CODES
from credentials.openbadges.jsonld import ENGINE
from credentials.openbadges.jwt import read_token
from credentials.openbadges.older.shape import is_older
from credentials.openbadges.ports import MAX_ADDRESSES
from credentials.openbadges.reading import Reading, read
from credentials.openbadges.strictjson import parse, parse_credential
from credentials.openbadges.trust_file import read_edition, write_edition
from tests.credentials.openbadges.bundles import EDITION
from tests.credentials.openbadges.bundles import written as bundle_file
from tests.credentials.openbadges.corpus import CORPUS, GOOD
from tests.credentials.openbadges.corpus.entry import Entry
from tests.credentials.openbadges.endorsed import UNIVERSITY
from tests.credentials.openbadges.issued import ISSUER
from tests.credentials.openbadges.mutations import Mutations

#: Longer ones say nothing that shorter ones do not.
MAX_POOLED: Final = 40_000
#: A spoilt badge that takes as long as this hangs: the run stops and shows where.
HANGS_AFTER: Final = 60

PARSERS: Final[dict[str, Callable[[bytes], Any]]] = {
    "unbake_png": unbake_png,
    "unbake_svg": unbake_svg,
    "parse": parse,
    "parse_credential": parse_credential,
    "read_token": read_token,
    "read_bundle": read_bundle,
    "read_edition": read_edition,
    "StatusList.decode": lambda data: StatusList.decode(data.decode("latin-1")),
}


@cache
def pool() -> tuple[bytes, ...]:
    """What is spoilt: the corpus, but for what is only large."""
    return tuple(one.data for one in CORPUS if 0 < len(one.data) <= MAX_POOLED)


@cache
def _entries() -> tuple[Entry, ...]:
    return tuple(one for one in CORPUS if 0 < len(one.data) <= MAX_POOLED)


def said(reading: Reading) -> str:
    """What a badge says, in a form in which two that say the same are equal."""
    document = reading.document or {}
    if reading.token is not None:
        return reading.token.text.rpartition(b".")[0].decode()
    if is_older(document):
        plain = {name: _plain(value) for name, value in document.items()}
        named = {name: value for name, value in plain.items() if value is not None}
        return json.dumps(named, sort_keys=True)
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    return sha256(ENGINE.general_form(unsigned).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A list of one is that one, and a document stands for its address."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and str(value.get("id")).startswith("https://"):
        value = value["id"]
    return value


@cache
def genuine() -> frozenset[str]:
    """What the badges of the corpus say that somebody truly signed or published."""
    signed = {one.data for one in CORPUS if one.expected["signature"].startswith("yes")}
    readings = [read(data) for data in signed]
    return frozenset(said(reading) for reading in readings if not reading.address)


def shown(report: Report) -> str:
    """What a person reads of it, whatever the order of its lists."""
    return str(_ordered(report.to_json()["summary"]))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((name, _ordered(member)) for name, member in value.items())
    if isinstance(value, list):
        return sorted(map(str, map(_ordered, value)))
    return value


@cache
def genuinely_shown() -> frozenset[str]:
    """What the reports on all that is signed show, also of the badges inside."""
    return frozenset(shown(one) for entry in CORPUS for one in whole(entry.report) if _signed(one))


def whole(report: Report) -> Iterator[Report]:
    """The report and those on the badges inside."""
    yield report
    for part in report.parts:
        yield from whole(part)


def _signed(report: Report) -> bool:
    return report.finding(Question.SIGNATURE).answer is Answer.YES


def _formed(report: Report) -> bool:
    return report.finding(Question.WELL_FORMED).answer is Answer.YES


def broken_rules(data: bytes, report: Report) -> Iterator[str]:
    """What is wrong with the report on these bytes; nothing if all is as it must be."""
    for one in whole(report):
        if [found.question for found in one.findings] != list(Question):
            yield "a question is missing"
        if unknown := {found.code for found in one.findings} - set(CODES):
            yield f"codes that are not listed: {unknown}"
        if not all(found.reason.endswith((".", ".)")) for found in one.findings):
            yield "a reason that is no sentence"
    json.dumps(report.to_json(), allow_nan=False).encode()
    reading = read(data)
    if _signed(report) and not reading.address and said(reading) not in genuine():
        yield "signed, though it says what nobody signed"


class Case:
    """One entry of the corpus, spoilt, or with the world around it spoilt."""

    def __init__(self, seed: str) -> None:
        self.mutations = Mutations(seed, pool())
        random = self.mutations.random
        self.entry = random.choice(_entries())
        if random.random() < 0.5:
            self.entry = random.choice(GOOD)
        self.world = random.random() < 0.2
        self.asked = 0
        self.served: list[tuple[bytes, bytes]] = []

    def report(self) -> tuple[bytes, Report]:
        """What was handed in, and the report on it."""
        data = self.entry.data if self.world else self.mutations.spoilt(self.entry.data)
        ports = self._away() if self.world else self.entry.ports
        ports = replace(ports, fetch=self._counted(ports.fetch))
        whose = self.entry.whose
        return data, verify(data, as_of=self.entry.as_of, ports=ports, recipient=whose)

    def broken_rules(self) -> Iterator[str]:
        """What is wrong with the report on it."""
        data, report = self.report()
        yield from broken_rules(data, report)
        # what an older badge was awarded for is not signed: it is as its address has it now
        older = self.entry.name.startswith(("ob2", "good-ob2"))
        for one in () if self.world and older else whole(report):
            if _signed(one) and _formed(one) and shown(one) not in genuinely_shown():
                yield "it shows what nobody signed"
        if self.asked > MAX_ADDRESSES:
            yield f"{self.asked} addresses were asked for"
        if report.finding(Question.NOT_REVOKED).code == "not-revoked":
            for before, after in self.served:
                if b"BitstringStatusListCredential" in before and _list_said(after) != _list_said(
                    before
                ):
                    yield "not revoked, by a list that nobody signed"

    def _counted(self, fetch: Callable[[str], Fetched]) -> Callable[[str], Fetched]:
        def counting(url: str) -> Fetched:
            self.asked += 1
            return fetch(url)

        return counting

    def _away(self) -> Ports:
        """The same world over the network, and spoilt on its way."""
        ports = self.entry.ports
        homes = {did_web_url(issuer): issuer for issuer in (ISSUER, UNIVERSITY)}

        def body(url: str) -> bytes:
            own = ports.resolve_issuer(homes[url]) if url in homes else None
            listed = ports.status_list(url)
            if own is not None:
                return json.dumps(own).encode()
            return ports.fetch(url).body if listed is None else listed

        def fetch(url: str) -> Fetched:
            before = answer = body(url)
            if self.mutations.random.random() < 0.5:
                answer = self.mutations.spoilt(before)
            self.served.append((before, answer))
            return Fetched(body=answer, content_type="application/json", url=url)

        nothing: Callable[[str], Any] = lambda _: None  # noqa: E731 -- two ports that have nothing
        return replace(ports, fetch=fetch, resolve_issuer=nothing, status_list=nothing)


def _list_said(body: bytes) -> str:
    try:
        return said(read(body, max_bytes=MAX_POOLED))
    except OpenBadgesError:
        return "nothing"


def parsed(seed: str) -> str | None:
    """Each reader given something spoilt: only an error of ours may come of it."""
    mutations = Mutations(seed, pool())
    random = mutations.random
    material = random.choice((random.choice(pool()), _more_material()[random.randrange(3)]))
    data = mutations.spoilt(material)
    for reader in PARSERS.values():
        try:
            reader(data)
        except OpenBadgesError as error:
            if not error.message.strip():
                return "an error without words"
    return None


@cache
def _more_material() -> tuple[bytes, bytes, bytes]:
    return bundle_file(), write_edition(EDITION), StatusList.empty().encode().encode()


def faults(name: str) -> list[str]:
    """What went wrong with one badge and one thing to read; `name` is all that repeats it."""
    try:
        return [*Case(name).broken_rules(), *filter(None, [parsed(name)])]
    except Exception as error:  # whatever it is, it is what is looked for
        return [f"{type(error).__name__}: {error}"]


def main(count: int, seed: str) -> int:
    """Runs that many, tells each fault and how long the slowest took; the number of faults."""
    bad, slowest = 0, (0.0, "")
    genuine(), genuinely_shown()
    for number in range(count):
        name = f"{seed}:{number}"
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        began = time.process_time()
        for fault in faults(name):
            bad += 1
            print(f"{name} ({Case(name).entry.name}): {fault}")
        slowest = max(slowest, (time.process_time() - began, name))
        if sys.stdout.isatty():
            print(f"{number + 1} of {count}", end="\r")
    faulthandler.cancel_dump_traceback_later()
    print(f"{count} spoilt, {bad} faults; the slowest took {slowest[0]:.3f} s ({slowest[1]})")
    return bad


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sys.exit(bool(main(wanted, sys.argv[2] if len(sys.argv) > 2 else "1")))
