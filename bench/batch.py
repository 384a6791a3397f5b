"""A whole state's cohort: 21 competencies times 1,000 leaders, issued, baked and listed."""

from __future__ import annotations

import os
from time import perf_counter
from typing import Final

from bench import material
from course_content.art import badge_png, badge_svg
from credentials.openbadges import StatusList, sign, status_list_document
from credentials.openbadges.baking import bake_png
from credentials.openbadges.cohort import Order, Press

BADGES: Final = 21 * 1_000


def batch_seconds(badges: int = BADGES) -> float:
    """Wall time on all cores: documents made, signed, checked, baked into 800 px art, one list.

    Nothing is stored: how fast rows are written is the database's business.
    """
    began = perf_counter()
    svg = badge_svg("I.1", title="Shared Vision", domain="V", program="Ridgeline", year=2026)
    picture = badge_png(svg, 800)
    orders = [
        Order(
            name=str(number),
            content=material.content(number),
            verification_method=material.METHOD,
            created=material.AWARDED,
        )
        for number in range(badges)
    ]
    keys = {material.METHOD: material.KEY}
    with Press(keys, processes=os.cpu_count() or 1) as press:
        for signed in press.sign(orders):
            if signed.document is None:
                raise RuntimeError(f"badge {signed.name} was refused: {signed.refusal}")
            bake_png(picture, signed.document)
    listed = status_list_document(
        material.LIST, material.ISSUER, StatusList.empty(), material.AWARDED
    )
    sign(listed, material.KEY, verification_method=material.METHOD, created=material.AWARDED)
    return perf_counter() - began
