"""Each fail example of a site rule has its clean twin: the site as it is mended, in a lawful site.

tests/rules/_lawful/ is a small site in order, by the law of any day. The twin clean-x/ beside
fail-x/ lays over it what is mended: pages, files, and case.yml (of which test_rules.py tells). A
page that is no whole page is what stands in <main>, after what belongs in <head>; its <h1> is its
title. Keys of case.yml that twins alone know:
  date: 2015-12-10         of all pages' metadata
  instead: {old: new}      in the header and footer of all pages
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.answers import read_answers
from linter.judge import judge
from linter.law.choice import own_laws
from linter.lint import Terms, bench
from linter.model import Snapshot
from linter.rules.catalogue import all_rules
from linter.terms import Outcome

FOLDER = Path(__file__).parents[1] / "rules"
LAWFUL = FOLDER / "_lawful"
CONTENT = FOLDER.parents[1] / "content"
ADDRESS = "https://vi-du.tiengiang.gov.vn/"
RULES = {rule.id: rule for rule in all_rules().values() if rule.site_check}
FAILS = [path for rule in RULES for path in sorted((FOLDER / rule).glob("fail-*/"))]
KINDS = (("component", "department"), ("aggregated", ""), ("vertical", ""))
DAYS = (date(2015, 12, 18), date(2019, 1, 15), date(2022, 9, 1), date(2024, 5, 1))
TODAY = date(2026, 11, 23)
# Belongs in <head>, wherever a fragment begins with it.
HEAD = re.compile(r"\s*(<meta\b[^>]*>|<link\b[^>]*>|<(script|style)\b.*?</\2>)", re.S)


@pytest.mark.parametrize("fail", FAILS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_each_fail_site_has_a_clean_twin_of_which_no_rule_says_anything(
    fail: Path, tmp_path: Path, read_case: Callable[..., Snapshot]
) -> None:
    twin = fail.with_name(fail.name.replace("fail-", "clean-", 1))
    case = lay_over(twin, tmp_path / "site")
    snapshot = read_case(tmp_path / "site", case)
    day = date.fromisoformat(str(case.get("as_of", DAYS[0])))
    assert said_of(snapshot, day, tmp_path / "site") == []
    # Nor does the rule itself when it is asked what it was asked of the fail example.
    rule = RULES[fail.parent.name]
    params = (yaml.safe_load((fail / "case.yml").read_text("utf-8")) or {}).get("params", {})
    params |= case.get("params", {})
    asked = {key: tuple(v) if isinstance(v, list) else v for key, v in params.items()}
    assert rule.site_check
    heard = list(rule.site_check(snapshot, rule.params(**asked), day))
    assert [(o.outcome, o.message) for o in heard if o.outcome is not Outcome.PASS] == []


def test_each_clean_twin_has_its_fail_site() -> None:
    for twin in FOLDER.glob("*/clean-*/"):
        assert twin.with_name(twin.name.replace("clean-", "fail-", 1)).is_dir(), twin


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0])
def test_of_the_lawful_site_no_law_of_any_day_says_anything(
    kind: tuple[str, str], tmp_path: Path, read_case: Callable[..., Snapshot]
) -> None:
    case = lay_over(None, tmp_path / "site") | {"kind": kind[0], "body": kind[1]}
    snapshot = read_case(tmp_path / "site", case)
    for day in (*DAYS, TODAY):
        assert said_of(snapshot, day, tmp_path / "site") == [], day


def said_of(snapshot: Snapshot, day: date, folder: Path) -> list[tuple[str, ...]]:
    """What all rules say under all laws in force that day; none is asked for a browser."""
    terms = Terms(
        day,
        "in-force,tiengiang",
        browser="none",
        answers=read_answers(folder / "answers.yml"),
        own_laws=own_laws(CONTENT),
    )
    report = judge(snapshot, replace(bench(terms), unlooked={}))
    return [
        (f.rule, f.message, f.page, f.snippet, str(dict(f.params)), *f.requirements)
        for f in report.findings
    ]


def lay_over(twin: Path | None, to: Path) -> dict[str, Any]:
    """Lays the twin over the lawful site, in a folder of its own; returns its case."""
    shutil.copytree(LAWFUL, to)
    case = yaml.safe_load((LAWFUL / "case.yml").read_text("utf-8"))
    if twin is not None:
        shutil.copytree(twin, to, dirs_exist_ok=True)
        if (twin / "case.yml").exists():
            case |= yaml.safe_load((twin / "case.yml").read_text("utf-8"))
    parts = {path.stem: path.read_text("utf-8").strip() for path in to.glob("_*.html")}
    for name in parts:
        (to / f"{name}.html").unlink()
    for old, new in case.get("instead", {}).items():
        assert any(old in part for part in parts.values()), old
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    for path in to.rglob("*.html"):
        text = path.read_text("utf-8").strip()
        if not re.match("<!doctype|<html", text, re.I):
            path.write_text(_in_frame(text, path.relative_to(to), parts, case), "utf-8")
    return case


def _in_frame(text: str, path: Path, parts: dict[str, str], case: dict[str, Any]) -> str:
    main = HEAD.sub("", text)
    title = re.search("<h1[^>]*>(.*?)</h1>", main, re.S)
    lang = "en" if path.parts[0] == "en" else "vi"
    values = {
        "lang": lang,
        "title": re.sub("<[^>]*>", "", title[1]) if title else "",
        "date": str(case.get("date", "2015-01-12")),
        "address": case.get("url", ADDRESS) + path.as_posix().removesuffix("index.html"),
        "head": "".join(found[0] for found in HEAD.finditer(text)),
        "header": parts[f"_header.{lang}"],
        "main": main.strip(),
        "footer": parts[f"_footer.{lang}"],
    }
    return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], parts["_frame"])
