"""This file scores linter.facts on a folder of saved sites: precision and recall, kind by kind.

    python tests/benchmarks/facts_score.py FOLDER [--misses]

FOLDER holds <name>.html with <name>.yml beside it, or folders <name>/ of pages with facts.yml. The
YAML says what a careful reader finds on the pages: a list of values for each kind (several
spellings of one value in a list of their own), true or false for the kinds of which only the
presence counts, and `url`. A kind that is left out is not there. Facts below a confidence of 0.5
are hints for a person, and count neither way. Ends with 1 when a kind misses 0.95 / 0.90, or a
wrong person is named.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from linter.facts.all import read_facts
from linter.facts.contacts import national
from linter.model import Snapshot
from linter.page import Page
from linter.sites.folder import read_folder
from linter.terms import Site
from linter.vietnamese import fold

PRESENCE = ("editorial-board", "source-rule", "search", "sitemap", "feed")
VALUES = (
    "organisation governing-body responsible-person phone email address licence licence-date "
    "licence-authority language"
).split()
SURE = 0.5
PRECISION, RECALL = 0.95, 0.90


@dataclass
class Score:
    """How many values of each kind were rightly found, wrongly found, and missed."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        """Of what was found, how much is right; 1 where nothing was found."""
        found = self.right[kind] + self.wrong[kind]
        return self.right[kind] / found if found else 1.0

    def recall(self, kind: str) -> float:
        """Of what is there, how much was found; 1 where nothing is there."""
        there = self.right[kind] + self.missed[kind]
        return self.right[kind] / there if there else 1.0

    def failures(self) -> list[str]:
        """The kinds that miss their aim."""
        bad = [
            kind
            for kind in (*VALUES, *PRESENCE)
            if self.precision(kind) < PRECISION or self.recall(kind) < RECALL
        ]
        if self.wrong["responsible-person"]:
            bad.append("wrong person")
        return bad

    def table(self) -> str:
        """The score as a table for people."""
        rows = [f"{'kind':<20} {'right':>5} {'wrong':>5} {'missed':>6}  precision recall"]
        for kind in (*VALUES, *PRESENCE):
            counts = f"{self.right[kind]:>5} {self.wrong[kind]:>5} {self.missed[kind]:>6}"
            rows.append(
                f"{kind:<20} {counts}  {self.precision(kind):>9.3f} {self.recall(kind):>6.3f}"
            )
        return "\n".join(rows)


def add(score: Score, name: str, snapshot: Snapshot, expected: Mapping[str, Any]) -> None:
    """Compares what is read of one site with what a reader finds there."""
    found: dict[str, list[str]] = {}
    for fact in read_facts(snapshot):
        if fact.confidence >= SURE:
            found.setdefault(fact.kind, []).append(fact.value)
    for kind in PRESENCE:
        there, seen = bool(expected.get(kind)), bool(found.get(kind))
        score.right[kind] += there and seen
        score.wrong[kind] += seen and not there
        score.missed[kind] += there and not seen
        if there != seen:
            shown = found.get(kind, ["nothing"])[0]
            score.misses.append(f"{name}: {kind}: {there} there, {shown[:90]!r}")
    for kind in VALUES:
        _compare(score, name, kind, found.get(kind, []), expected.get(kind, []))


def _compare(
    score: Score, name: str, kind: str, found: list[str], expected: list[str | list[str]]
) -> None:
    one_of = kind == "organisation"  # spellings of one body
    groups = (
        [expected] if one_of and expected else [e if isinstance(e, list) else [e] for e in expected]
    )
    taken: set[int] = set()
    for value in found:
        hits = [n for n, group in enumerate(groups) if any(_same(kind, value, e) for e in group)]
        taken.update(hits)
        score.wrong[kind] += not hits
        if not hits:
            score.misses.append(f"{name}: {kind}: wrong {value!r}")
    score.right[kind] += len(taken)
    score.missed[kind] += len(groups) - len(taken)
    score.misses.extend(
        f"{name}: {kind}: missed {group}" for n, group in enumerate(groups) if n not in taken
    )


def _same(kind: str, found: str, expected: str) -> bool:
    if kind == "phone":
        return national(found) == national(expected)
    one, other = _plain(found), _plain(expected)
    if kind == "address":
        words, wanted = set(one.split()), set(other.split())
        return len(words & wanted) >= 0.8 * max(len(words), len(wanted))
    return one.replace(" ", "") == other.replace(" ", "")


def _plain(text: str) -> str:
    """The words of a text, folded, the two usual abbreviations written out."""
    text = re.sub(r"\bubnd\b", "uy ban nhan dan", fold(text))
    return " ".join(re.findall(r"\w+", re.sub(r"\btp\b", "thanh pho", text)))


def sites(folder: Path) -> Iterator[tuple[str, Snapshot, Mapping[str, Any]]]:
    """Each saved site of a folder with what is expected of it."""
    for path in sorted(folder.glob("*.yml")):
        expected = yaml.safe_load(path.read_text("utf-8")) or {}
        site = Site(path.stem, expected.get("url", f"https://{path.stem}.mau.gov.vn/"))
        page = Page(site.url, path.with_suffix(".html").read_bytes())
        yield path.stem, Snapshot(site, (page,)), expected
    for path in sorted(folder.glob("*/facts.yml")):
        expected = yaml.safe_load(path.read_text("utf-8")) or {}
        name = path.parent.name
        site = Site(name, expected.get("url", f"https://{name}.mau.gov.vn/"))
        yield name, read_folder(path.parent, site), expected


def score_folder(folder: Path) -> Score:
    """The score of all saved sites of a folder."""
    score = Score()
    for name, snapshot, expected in sites(folder):
        add(score, name, snapshot, expected)
    return score


def main(arguments: list[str]) -> int:
    """Prints the table; with --misses each wrong or missed value too."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if len(folders) != 1 or not folders[0].is_dir():
        print(__doc__)
        return 2
    score = score_folder(folders[0])
    if not sum(score.right.values()) + sum(score.missed.values()):
        print(f"{folders[0]} holds no saved site with its .yml or facts.yml.")
        return 2
    print(score.table())
    if "--misses" in arguments:
        print("\n".join(score.misses))
    failures = score.failures()
    print("below the aim: " + ", ".join(failures) if failures else "every kind meets its aim")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
