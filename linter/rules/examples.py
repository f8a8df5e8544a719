"""This file finds the examples of a rule: of the pages that hold it to its word, two are shown.

They stand in tests/rules/<rule-id>/; a wheel brings them along beside this file. The bad one is the
shortest, the good one is that one mended. What is made of bytes alone (recordings, papers) is named
and not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from linter.facts.reading import read_words
from linter.messages import N_

_PACKAGED = Path(__file__).parent / "examples"
_IN_THE_HOUSE = Path(__file__).parents[2] / "tests" / "rules"
_MARK = re.compile(r"""\s+data-expect=["']?(?:fail|review|pass)["']?""")
_SHOWN = (".html", ".css", ".xml", ".txt", ".yml")
# What case.yml says of the site beside its files.
_KNOWN: Mapping[str, str] = {
    "as_of": N_("Day of judgement"),
    "url": N_("Address of the site"),
    "urls": N_("Address of the page"),
    "name": N_("Name of the body"),
    "valid_to": N_("The body ended on"),
    "kin": N_("Portals to link to"),
    "known_hosts": N_("Hosts linked to before"),
    "headers": N_("What the server answers"),
    "status": N_("What the server answers"),
    "doors": N_("What the server answers"),
    "moved": N_("Where other visitors are sent"),
    "certificate": N_("Certificate"),
    "appeared": N_("Seen from outside"),
    "date": N_("Day in the metadata"),
    "instead": N_("Header and footer then say"),
}


@dataclass(frozen=True)
class ExampleFile:
    """One file of an example: its address within the example, its text, the lines at fault."""

    name: str
    lines: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The file as it would stand on a site."""
        return "\n".join(line for line, _ in self.lines)


@dataclass(frozen=True)
class Example:
    """A page, or a small site, that a rule finds wrong or right.

    `known` is what else is so, as label and value: the server's answers, the day.
    """

    bad: bool
    files: tuple[ExampleFile, ...]
    known: tuple[tuple[str, str], ...] = ()


def examples_of(rule_id: str) -> tuple[Example, ...]:
    """A bad and a good example of the rule, where it has them."""
    if rule_id.startswith("axe/"):
        return _of_axe(rule_id.removeprefix("axe/"))
    folder = (_PACKAGED if _PACKAGED.is_dir() else _IN_THE_HOUSE) / rule_id
    bad = _shortest(folder, "fail-") or _shortest(folder, "review-")
    twin = bad and bad.with_name(bad.name.replace("fail-", "clean-", 1))
    good = twin if twin and twin != bad and twin.exists() else _shortest(folder, "pass-")
    return tuple(_read(path, path is bad) for path in (bad, good) if path)


def _shortest(folder: Path, kind: str) -> Path | None:
    paths = [path for path in folder.glob(f"{kind}*") if path.is_dir() or path.suffix == ".html"]
    return min(
        paths, key=lambda path: (sum(len(f.text) for f in _files(path)), path.name), default=None
    )


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


def _read(path: Path, bad: bool) -> Example:
    case = path / "case.yml"
    known = yaml.safe_load(case.read_text("utf-8")) or {} if case.exists() else {}
    return Example(bad, tuple(_files(path)), tuple(_known(known)))


def _files(path: Path) -> Iterator[ExampleFile]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.suffix in _SHOWN and file.name != "case.yml":
            text = file.read_text("utf-8", errors="replace").strip()
            lines = [(_MARK.sub("", line), bool(_MARK.search(line))) for line in text.split("\n")]
            name = file.relative_to(path).as_posix() if path.is_dir() else "index.html"
            yield ExampleFile(name.removesuffix(".txt"), tuple(lines))


def _known(case: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, label in _KNOWN.items():
        if key in case:
            value = list(case[key].values()) if key == "instead" else case[key]
            yield label, "; ".join(_lines(value))


def _lines(value: Any) -> Iterator[str]:
    """The value as one reads it: "index.html: set-cookie: lang=vi"."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "content-type":
                yield from (f"{key}: {line}" for line in _lines(inner))
    elif isinstance(value, list):
        yield ", ".join("; ".join(_lines(inner)) for inner in value)
    else:
        yield " ".join(str(value).split())
