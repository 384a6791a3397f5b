"""What a module must be worth, as far as a program can tell: each check adds its faults.

What does not belong here: whether a file can be read at all; that is for the readers beside this
package, which hand over a complete Module.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable

from course_content.catalog import Framework
from course_content.loading.checks.lengths import check_lengths
from course_content.loading.checks.parts import check_parts
from course_content.loading.checks.prose import check_lines, check_pasted, check_prose
from course_content.loading.checks.samples import check_samples
from course_content.loading.checks.scale import check_scale
from course_content.loading.faults import FaultList
from course_content.loading.module import LoadedModule


def check_modules(
    root: Traversable,
    loaded: Sequence[LoadedModule],
    framework: Framework,
    faults: FaultList,
    *,
    thorough: bool = False,
) -> None:
    """Every check on every module, and what only shows when they are laid side by side.

    `thorough` adds what takes longer and does no harm to a learner: for authors, not at start-up.
    """
    for entry in loaded:
        module, places = entry.module, entry.places
        check_parts(module, framework, places, faults)
        check_lengths(module, places, faults)
        check_scale(module, places, faults)
        check_prose(module, places, faults)
        check_lines(root, f"modules/{module.competency.code}", framework, faults)
        if thorough:
            check_samples(module, places, faults)
    check_pasted(((entry.module, entry.places) for entry in loaded), faults)
