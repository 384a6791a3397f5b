"""Rates of two things measured turn by turn, so that a busy moment of the machine meets both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final

ROUNDS: Final = 5
SECONDS: Final = 1.0  # per turn

#: seconds -> operations per second over at least that long
Rate = Callable[[float], float]


def rate_of(operation: Callable[[], object]) -> Rate:
    """The rate of something in this process; the first call, which fills caches, is not counted."""
    operation()

    def measured(seconds: float) -> float:
        done, began = 0, perf_counter()
        while (elapsed := perf_counter() - began) < seconds or not done:
            operation()
            done += 1
        return done / elapsed

    return measured


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two rates of the same run; the ratio is the median of each round's own ratio."""

    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as fast as the peer we are."""
        return median(o / p for o, p in zip(self.ours, self.peer, strict=True))

    def to_json(self) -> dict[str, Any]:
        """Operations per second, medians and every round."""
        return {
            "ours_per_s": round(median(self.ours), 1),
            "peer_per_s": round(median(self.peer), 1),
            "ratios": [round(o / p, 2) for o, p in zip(self.ours, self.peer, strict=True)],
        }


def interleaved(ours: Rate, peer: Rate, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Pair:
    """Each measured `rounds` times for `seconds`, in turns; who begins alternates."""
    own, others = [], []
    for number in range(rounds):
        turns = [(ours, own), (peer, others)]
        for rate, kept in turns if number % 2 == 0 else reversed(turns):
            kept.append(rate(seconds))
    return Pair(ours=tuple(own), peer=tuple(others))
