"""This file puts the steps together for one snapshot: render, then judge, on given terms."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from linter.answers import Answers
from linter.baseline import Baseline, tell_mended
from linter.findings import Report
from linter.judge import Bench, judge, merge
from linter.law.library import choose_laws
from linter.model import Canary, Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.rules.rule import Rule
from linter.terms import Outcome, Severity
from linter.waivers import Waiver, check_waivers

# Which pages a browser looks at: those of which it does not know what it would see, one of each
# structure (and of these the unknown), all of them anew, or none.
BROWSER_MODES = ("changed", "representative", "all", "none")


@dataclass(frozen=True)
class Terms:
    """How a run judges; the same for every site of it.

    `law` is a profile, ids of instruments, or "in-force". `browser` is one of BROWSER_MODES.
    `release` holds sites to what the public may see: sample data, a notice otherwise, is then an
    error. `cache` is the folder for results of the browser, None for none; `jobs` how many browsers
    work at once. `own_laws` are files of a province's own instruments.
    `grid` is the address of a Selenium Grid, empty for browsers of this machine.
    """

    as_of: date
    law: str
    browser: str = "representative"
    fail_on: Severity | None = Severity.ERROR
    release: bool = False
    waivers: Sequence[Waiver] = ()
    answers: Answers = field(default_factory=Answers)
    baseline: Baseline = field(default_factory=Baseline)
    cache: Path | None = None
    jobs: int = 1
    own_laws: tuple[Path, ...] = ()
    grid: str = ""


def lint(
    snapshot: Snapshot,
    terms: Terms,
    folder: Path | None = None,
    step: Callable[[str], object] = lambda _text: None,
) -> Report:
    """Judges one site as the terms say; renders it first unless they say "none".

    `folder` serves a site that was read from there; without it the browser goes to the addresses
    themselves. `step` is called with each address that a browser has looked at.
    """
    if terms.browser != "none":
        from linter.browser import render, serve  # noqa: PLC0415  # selenium is slow to load

        anew = terms.browser == "all"
        order = render.Order(jobs=terms.jobs, cache=terms.cache, anew=anew, grid=terms.grid)
        answers = serve.answers_of_folder(snapshot, folder) if folder else None
        proven = None
        if terms.browser == "representative" and answers:
            proven = render.open_proven(order, answers, _rules_digest())
        plan = render.plan_pages(snapshot, terms.browser, proven)
        snapshot = render.render(snapshot, plan, order, answers, step)
        if proven and snapshot.canary is Canary.SEEN:
            for page in snapshot.html_pages:
                if page.rendered and not page.rendered.failed and _is_well(page):
                    proven.add(page)
    return judge(snapshot, bench(terms))


def _is_well(page: Page) -> bool:
    """Whether no rule for a browser has anything to say of a page: no fault, no doubt."""
    checks = [rule.page_check for rule in all_rules().values() if rule.engine == "browser"]
    return all(
        observation.outcome is Outcome.PASS
        for check in checks
        if check
        for observation in check(page)
    )


@cache
def _rules_digest() -> str:
    """Names the code and data that decide whether a page is well."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".yml", ".json", ".js"):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def judge_archive(snapshot: Snapshot, terms: Terms) -> Report:
    """Judges what an archive holds; rules for a browser only where one has looked."""
    seen = any(page.rendered for page in snapshot.pages)
    return judge(snapshot, bench(terms if seen else replace(terms, browser="none")))


@contextmanager
def undisturbed(terms: Terms) -> Iterator[None]:
    """Loads what every judgement needs, and leaves the collector of garbage out of judging.

    Judging makes no circles that only the collector would find; browsers do. Raises UserError for
    an unknown law.
    """
    bench(terms)
    collects = gc.isenabled() and terms.browser == "none"
    if collects:
        gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def bench(terms: Terms) -> Bench:
    """What the judge needs beside the snapshot. Raises UserError for an unknown law."""
    known = all_rules()
    params_of = {name: rule.params for name, rule in known.items()}
    laws = choose_laws(terms.law, terms.as_of, params_of, terms.own_laws)
    rules = {
        name: _at_release(rule) if terms.release else rule
        for name, rule in known.items()
        if terms.browser != "none" or rule.engine != "browser"
    }
    unlooked = {name: rule for name, rule in known.items() if name not in rules}
    return Bench(
        rules,
        laws,
        terms.as_of,
        terms.fail_on,
        terms.waivers,
        terms.answers,
        terms.baseline.fingerprints,
        unlooked,
    )


def conclude(reports: Sequence[Report], terms: Terms) -> Report:
    """One report of a whole run: with what was mended since, and what is wrong with waivers."""
    report = tell_mended(merge(reports, terms.as_of), terms.baseline)
    return check_waivers(report, terms.waivers, terms.as_of, terms.fail_on)


def _at_release(rule: Rule) -> Rule:
    return replace(rule, severity=rule.at_release) if rule.at_release else rule
