"""The page lets readers enlarge it.

Why: Many people read a phone only after spreading two fingers; a page that forbids it shuts them
out.
Whom it hurts: People with low vision, older people.
Mend: Write <meta name="viewport" content="width=device-width, initial-scale=1">, nothing more.
Limits: Some browsers zoom in spite of it.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("1.4.4",),
    act=("b4f0c3",),
    supersedes=("axe/meta-viewport",),
    messages={"blocked": "The page forbids or limits enlarging ({content})."},
)
def rule(page: Page) -> Iterator[Observation]:
    for meta in page.outline.pick("meta", bearing="content"):
        if meta.get("name", "").strip().lower() != "viewport":
            continue
        words = dict(_properties(meta.get("content")))
        if "user-scalable" not in words and "maximum-scale" not in words:
            continue
        if _forbids(words):
            yield page.fails(meta, "blocked", content=meta.get("content"))
        else:
            yield page.passes(meta)


def _properties(content: str) -> Iterator[tuple[str, str]]:
    # CSS Device Adaptation: properties are parted by white space, commas and semicolons.
    for key, value in re.findall(r"([^\s,;=]+)\s*=\s*([^\s,;=]+)", content):
        yield key.lower(), value.lower()


def _forbids(words: dict[str, str]) -> bool:
    if _scale(words.get("user-scalable", "yes")) in (0.0,):
        return True
    largest = _scale(words.get("maximum-scale", "10"))
    return largest is not None and 0 <= largest < 2


def _scale(value: str) -> float | None:
    """A viewport value as a number, as CSS Device Adaptation reads it; None for a negative one."""
    known = {"yes": 1.0, "no": 0.0, "device-width": 10.0, "device-height": 10.0}
    if value in known:
        return known[value]
    number = re.match(r"[+-]?\d*\.?\d+", value)
    amount = float(number[0]) if number else 0.0
    return None if amount < 0 else amount
