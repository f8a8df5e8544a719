"""This file reckons the few charts of the HTML report: coordinates only, the templates draw them.

Each chart has its numbers beside it in text; shapes and patterns tell it without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_WIDTH, _HEIGHT, _EDGE = 120, 32, 4
_STEPS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Spark:
    """A line of points (0 to 100) by day: the SVG path's points, and where the last one is."""

    line: str
    end: tuple[float, float]
    first: tuple[date, float]
    last: tuple[date, float]
    count: int


@dataclass(frozen=True)
class Bar:
    """One part of a bar that is 100 wide: what it is, how many, from where, how wide."""

    name: str
    count: int
    start: float
    width: float


def spark(points: Sequence[tuple[date, float]]) -> Spark | None:
    """A sparkline; None where there are not two points to join. Flat where nothing moved."""
    if len(points) < 2:
        return None
    values = [value for _, value in points]
    low, high = min(values), max(values)
    start, end = points[0][0].toordinal(), points[-1][0].toordinal()
    placed = []
    for day, value in points:
        x = _EDGE + (_WIDTH - 2 * _EDGE) * (day.toordinal() - start) / (end - start)
        share = (value - low) / (high - low) if high > low else 0.5
        placed.append((round(x, 1), round(_HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * share, 1)))
    line = " ".join(f"{x},{y}" for x, y in placed)
    return Spark(line, placed[-1], points[0], points[-1], len(points))


def spark_text(points: Sequence[tuple[date, float]]) -> str:
    """The same line as one letter a day, for where nothing is drawn; flat where nothing moved."""
    values = [value for _, value in points]
    low, high = min(values, default=0), max(values, default=0)
    top = len(_STEPS) - 1
    return "".join(
        _STEPS[round(top * (value - low) / (high - low)) if high > low else top // 2]
        for value in values
    )


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """The parts of one bar, in order; parts of nothing are left out."""
    total = sum(count for _, count in counts)
    found, start = [], 0.0
    for name, count in counts:
        if count:
            width = 100 * count / total
            found.append(Bar(name, count, round(start, 2), round(width, 2)))
            start += width
    return found
