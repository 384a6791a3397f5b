"""Whether an excerpt is new to somebody who has worked through the module."""

from __future__ import annotations

from collections.abc import Iterator

from course_content.catalog import Module
from course_content.loading.checks.wording import words
from course_content.loading.faults import FaultList
from course_content.loading.places import Places

#: So many words in a row are not a coincidence.
RUN = 8


def check_samples(module: Module, places: Places, faults: FaultList) -> None:
    """Excerpts for calibration that learners have read: recognised, they calibrate nobody."""
    read = {run: name for name, text in _read_by_learners(module) for run in _runs(text)}
    for exemplar in module.exemplars:
        known = next((run for run in _runs(exemplar.excerpt) if run in read), None)
        if known is not None:
            faults.add(
                places.of("exemplars", exemplar.key),
                f"learners read this in {read[known]}: {' '.join(known)!r}",
            )


def _read_by_learners(module: Module) -> Iterator[tuple[str, str]]:
    yield "the vignette", f"{module.vignette.story}\n\n{module.vignette.artifact}"
    for page in module.pages:
        yield f"the page {page.slug}", page.markdown
    for guide in module.guides:
        yield (
            f"the guide of {guide.indicator}",
            " ".join(
                (guide.meaning, guide.misreading, *guide.look_fors, *(i.text for i in guide.ideas))
            ),
        )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return (tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1))
