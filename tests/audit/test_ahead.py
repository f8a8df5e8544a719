"""Pages judged while the crawl goes on: nothing that is said depends on it, whatever befalls it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from linter import audit_site
from linter.ahead import Ahead
from linter.audit_site import Audited, Task
from linter.findings import Report
from linter.hearing import gather
from linter.judge import hear, judge
from linter.lint import Terms, bench, judge_archive
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.sites.archived_site import read_archive
from linter.sites.crawl import Limits
from linter.terms import Outcome, Site, Verdict
from tests.sites.hostile import Reply, Server, serve
from tests.sites.replicas import good

PAGES = 150
LIMITS = Limits(pages=PAGES + 20, depth=1000, delay=0)
TERMS = Terms(date(2015, 12, 18), "P2015-TG", browser="none")


def large(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    """Pages in a row; every seventh has a fault, some have the same title, one is betting's."""
    number = int(path[1:]) if path[1:].isdigit() else 0
    if path != "/" and not 0 < number < PAGES:
        return None
    links = "".join(f'<li><a href="/{n}">Bài số {n}</a></li>' for n in range(number, number + 9))
    fault = '<img src="/a.png">' if number % 7 == 3 else ""
    spam = '<p><a href="https://nha-cai-mau.example/">nhà cái, cá cược</a></p>' * (number == 41)
    return good(f"<ul>{links}</ul>{fault}{spam}", f"Bài số {number // 2}")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve({"lon": large}) as running:
        yield running


def audit(server: Server, folder: Path, jobs: int) -> Audited:
    site = Site("lon", server.url("lon"))
    task = Task(site, TERMS, folder, "20151218T000000", LIMITS, jobs=jobs)
    return audit_site.audit_site(task)


def judged_later(audited: Audited) -> Report:
    """What the archive alone says."""
    return judge_archive(read_archive(audited.archive), TERMS)


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Of how many pages something was heard ahead, in each audit."""
    counts: list[int] = []

    class Counting(Ahead):
        def note(self, snapshot: Snapshot) -> None:
            super().note(snapshot)
            counts.append(sum("heard" in page.notes for page in snapshot.pages))

    monkeypatch.setattr(audit_site, "Ahead", Counting)
    return counts


def test_the_report_is_the_same(server: Server, noted: list[int], tmp_path: Path) -> None:
    ahead = audit(server, tmp_path, jobs=2)
    assert noted == [PAGES]
    said = {finding.rule for finding in ahead.report.findings}
    assert {"repeated-title", "image-alt", "spam-words"} <= said
    assert len(ahead.report.findings) > PAGES // 7
    assert ahead.report == judged_later(ahead)


def test_a_killed_process_costs_time_only(
    server: Server, noted: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = Ahead._hand_over
    killed: list[int] = []

    def and_kill(self: Ahead) -> None:
        hand_over(self)
        assert self.pool is not None
        for pid in list(self.pool._processes) if not killed else ():
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)

    monkeypatch.setattr(Ahead, "_hand_over", and_kill)
    audited = audit(server, tmp_path, jobs=1)
    assert killed
    assert len(audited.report.pages) == PAGES
    assert audited.report == judged_later(audited)
    assert noted[0] < PAGES


def test_a_rule_that_breaks_could_not_tell() -> None:
    page = Page("https://vi-du.mau.gov.vn/", good())
    site = Site("vi-du", page.url)
    whole = bench(TERMS)

    def broken(_page: Page) -> Iterator[Observation]:
        raise ZeroDivisionError

    rules = {**whole.rules, "image-alt": replace(whole.rules["image-alt"], page_check=broken)}
    faulty = replace(whole, rules=rules)
    page.notes["heard"] = hear(page, site, faulty)
    report = judge(Snapshot(site, (page,)), faulty)
    said = [f for f in report.findings if f.message == "rule-broke"]
    assert [(f.rule, f.outcome, dict(f.params)["error"]) for f in said] == [
        ("image-alt", Outcome.UNTESTED, "ZeroDivisionError")
    ]
    assert report.verdict is Verdict.COULD_NOT_TELL


def test_what_cannot_be_gathered_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from linter import page

    def broken(_page: Page) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(page.GATHERED, "hong", broken)
    found = gather(Page("https://vi-du.mau.gov.vn/", good()))
    assert "hong" not in found
    assert len(found) == len(page.GATHERED) - 1 > 5
