"""This file makes text fit for office files: no control characters, no formulas, local numbers."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold; office programs refuse a file with it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The longest text that a cell of a workbook may hold.
_LONGEST = 32767


def plain(text: str) -> str:
    """The text with a mark in place of each character that no office file can hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def cell_text(text: str) -> str:
    """The text as a cell of a workbook holds it."""
    return plain(text)[:_LONGEST]


def say_number(value: float | str, lang: str) -> str:
    """A number as the reader writes it: 87,5 in Vietnamese; text comes back as it is.

    One digit follows the comma, or as many as it takes to tell a little from nothing.
    """
    if isinstance(value, str):
        return value
    digits = next((digits for digits in (1, 2) if round(value, digits)), 3 if value else 1)
    text = str(value) if isinstance(value, int) else f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "vi" else text
