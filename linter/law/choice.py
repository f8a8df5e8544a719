"""This file names where a choice of laws comes from; who only asks that need not load the laws."""

from __future__ import annotations

from pathlib import Path

# What a mistake in the choice of laws calls its place.
CHOICE = "--law"


def own_laws(content: Path) -> tuple[Path, ...]:
    """The files in which a province describes instruments of its own: content/law-*.yml."""
    return tuple(sorted(content.glob("law-*.yml")))
