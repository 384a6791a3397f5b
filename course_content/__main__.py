"""`python -m course_content`: every fault of the content at once, or one line if it is whole."""

from __future__ import annotations

import sys
from pathlib import Path

from course_content.loading import read


def main(arguments: list[str]) -> int:
    """Checks the content of this package, or of the folder named; returns the exit status."""
    root = Path(arguments[0]) if arguments else Path(__file__).parent
    catalog, faults = read(root, thorough=True)
    for fault in faults:
        print(fault)
    if faults or catalog is None:
        print(f"{len(faults)} fault{'' if len(faults) == 1 else 's'}")
        return 1
    framework, modules = catalog.framework, catalog.modules
    print(
        f"{len(framework.competencies)} competencies, {len(framework.indicators)} indicators, "
        f"{len(modules)} modules, {sum(len(m.pages) for m in modules.values())} pages: no faults"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
