"""What a learner hands in: evidence.yaml (prompts, artifacts, what must be removed)."""

from __future__ import annotations

from course_content.catalog import Artifact, ArtifactKind, Prompt, Redaction
from course_content.loading.nodes import Section
from course_content.loading.places import Places
from course_content.loading.teaching import Codes

#: The parts that are answered in writing and the number each has in a submission.
PARTS = {"overview": 1, "reflection": 3}


def read_prompts(section: Section, codes: Codes, places: Places) -> tuple[Prompt, ...]:
    """The questions of part 1 and of part 3."""
    prompts = []
    for name, part in PARTS.items():
        for entry in section.sections(name):
            key = entry.text("key")
            places.set(entry.place(), "prompts", key)
            fewest, most = _words(entry)
            prompts.append(
                Prompt(
                    key=key,
                    part=part,
                    text=entry.text("text"),
                    help=entry.text("help"),
                    min_words=fewest,
                    max_words=most,
                    indicators=codes.listed(entry, "indicators") if entry.has("indicators") else (),
                )
            )
            entry.finish()
    return tuple(prompts)


def _words(entry: Section) -> tuple[int, int]:
    """`words: 100-250` as the two numbers."""
    text = entry.text("words")
    fewest, dash, most = text.partition("-")
    if dash and fewest.strip().isdigit() and most.strip().isdigit():
        return int(fewest), int(most)
    if text:
        entry.fault("words", f"'words' must be a range like 100-250, not {text!r}")
    return 0, 0


def read_artifacts(section: Section, codes: Codes, places: Places) -> tuple[Artifact, ...]:
    """The suggested artifacts of part 2."""
    artifacts = []
    known = [kind.value for kind in ArtifactKind]
    for entry in section.sections("artifacts"):
        key, kind = entry.text("key"), entry.text("kind")
        places.set(entry.place(), "artifacts", key)
        if kind and kind not in known:
            entry.fault("kind", f"the kind is one of {', '.join(known)}, not {kind!r}")
        artifacts.append(
            Artifact(
                key=key,
                kind=ArtifactKind(kind) if kind in known else ArtifactKind.OTHER,
                title=entry.text("title"),
                description=entry.text("description"),
                indicators=codes.listed(entry, "indicators"),
            )
        )
        entry.finish()
    return tuple(artifacts)


def read_redactions(section: Section, places: Places) -> tuple[Redaction, ...]:
    """What must be removed before upload, and how."""
    redactions = []
    for number, entry in enumerate(section.sections("redactions")):
        places.set(entry.place(), "redactions", str(number))
        redactions.append(Redaction(what=entry.text("what"), how=entry.text("how")))
        entry.finish()
    return tuple(redactions)
