"""The history remembers every run once, whatever the database, and says what became of faults."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from linter.errors import UserError
from linter.findings import Report
from linter.history import tables
from linter.history.period import Period, period_of, read_period
from linter.history.store import History, last_of_each, open_history
from linter.messages import say
from linter.model import Canary
from linter.terms import Outcome, Site, Verdict

MakeRun = Callable[..., Report]
VAGUE = '<p>Tin lũ về sớm hơn mọi năm: <a href="/tin/">Xem thêm</a></p>'
NO_ALT = '<p><img src="a.png"></p>'
HOME = "https://mot.mau.gov.vn/"


def rules_of(history: History, name: str = "mot") -> list[tuple[str, str, str | None]]:
    return sorted(
        (life.fault.rule, str(life.first.day), str(life.mended.day) if life.mended else None)
        for life in history.lives(name)
        if life.fault.rule in ("image-alt", "vague-link-text", "axe/color-contrast")
    )


def test_a_run_comes_back_as_it_was_told(history: History, run: MakeRun) -> None:
    report = run("2015-07-01", [VAGUE, NO_ALT], gone=[HOME + "mat/"])
    name = history.add(report, "sha256:abc")
    (kept,) = history.runs()
    assert (kept.id, kept.as_of, kept.law, kept.archive) == (
        name, date(2015, 7, 1), ("tt09-2014",), "sha256:abc",
    )  # fmt: skip
    assert (kept.verdict, kept.planned, kept.judged, kept.sites) == (Verdict.FAIL, 2, 1, 1)
    assert kept.canary is Canary.NOT_RUN
    assert kept.recorded_at[:2] == "20"
    (standing,) = history.trend("mot")
    fails = [finding for finding in report.findings if finding.outcome is Outcome.FAIL]
    assert standing.site == report.sites[0].site
    assert standing.errors + standing.warnings + standing.notices == len(fails) > 1
    assert standing.questions == report.sites[0].questions
    ((_, tallies),) = history.tallies([standing])
    passed = {(t.rule, t.requirement): t.targets for t in tallies if t.outcome is Outcome.PASS}
    assert passed == report.sites[0].passed
    failed = sum(t.targets for t in tallies if t.outcome is Outcome.FAIL and t.rule == "image-alt")
    assert failed == 1


def test_adding_a_run_twice_changes_nothing(address: str, run: MakeRun) -> None:
    first = open_history(address)
    names = {first.add(run("2015-07-01", [VAGUE])), first.add(run("2015-07-01", [VAGUE]))}
    assert names == {open_history(address).add(run("2015-07-01", [VAGUE]))}
    assert len(first.runs()) == 1
    first.add(run("2015-07-01", [VAGUE]), "sha256:other")
    first.add(run("2015-07-02", [VAGUE]))
    assert len(first.runs()) == 3


def test_a_fault_lives_from_its_first_run_to_the_run_that_no_longer_finds_it(
    history: History, run: MakeRun
) -> None:
    history.add(run("2015-09-01", [VAGUE]))
    history.add(run("2015-07-01", [VAGUE, NO_ALT]))
    history.add(run("2015-08-01", [NO_ALT, VAGUE]))
    history.add(run("2015-10-01", []))
    history.add(run("2015-11-01", [VAGUE]))
    assert rules_of(history) == [
        ("image-alt", "2015-07-01", "2015-09-01"),
        ("vague-link-text", "2015-07-01", "2015-10-01"),
        ("vague-link-text", "2015-11-01", None),
    ]
    mended = [life.days(date(2016, 1, 1)) for life in history.lives("mot")]
    assert sorted(days for days in mended if days in (62, 92, 61)) == [61, 62, 92]
    until = list(history.lives("mot", date(2015, 9, 15)))
    assert {str(life.mended.day) for life in until if life.mended} == {"2015-09-01"}


def test_a_page_not_judged_or_a_rule_not_run_mends_nothing(history: History, run: MakeRun) -> None:
    history.add(run("2015-07-01", [VAGUE]))
    history.add(run("2015-08-01", [], gone=[HOME]))
    assert rules_of(history) == [("vague-link-text", "2015-07-01", None)]
    silent = run("2015-09-01", [])
    rules = tuple(card for card in silent.rules if card.id != "vague-link-text")
    history.add(replace(silent, rules=rules))
    assert rules_of(history) == [("vague-link-text", "2015-07-01", None)]
    history.add(run("2015-10-01", []))
    assert rules_of(history) == [("vague-link-text", "2015-07-01", "2015-10-01")]


def test_the_latest_run_of_each_site_stands_whatever_the_order_of_adding(
    history: History, address: str, run: MakeRun
) -> None:
    history.add(run("2015-12-01", [], name="hai"))
    new = history.add(run("2015-12-02", [NO_ALT], name="hai"))
    history.add(run("2015-06-01", [], name="hai"))
    only = history.add(run("2015-01-01", [], name="mot"))
    assert [s.run for s in last_of_each(history.standings())] == [new, only]
    engine = sa.create_engine(
        address.replace("postgresql:", "postgresql+psycopg:") if "://" in address
        else f"sqlite:///{address}"
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT site, as_of FROM latest ORDER BY site")).all()
    assert [tuple(row) for row in rows] == [("hai", "2015-12-02"), ("mot", "2015-01-01")]


def test_a_period_holds_its_own_runs_only(history: History, run: MakeRun) -> None:
    for day in ("2014-12-31", "2015-01-01", "2015-06-30", "2015-07-01", "2015-12-31"):
        history.add(run(day))
    days = {
        str(period): [str(kept.as_of)[5:] for kept in history.runs(period)]
        for period in (Period(2015, 1), Period(2015, 2), Period(2015), Period(2016))
    }
    assert days == {
        "2015-H1": ["01-01", "06-30"],
        "2015-H2": ["07-01", "12-31"],
        "2015": ["01-01", "06-30", "07-01", "12-31"],
        "2016": [],
    }
    assert len(history.standings(Period(2015))) == 4


def test_periods_are_read_and_written() -> None:
    for text in ("2015", "2015-H1", "2015-H2"):
        period = read_period(text)
        assert period and str(period) == text
    assert [read_period(text) for text in ("2015-H3", "15", "2015-Q1", "")] == [None] * 4
    assert str(Period(2015, 1).before) == "2014-H2"
    assert str(Period(2015, 2).before) == "2015-H1"
    assert str(Period(2015).before) == "2014"
    assert str(period_of(date(2015, 7, 1))) == "2015-H2"
    assert str(period_of(date(2015, 6, 30), halves=False)) == "2015"


def test_text_that_databases_refuse_is_kept_readable(history: History, run_of: MakeRun) -> None:
    evil = Site("mot", "https://mot.mau.gov.vn/", "other", "", "'); DROP TABLE site; --\0\ud800")
    history.add(run_of("2015-07-01", [(evil, [NO_ALT], [])]))
    (standing,) = history.trend("mot")
    assert standing.site.name == "'); DROP TABLE site; --\ufffd?"


def test_namesakes_in_one_run_are_told_apart_by_the_user(history: History, run: MakeRun) -> None:
    report = run("2015-07-01")
    twice = replace(report, sites=report.sites * 2)
    with pytest.raises(UserError, match="Two sites"):
        history.add(twice)
    assert history.runs() == []


def test_the_migrations_make_exactly_the_tables(address: str) -> None:
    history = open_history(address)
    with history._engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def _add_many(address: str, report: Report, days: list[date]) -> None:
    for day in days:
        open_history(address).add(replace(report, as_of=day))


def test_processes_that_open_and_add_at_once_lose_nothing(address: str, run: MakeRun) -> None:
    report = run("2015-07-01", [VAGUE])
    days = [date(2015, 7, day) for day in range(1, 11)]
    start = multiprocessing.get_context("spawn")
    workers = [start.Process(target=_add_many, args=(address, report, days)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [kept.as_of for kept in open_history(address).runs()] == days


KILLED = """
import os, signal, pickle, sys
from linter.history import store
from linter.history.store import open_history
real = store._add_details
def die(connection, number, report):
    real(connection, number, report)
    os.kill(os.getpid(), signal.SIGKILL)
store._add_details = die
open_history(sys.argv[1]).add(pickle.loads(open(sys.argv[2], "rb").read()))
"""


def test_a_run_whose_writer_is_killed_is_not_there_at_all(
    address: str, run: MakeRun, tmp_path: Path
) -> None:
    import pickle

    history = open_history(address)
    history.add(run("2015-06-01"))
    (tmp_path / "run").write_bytes(pickle.dumps(run("2015-07-01", [VAGUE])))
    died = subprocess.run(
        [sys.executable, "-c", KILLED, address, str(tmp_path / "run")],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
    )
    assert died.returncode == -9
    assert [str(kept.as_of) for kept in history.runs()] == ["2015-06-01"]
    history.add(run("2015-07-01", [VAGUE]))
    assert len(history.runs()) == 2


def test_a_missing_history_an_unknown_address_and_a_broken_file_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"this is no database" * 100)
    told = {
        str(tmp_path / "none.sqlite"): "There is no history yet",
        str(broken): "cannot be opened",
        "mysql://x/y": "not in mysql",
        "postgresql://u:secret@h:port/x": "cannot be used",
        "postgresql://u:secret@127.0.0.1:1/x": "cannot be opened",
    }
    for address, text in told.items():
        with pytest.raises(UserError) as error:
            open_history(address, create=False)
        (mistake,) = error.value.mistakes
        said = say(mistake.message, mistake.params, "en")
        assert text in said
        assert "secret" not in mistake.file + said


def test_a_history_of_a_newer_congtin_is_left_alone(address: str) -> None:
    history = open_history(address)
    with history._writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'v9999'"))
    with pytest.raises(UserError, match="newer congtin"):
        open_history(address)


def _fill_up(address: str, report: Report, limit: int) -> None:
    history = open_history(address)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        history.add(report)
    except UserError as error:
        sys.exit(0 if "stays as it was" in str(error) else 4)
    sys.exit(5)


def test_a_full_disk_leaves_the_history_as_it_was(tmp_path: Path, run: MakeRun) -> None:
    address = str(tmp_path / "history.sqlite")
    history = open_history(address)
    history.add(run("2015-06-01"))
    big = run("2015-07-01", [f'<p><img src="{number}.png"></p>' for number in range(3000)])
    limit = Path(address).stat().st_size + 20_000
    start = multiprocessing.get_context("spawn")
    worker = start.Process(target=_fill_up, args=(address, big, limit))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 0
    assert [str(kept.as_of) for kept in open_history(address).runs()] == ["2015-06-01"]
    history.add(big)
    assert len(history.runs()) == 2


@pytest.mark.slow
def test_two_hundred_thousand_findings_are_kept_and_read_back(
    history: History, run: MakeRun
) -> None:
    report = run("2015-07-01", [NO_ALT])
    (one,) = [finding for finding in report.findings if finding.rule == "image-alt"]
    many = tuple(replace(one, fingerprint=f"{number:016x}") for number in range(200_000))
    history.add(replace(report, findings=many))
    assert history.trend("mot")[0].errors == 200_000
    assert sum(1 for _ in history.lives("mot")) == 200_000
