"""What shows a competency at work: vignette.yaml and practice.yaml."""

from __future__ import annotations

from course_content.catalog import Activity, Annotation, SelfAssessment, Vignette
from course_content.loading.nodes import Section
from course_content.loading.places import Places
from course_content.loading.teaching import Codes


def read_vignette(section: Section, codes: Codes, places: Places) -> Vignette:
    """The fictional leader, an artifact of theirs, and the remarks on it."""
    for key in ("story", "artifact", "annotations"):
        places.set(section.place(key), "vignette", key)
    annotations = []
    for number, entry in enumerate(section.sections("annotations")):
        places.set(entry.place(), "vignette", "annotations", str(number))
        annotations.append(
            Annotation(
                indicator=codes.one(entry, "indicator"),
                verdict=entry.text("verdict"),
                quote=entry.text("quote"),
                why=entry.text("why"),
            )
        )
        entry.finish()
    return Vignette(
        title=section.text("title"),
        story=section.text("story"),
        artifact_title=section.text("artifact_title"),
        artifact=section.text("artifact"),
        annotations=tuple(annotations),
    )


def read_activities(section: Section, codes: Codes, places: Places) -> tuple[Activity, ...]:
    """Things to do with one's own school."""
    activities = []
    for number, entry in enumerate(section.sections("activities")):
        places.set(entry.place(), "activities", str(number))
        activities.append(
            Activity(
                title=entry.text("title"),
                minutes=entry.integer("minutes"),
                steps=entry.text("steps"),
                yields=entry.text("yields"),
                indicators=codes.listed(entry, "indicators"),
            )
        )
        entry.finish()
    return tuple(activities)


def read_self_assessment(section: Section, places: Places) -> SelfAssessment:
    """How to use the rubric on oneself."""
    entry = section.section("self_assessment")
    places.set(section.place("self_assessment"), "self_assessment")
    assessment = SelfAssessment(alone=entry.text("alone"), team=entry.text("team"))
    entry.finish()
    return assessment
