"""What falls due, whose it is, and a page that says it: planned from documents and the law."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.build import Project, build
from generator.documents import read_documents
from generator.due import Agenda, Task, agenda, dump_agenda, load_agenda, plan
from generator.duties import _law_on_time, law_on_time
from linter.law.duties import Duty
from linter.registry import read_registry
from linter.sites.folder import read_folder
from linter.terms import Severity

from .test_publish import RUN, environment

Write = Callable[..., Path]
DAY = date(2015, 12, 18)
NEWS = Duty("news", "", 0, True, Severity.WARNING, "tt26-2009/12.tin-moi")
GRAVE = Duty("news", "", 5, True, Severity.ERROR, "tt26-2009/12.tin-moi")
SIGNED = Duty("documents", "signed", 2, True, Severity.ERROR, "nd43-2011/17.1.c-ban-hanh")
DECREE = {
    "type": "legal-document",
    "number": "2/QĐ-SM",
    "document_kind": "Quyết định",
    "issuer": "Sở Mẫu",
    "signatory": "Trần Mẫu An",
    "in_force": "2015-12-16",
    "validity": "in-force",
    "field": "Nội vụ",
    "attachments": [{"file": "tep/quyet-dinh.docx", "title": "Toàn văn"}],
}


def tasks(project: Project, duties: list[Duty], as_of: date = DAY, days: int = 5) -> list[Task]:
    registry = read_registry(project.content)
    portal = next(portal for portal in registry.portals if portal.id == "mau")
    documents, mistakes = read_documents(project.content, registry, portal)
    assert not mistakes
    own = agenda(documents, datetime.combine(as_of, datetime.max.time()))
    assert load_agenda(json.loads(json.dumps(dump_agenda(own)))) == own
    return list(plan(portal, own, duties, as_of, days))


def test_news_fall_due_on_the_next_working_day(project: Project) -> None:
    (task,) = tasks(project, [NEWS, GRAVE])
    assert (task.due, task.late, task.person) == (DAY, 0, "Trần Mẫu An")
    assert (task.since, task.severity) == (date(2015, 12, 17), Severity.WARNING)


def test_what_is_planned_in_time_moves_the_duty_on(project: Project, write: Write) -> None:
    write("tin-tuc/mai.md", title="Họp giao ban", published="2015-12-18T23:59")
    (task,) = tasks(project, [NEWS], as_of=date(2015, 12, 17))
    assert task.due == date(2015, 12, 21)


def test_a_week_without_news_is_an_error_and_says_how_late(project: Project) -> None:
    (task,) = tasks(project, [NEWS, GRAVE], as_of=date(2015, 12, 29))
    assert (task.due, task.severity) == (DAY, Severity.ERROR)
    assert task.late == 7


def test_a_signed_draft_is_its_authors_and_late_after_two_working_days(
    project: Project, write: Write
) -> None:
    write("van-ban/qd-2.md", title="Giờ làm việc", signed="2015-12-11", status="draft", **DECREE)
    (task,) = tasks(project, [SIGNED])
    assert (task.due, task.late, task.person) == (date(2015, 12, 15), 3, "Hồ Mẫu Tú")
    assert (task.file, task.line) == ("content/mau/van-ban/qd-2.md", 11)


def test_a_document_planned_past_its_deadline_is_seen_in_advance(
    project: Project, write: Write
) -> None:
    write(
        "van-ban/qd-2.md", title="Giờ", signed="2015-12-17", published="2015-12-28T08:00", **DECREE
    )
    (task,) = tasks(project, [SIGNED])
    assert (task.due, task.planned, task.late) == (date(2015, 12, 21), date(2015, 12, 28), 0)


def test_what_was_published_owes_nothing(project: Project) -> None:
    assert tasks(project, [SIGNED]) == []


@settings(deadline=None)
@given(
    st.lists(st.dates(date(2015, 10, 1), date(2016, 1, 31)), max_size=8),
    st.dates(date(2015, 11, 1), date(2015, 12, 31)),
    st.integers(0, 6),
)
def test_one_more_item_never_makes_the_plan_more_urgent(
    days: list[date], more: date, most: int
) -> None:
    from types import SimpleNamespace

    person = SimpleNamespace(name="Trần Mẫu An")
    portal = SimpleNamespace(id="mau", file="content/mau/portal.yml", responsible=person)
    duty = Duty("news", "", most, True, Severity.ERROR, "x/1")
    agendas = (
        Agenda({"news": tuple(day.isoformat() for day in sorted(set(own)))})
        for own in (days, [*days, more])
    )
    before, after = (plan(portal, own, [duty], DAY, 250) for own in agendas)  # type: ignore[arg-type]
    if before and after:
        assert after[0].due >= before[0].due


def run(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, "due", *words],
        cwd=project.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture
def owing(project: Project, write: Write) -> Project:
    write("van-ban/qd-2.md", title="Giờ làm việc", signed="2015-12-11", status="draft", **DECREE)
    return project


def test_the_command_tells_it_by_person(owing: Project) -> None:
    said = run(owing, "mau", "--law", "tt26-2009", "--lang", "en")
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Hồ Mẫu Tú\n")
    assert "Publish “Giờ làm việc”: was due on Tuesday 15 December 2015, 3" in said.stdout
    assert "content/mau/van-ban/qd-2.md:11" in said.stdout
    vietnamese = run(owing, "mau", "--law", "tt26-2009").stdout
    assert "đã đến hạn 15/12/2015 (thứ Ba), chậm 3 ngày làm việc" in vietnamese


def test_the_calendar_and_the_feed_are_read_by_others(owing: Project) -> None:
    text = run(owing, "mau", "--law", "tt26-2009", "--format", "ics").stdout
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert sorted(event.decoded("dtstart") for event in events) == [DAY, DAY]
    feed = run(owing, "mau", "--law", "tt26-2009", "--format", "atom").stdout
    titles = etree.fromstring(feed.encode()).findall("{*}entry/{*}title")
    assert len(titles) == 2
    data = json.loads(run(owing, "--law", "tt26-2009", "--format", "json").stdout)
    assert data["schema"] == "congtin.due/1"
    assert {task["portal"] for task in data["tasks"]} == {"mau", "chinh"}


def test_a_wrong_law_is_a_mistake_of_the_user(project: Project) -> None:
    said = run(project, "--law", "tt99-1999", "--lang", "en")
    assert said.returncode == 2
    assert "There is no law tt99-1999." in said.stderr


def fresh_page(project: Project, as_of: date) -> tuple[bytes, bool]:
    registry = read_registry(project.content)
    portal = next(portal for portal in registry.portals if portal.id == "mau")
    built = build(project, registry, portal, datetime.combine(as_of, datetime.max.time()))
    assert not built.mistakes
    path = project.staging("mau") / "tinh-hinh-cap-nhat" / "index.html"
    return path.read_bytes(), built.fresh


def test_the_page_is_built_again_only_when_something_falls_due(project: Project) -> None:
    registry = project.content / "registry.yml"
    registry.write_text(registry.read_text("utf-8").replace("tt09-2014", "tt26-2009"), "utf-8")
    first, _ = fresh_page(project, date(2015, 12, 17))
    again, fresh = fresh_page(project, DAY)
    assert fresh
    assert again == first
    assert "từ ngày 17/12/2015 đến hết ngày 18/12/2015" in first.decode()
    assert "phải có chậm nhất ngày 18/12/2015" in first.decode()
    late, fresh = fresh_page(project, DAY + timedelta(days=1))
    assert not fresh
    assert "Quá hạn" in late.decode()
    assert len(late) < 40_000


def test_the_page_counts_what_was_late_and_its_map_has_a_table(
    project: Project, write: Write
) -> None:
    registry = project.content / "registry.yml"
    registry.write_text(registry.read_text("utf-8").replace("tt09-2014", "tt26-2009"), "utf-8")
    write("van-ban/qd-2.md", title="Giờ làm việc", signed="2015-12-10", **DECREE)
    page, _ = fresh_page(project, DAY)
    text = page.decode()
    assert "1 trên 2 mục đăng chậm" in text
    tree = html.fromstring(page)
    months = tree.xpath("//table[last()]//tbody/tr[th='tháng 12/2015']/td/text()")
    assert months == ["4", "1", "23"]
    assert "style=" not in text
    assert len(tree.xpath("//svg[@role='img'][@aria-label]")) == 2
    found = read_folder(project.staging("mau"))
    assert any(page.url.endswith("/tinh-hinh-cap-nhat/") for page in found.html_pages)


def test_the_law_on_time_is_kept_and_ends_with_its_clauses(tmp_path: Path) -> None:
    read = law_on_time("nd43-2011", date(2015, 12, 18), tmp_path)
    _law_on_time.cache_clear()
    kept = law_on_time("nd43-2011", date(2015, 12, 21), tmp_path)
    assert kept.by_kind == read.by_kind
    assert kept.until == read.until
    documents = [d for d in read.by_kind["component", "department"] if d.section == "documents"]
    assert next((d.event, d.days, d.working) for d in documents) == ("signed", 2, True)
    _law_on_time.cache_clear()
    assert law_on_time("nd43-2011", date(2022, 8, 15), tmp_path).by_kind["main", "province"] == ()
