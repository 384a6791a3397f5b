"""Our canonical form beside that of npm jsonld, over as many generated credentials as wanted.

`python -m tests.judges.differential COUNT [SEED]` prints what was found and fails on a
disagreement or on a refusal that nothing here explains.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from credentials.openbadges.contexts import PINNED, context_document
from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.jsonld import ENGINE
from tests.credentials.openbadges.generated import Generator
from tests.judges import FOLDER, node

#: What we refuse although jsonld takes it (code and beginning of the message), and why.
OUR_REFUSALS = {
    ("not-safe", "It contains a value with a direction, an index or JSON"): (
        "JSON as a value: its canonical text differs between tools in numbers and escapes"
    ),
    ("not-safe", "It uses the word 'jsonSchema'"): (
        "the same, in a document too large for the general engine to be asked"
    ),
    ("not-safe", "It names a language where there is no text"): (
        "the same: inside of JSON as a value, keywords are names like others to jsonld"
    ),
    ("not-safe", "It contains a value that is nothing"): (
        "the same: inside of JSON as a value, keywords are names like others to jsonld"
    ),
    ("not-safe", "It refers to something and says nothing about it"): (
        "a graph in which nothing stands: an empty proof proves nothing"
    ),
    ("unknown-term", "It uses '"): (
        "an address or short form as a name says something to the signature and nothing to a "
        "reader of the JSON"
    ),
    ("not-safe", "It contains a number that signing tools write differently"): (
        "jsonld writes it in a way that others do not (1e-7 becomes 0, 17 digits become 15)"
    ),
    ("not-safe", "It contains a number too large"): (
        "not every JSON reader holds an integer beyond 2^53 exactly"
    ),
    ("not-safe", "It contains a character that is not a character"): (
        "half of a pair has no UTF-8; JavaScript replaces it without a word"
    ),
    ("not-safe", "It contains an address that is not complete: 'lc-relative:"): (
        "what we resolve relative addresses against, in order to recognise them"
    ),
    ("not-safe", "It contains an address that is not complete: 'urn:'"): (
        "a scheme alone names nothing"
    ),
    ("not-safe", "It contains an address that is not complete: 'https://lead.example/<"): (
        "jsonld writes < and > in an address as they are, and its line can be read as another"
    ),
    ("not-safe", "It is built in a way that badges are not"): (
        "it has something unusual in it and is too large for the general engine to be asked"
    ),
    ("too-much-work", "It is too large for what is unusual about it"): (
        "the general engine is given small documents only"
    ),
}
#: What jsonld refuses although we take it, and why we do.
THEIR_REFUSALS = {
    "Maximum deep iterations exceeded": (
        "it stops at as many steps as there are nameless parts; our bound is wider and is counted"
    ),
}


@dataclass
class Outcome:
    """What came of one run."""

    agreed: int = 0
    refused_by_both: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    #: each with the document as JSON
    disagreements: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)


def compare(count: int, seed: int) -> Outcome:
    """Both answers about `count` credentials, half of them without a fault."""
    with tempfile.TemporaryDirectory() as folder:
        contexts, asked, answered = (Path(folder) / name for name in ("contexts", "in", "out"))
        contexts.write_text(json.dumps({url: context_document(url) for url in PINNED}))
        with asked.open("w", encoding="utf-8") as lines:
            lines.writelines(json.dumps(document) + "\n" for document in _documents(count, seed))
        with asked.open("rb") as given, answered.open("wb") as taken:
            command = [node(), str(FOLDER / "canonize_all.mjs"), str(contexts)]
            judge = subprocess.Popen(command, stdin=given, stdout=taken)
            ours = [_ours(document) for document in _documents(count, seed)]
            assert judge.wait() == 0
        theirs = answered.read_text(encoding="utf-8").splitlines()
    outcome = Outcome()
    for document, mine, line in zip(_documents(count, seed), ours, theirs, strict=True):
        _judge(outcome, document, mine, json.loads(line))
    return outcome


def _documents(count: int, seed: int) -> Iterator[dict[str, Any]]:
    generators = Generator(seed, faults=False), Generator(seed)
    for number in range(count):
        yield generators[number % 2].credential()


def _ours(document: dict[str, Any]) -> str | OpenBadgesError:
    try:
        return sha256(ENGINE.canonical_form(document).encode()).hexdigest()
    except OpenBadgesError as error:
        return error.with_traceback(None)


def _judge(
    outcome: Outcome, document: dict[str, Any], ours: str | OpenBadgesError, theirs: dict[str, str]
) -> None:
    if isinstance(ours, OpenBadgesError):
        if "error" in theirs:
            outcome.refused_by_both += 1
            return
        why = _explanation(ours)
        outcome.explained[why or ours.message] += 1
        if not why:
            outcome.unexplained.append(f"{ours.code}: {ours.message} {json.dumps(document)}")
    elif "error" in theirs:
        kind = re.sub(r" \(\d+\)\.$", "", theirs["error"])
        outcome.explained[THEIR_REFUSALS.get(kind, kind)] += 1
        if kind not in THEIR_REFUSALS:
            outcome.unexplained.append(f"jsonld: {theirs['error']} {json.dumps(document)}")
    elif ours == theirs["hash"]:
        outcome.agreed += 1
    else:
        outcome.disagreements.append(json.dumps(document))


def _explanation(error: OpenBadgesError) -> str:
    for (code, begin), why in OUR_REFUSALS.items():
        if error.code == code and error.message.startswith(begin):
            return why
    return ""


def main(arguments: list[str]) -> int:
    """One run, told in lines; 1 where something is not as it must be."""
    count, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    outcome = compare(count, seed)
    print(f"{outcome.agreed:>9,} the same, {outcome.refused_by_both:,} refused by both")
    for why, number in outcome.explained.most_common():
        print(f"{number:>9,} {why}")
    for shown in (*outcome.disagreements, *outcome.unexplained):
        print(f"NOT AS IT MUST BE: {shown[:2000]}")
    return 1 if outcome.disagreements or outcome.unexplained else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
