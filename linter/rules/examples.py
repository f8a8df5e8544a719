"""This file finds the examples of a rule: of the pages that hold it to its word, two are shown.

They stand in tests/rules/<rule-id>/; a wheel brings them along beside this file. What is made of
bytes alone (recordings, papers) is named and not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linter.facts.reading import read_words

_PACKAGED = Path(__file__).parent / "examples"
_IN_THE_HOUSE = Path(__file__).parents[2] / "tests" / "rules"
_MARK = re.compile(r"""\s+data-expect=["']?(?:fail|review|pass)["']?""")
_MOST_FILES = 3
_BAD, _GOOD = ("fail-", "review-"), ("clean-", "pass-")


@dataclass(frozen=True)
class ExampleFile:
    """One page of an example: its address within the example, its text, the lines at fault."""

    name: str
    lines: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The page as it would stand on a site."""
        return "\n".join(line for line, _ in self.lines)


@dataclass(frozen=True)
class Example:
    """A page, or a small site, that a rule finds wrong or right."""

    bad: bool
    files: tuple[ExampleFile, ...]


def examples_of(rule_id: str) -> tuple[Example, ...]:
    """A bad and a good example of the rule, where it has them."""
    if rule_id.startswith("axe/"):
        return _of_axe(rule_id.removeprefix("axe/"))
    root = _PACKAGED if _PACKAGED.is_dir() else _IN_THE_HOUSE
    folder = root / rule_id
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    found = []
    for kinds in (_BAD, _GOOD):
        for name in (name for kind in kinds for name in names if name.startswith(kind)):
            files = tuple(_read(folder / name))
            if files:
                found.append(Example(kinds is _BAD, files))
                break
    return tuple(found)


def _of_axe(name: str) -> tuple[Example, ...]:
    """The lines of axe_examples.yml: axe-core is tested by others, so there is no page to show."""
    given = _axe_examples().get(name, {})
    return tuple(
        Example(kind == "bad", (ExampleFile("index.html", ((given[kind], kind == "bad"),)),))
        for kind in ("bad", "good")
        if kind in given
    )


@cache
def _axe_examples() -> Mapping[str, Mapping[str, str]]:
    return read_words(Path(__file__).with_name("axe_examples.yml"))


def _read(path: Path) -> Iterator[ExampleFile]:
    pages = sorted(path.rglob("*.html"))[:_MOST_FILES] if path.is_dir() else [path]
    for page in pages:
        if page.suffix != ".html":
            continue
        text = page.read_text("utf-8", errors="replace").strip()
        lines = tuple((_MARK.sub("", line), bool(_MARK.search(line))) for line in text.split("\n"))
        name = page.relative_to(path).as_posix() if path.is_dir() else "index.html"
        yield ExampleFile(name, lines)
