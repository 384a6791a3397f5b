"""Hours, minutes, and word ranges: what a module asks of a reader's time, and of a learner's."""

from __future__ import annotations

from collections.abc import Iterator

from course_content.catalog import IndicatorGuide, Module, RubricRow
from course_content.loading.checks.wording import count
from course_content.loading.faults import FaultList
from course_content.loading.places import Places

HOURS = (10, 15)
WEEKS = (2, 12)
PAGE_MINUTES = (15, 35)
#: A page of 25 minutes is read in five and worked through in the rest.
PAGE_WORDS = (350, 2500)
ANSWER_WORDS = (30, 600)
#: How far the plan's minutes may be from the hours stated, in parts of one.
PLAN_TOLERANCE = 0.05
TAGLINE_LETTERS = 140

#: (what, words, fewest, most, where it stands)
Measured = tuple[str, str, int, int, tuple[str, ...]]


def check_lengths(module: Module, places: Places, faults: FaultList) -> None:
    """Everything that is too long, too short, or does not add up."""
    _time(module, places, faults)
    _prompts(module, places, faults)
    for name, text, fewest, most, part in _texts(module):
        found = count(text)
        if not fewest <= found <= most:
            faults.add(
                places.of(*part), f"{name} has {found} words; {fewest} to {most} are asked for"
            )
    if len(module.tagline) > TAGLINE_LETTERS:
        faults.add(places.of("tagline"), f"the tagline has more than {TAGLINE_LETTERS} letters")


def _time(module: Module, places: Places, faults: FaultList) -> None:
    if not HOURS[0] <= module.hours <= HOURS[1]:
        faults.add(
            places.of("hours"), f"{module.hours:g} hours; {HOURS[0]} to {HOURS[1]} are meant"
        )
    if not WEEKS[0] <= module.weeks <= WEEKS[1]:
        faults.add(places.of("weeks"), f"{module.weeks} weeks; {WEEKS[0]} to {WEEKS[1]} are meant")
    planned = sum(step.minutes for step in module.plan) / 60
    if abs(planned - module.hours) > PLAN_TOLERANCE * module.hours:
        faults.add(
            places.of("hours"), f"the plan adds up to {planned:.1f} hours, not {module.hours:g}"
        )
    minutes = {page.slug: page.minutes for page in module.pages}
    for number, step in enumerate(module.plan):
        if step.minutes < minutes.get(step.page, 1):
            faults.add(
                places.of("plan", str(number)), "the step takes less time than its page alone"
            )
    for page in module.pages:
        if not PAGE_MINUTES[0] <= page.minutes <= PAGE_MINUTES[1]:
            faults.add(
                places.of("pages", page.slug),
                f"a page takes about 25 minutes ({PAGE_MINUTES[0]} to {PAGE_MINUTES[1]}), "
                f"not {page.minutes}",
            )


def _prompts(module: Module, places: Places, faults: FaultList) -> None:
    for prompt in module.prompts:
        if not prompt.max_words:
            continue  # not a range at all: its reader has told
        bounds = (ANSWER_WORDS[0], prompt.min_words, prompt.max_words, ANSWER_WORDS[1])
        if list(bounds) != sorted(bounds) or prompt.min_words == prompt.max_words:
            faults.add(
                places.of("prompts", prompt.key),
                f"{prompt.min_words}-{prompt.max_words} words cannot be asked for; ranges rise "
                f"and lie within {ANSWER_WORDS[0]}-{ANSWER_WORDS[1]}",
            )


def _texts(module: Module) -> Iterator[Measured]:
    yield "the purpose", module.purpose, 80, 400, ("purpose",)
    yield "the method", module.method, 60, 400, ("method",)
    yield "the order", module.order, 12, 90, ("order",)
    yield "the badge's description", module.badge.description, 15, 90, ("badge",)
    yield "the badge's criteria", module.badge.criteria, 40, 500, ("badge",)
    yield "the story", module.vignette.story, 150, 900, ("vignette", "story")
    yield "the artifact", module.vignette.artifact, 80, 700, ("vignette", "artifact")
    guide = module.reviewer_guide
    yield "the equity check", guide.equity_check, 60, 400, ("reviewer", "equity_check")
    for code, text in guide.falls_short:
        yield f"what to write for {code}", text, 15, 150, ("reviewer", "falls_short")
    for page in module.pages:
        yield "the page", page.markdown, *PAGE_WORDS, ("pages", page.slug)
    for entry in module.guides:
        yield from _guide(entry)
    for row in module.rubric.rows:
        yield from _row(row)
    for exemplar in module.exemplars:
        yield "the excerpt", exemplar.excerpt, 35, 220, ("exemplars", exemplar.key)
        yield "the reason", exemplar.why, 10, 120, ("exemplars", exemplar.key)
    for artifact in module.artifacts:
        yield "the description", artifact.description, 8, 100, ("artifacts", artifact.key)
    for number, activity in enumerate(module.activities):
        yield "the activity", activity.steps, 60, 500, ("activities", str(number))
    for text in (module.self_assessment.alone, module.self_assessment.team):
        yield "the self-assessment", text, 40, 300, ("self_assessment",)


def _guide(guide: IndicatorGuide) -> Iterator[Measured]:
    part = ("guides", guide.indicator)
    yield "the meaning", guide.meaning, 30, 220, (*part, "meaning")
    yield "the misreading", guide.misreading, 12, 120, (*part, "misreading")
    yield "the assistant's route", guide.assistant_route, 12, 120, part
    yield "the authority", guide.authority, 8, 100, part
    for number, look_for in enumerate(guide.look_fors):
        yield "the look-for", look_for, 6, 45, (*part, "look_fors", str(number))
    for idea in guide.ideas:
        yield f"the {idea.setting} idea", idea.text, 12, 100, (*part, "ideas")


def _row(row: RubricRow) -> Iterator[Measured]:
    part = ("rubric", row.indicator)
    yield "the rule for compound clauses", row.compound, 12, 200, (*part, "compound")
    for level in row.levels:
        yield f"level {level.number}", level.descriptor, 12, 140, (*part, str(level.number))
