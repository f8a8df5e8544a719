"""This file knows the periods that reports are written for: a year, or half of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """From one day to another, both included; `half` is 1, 2, or 0 for the whole year."""

    year: int
    half: int = 0

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> Period:
        """The period of the same length just before."""
        if self.half == 2:
            return Period(self.year, 1)
        return Period(self.year - 1, 2 if self.half else 0)

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}" if self.half else str(self.year)


def read_period(text: str) -> Period | None:
    """The period that "2015", "2015-H1" or "2015-H2" names; None for any other text."""
    match = re.fullmatch(r"([12]\d{3})(?:-H([12]))?", text.strip().upper())
    return Period(int(match[1]), int(match[2] or 0)) if match else None


def period_of(day: date, *, halves: bool = True) -> Period:
    """The half-year, or the year, that a day lies in."""
    return Period(day.year, (1 if day.month <= 6 else 2) if halves else 0)
