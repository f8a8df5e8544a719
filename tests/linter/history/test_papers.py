"""Scores say why each point was lost; papers escape what sites say, whole or not at all."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from linter.answers import Answers, ClauseAnswer
from linter.findings import Report
from linter.history.account import Account, take_account
from linter.history.criteria import DEFAULT, read_criteria
from linter.history.period import Period
from linter.history.score import Score, rank
from linter.history.store import History, open_history
from linter.reports.office import as_docx, as_screen, as_xlsx
from linter.reports.office.paper import Letterhead, Paper, Paragraph, Table, Words
from linter.reports.office.periodic import notes_of, periodic
from linter.reports.office.plain import say_number
from linter.reports.office.scores import commendations, scores
from linter.rules.catalogue import all_rules
from linter.terms import Site, Verdict

MakeRun = Callable[..., Report]
NO_ALT = '<p><img src="a.png"></p>'
ROOT = Path(__file__).parents[3]
EVIL = '=HYPERLINK("http://x","y") <b>&"\x07'
DAY = date(2015, 12, 31)


def portal(name: str, said: str = "") -> Site:
    url = f"https://{name}.mau.gov.vn/"
    return Site(name, url, "component", "department", said or f"Sở {name}")


def account_of(
    history: History, answers: Answers | None = None, expected: list[Site] | None = None
) -> Account:
    criteria = read_criteria()
    return take_account(history, Period(2015, 2), criteria, answers or Answers(), expected or [])


def score_of(account: Account, site: str) -> Score:
    return next(p.score for p in account.placed if p.score.standing.site.id == site)


@pytest.fixture
def sqlite(tmp_path: Path) -> History:
    return open_history(str(tmp_path / "h.sqlite"))


def test_every_lost_point_has_a_ground_and_doubt_lowers_no_score(
    sqlite: History, run_of: MakeRun
) -> None:
    sqlite.add(run_of("2015-12-18", [(portal("mot"), [NO_ALT], [])]))
    account = account_of(sqlite)
    score = score_of(account, "mot")
    for mark in score.marks:
        assert mark.judged <= mark.criterion.points + 1e-9
        assert mark.judged - mark.points == pytest.approx(sum(x.points for x in mark.losses))
    marks = {mark.criterion.id: mark for mark in score.marks}
    assert marks["accessibility-seen"].judged == 0
    assert any(loss.rule == "image-alt" for loss in marks["accessibility"].losses)
    assert score.judged < 100
    assert account.placed[0].place is None  # too little was judged


def test_an_answer_of_a_person_counts_and_silence_costs_nothing(
    sqlite: History, run_of: MakeRun
) -> None:
    report = run_of("2015-12-18", [(portal("mot"), [], [])])
    asked = replace(report.sites[0], questions=("ct11-2015/5.c.3",))
    sqlite.add(replace(report, sites=(asked,)))

    def governance(outcome: str) -> tuple[float, float]:
        answer = ClauseAnswer("ct11-2015/5.c.3", "mot", outcome, "Trần Mẫu An", DAY, None, "số 1")
        given = replace(answer, when=date(2015, 12, 1))
        answers = Answers({}, {("mot", "ct11-2015/5.c.3"): (given,)})
        marks = score_of(account_of(sqlite, answers), "mot").marks
        mark = next(m for m in marks if m.criterion.id == "governance")
        return mark.judged, mark.points

    doubt, good, bad = map(governance, ("could-not-tell", "pass", "fail"))
    assert good[0] == bad[0] > doubt[0]
    assert good[1] > bad[1] == doubt[1]


def test_equal_points_share_a_place_and_the_next_is_left_out(
    sqlite: History, run_of: MakeRun
) -> None:
    sites = [(portal(n), [NO_ALT] * (n == "ba"), []) for n in ("mot", "hai", "ba", "bon")]
    sqlite.add(run_of("2015-12-18", sites))
    account = account_of(sqlite)
    easy = replace(account.criteria, least_judged=0)
    scores_ = [placed.score for placed in account.placed]
    since = {name: date(2015, 1, 1) for name in ("mot", "hai", "bon")}
    placed = rank(scores_, {**since, "ba": date(2015, 12, 18)}, DAY, easy)
    told = [(p.score.standing.site.id, p.place, p.tied, p.is_new) for p in placed]
    assert told == [
        ("bon", 1, True, False), ("hai", 1, True, False), ("mot", 1, True, False),
        ("ba", 4, False, True),
    ]  # fmt: skip


def test_a_province_replaces_the_criteria_and_its_mistakes_are_told(tmp_path: Path) -> None:
    from linter.errors import UserError

    own = tmp_path / "criteria.yml"
    own.write_text(DEFAULT.read_text("utf-8").replace("id: congtin-1", "id: tinh-1"), "utf-8")
    assert read_criteria(tmp_path).id == "tinh-1"
    own.write_text(DEFAULT.read_text("utf-8").replace("points: 40", "points: 30"), "utf-8")
    with pytest.raises(UserError) as error:
        read_criteria(tmp_path)
    assert [m.params for m in error.value.mistakes] == [{"total": "90"}]


def periodic_paper(history: History, expected: list[Site]) -> Paper:
    account = account_of(history, expected=expected)
    words = Words("vi", all_rules())
    notes = notes_of(account, words, sample=True)
    head = Letterhead(EVIL, EVIL, "STTTT", "Mẫu", "Giám đốc", "Trần Mẫu An", (EVIL,))
    return periodic(account, words, head, DAY, "", notes)


def test_what_was_not_judged_stands_before_the_body_and_runs_are_named(
    sqlite: History, run_of: MakeRun
) -> None:
    run = sqlite.add(run_of("2015-12-18", [(portal("mot", EVIL), [NO_ALT], [])]))
    paper = periodic_paper(sqlite, [portal("mot"), portal("vang", "Sở Vắng")])
    document = docx.Document(io.BytesIO(as_docx.write(paper, "vi")))
    texts = [p.text for p in document.paragraphs]
    unjudged = next(i for i, text in enumerate(texts) if "Chưa xét 1 cổng" in text)
    assert "Sở Vắng" in texts[unjudged]
    assert unjudged < texts.index("1. Phạm vi")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert cells.count(run) >= 2
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in "\n".join(cells)
    assert document.sections[0].different_first_page_header_footer
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_names_with_markup_and_formulas_stay_text(sqlite: History, run_of: MakeRun) -> None:
    sqlite.add(run_of("2015-12-18", [(portal("mot", EVIL), [NO_ALT], [])]))
    paper = periodic_paper(sqlite, [])
    seen = EVIL.replace("\x07", "\ufffd")
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.write(paper, "vi")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == seen for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(as_xlsx.write(paper, "vi"))) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/" in name]
        assert all(b"<f>" not in parts.read(name) for name in sheets)
    document = docx.Document(io.BytesIO(as_docx.write(paper, "vi")))
    assert any(seen in c.text for t in document.tables for r in t.rows for c in r.cells)
    assert "HYPERLINK" in as_screen.write(paper, "vi", 200)


def test_the_same_account_writes_the_same_screen(sqlite: History, run_of: MakeRun) -> None:
    sqlite.add(run_of("2015-12-18", [(portal("mot"), [NO_ALT], [])]))
    account = account_of(sqlite)
    for lang in ("vi", "en"):
        paper = scores(account, Words(lang, all_rules()), DAY, (), "mot")
        assert as_screen.write(paper, lang) == as_screen.write(paper, lang)
        tables = [block for block in paper.body if isinstance(block, Table)]
        assert all(len(row) == len(t.headings) for t in tables for row in t.rows)


def congtin(folder: Path, *words: str, limit: int = 0) -> subprocess.CompletedProcess[str]:
    def bound() -> None:
        import signal

        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-c", "from generator.cli.main import main; main()", *words,
         "--lang", "en", "--as-of", "2015-12-31"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        preexec_fn=bound,
    )  # fmt: skip


def test_empty_histories_periods_and_full_disks_are_told_without_a_half_written_file(
    tmp_path: Path, run_of: MakeRun
) -> None:
    missing = congtin(tmp_path, "report", "half-year")
    assert (missing.returncode, "There is no history yet" in missing.stderr) == (2, True)
    history = open_history(str(tmp_path / ".congtin" / "history.sqlite"))
    empty = congtin(tmp_path, "report", "ranking")
    assert (empty.returncode, "Nothing was judged in 2015-H2" in empty.stderr) == (2, True)
    history.add(run_of("2015-12-18", [(portal("mot"), [NO_ALT], [])]))
    other = congtin(tmp_path, "report", "year", "--period", "2014")
    assert (other.returncode, "Judged: 2015-H2" in other.stderr) == (2, True)
    full = congtin(tmp_path, "report", "half-year", "--output", "x.docx", limit=4096)
    assert (full.returncode, "nothing was changed" in full.stderr) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == [".congtin"]
    good = congtin(tmp_path, "report", "half-year", "--output", "x.docx")
    assert good.returncode == 0, good.stderr
    assert (tmp_path / "x.docx").stat().st_size > 10_000


def test_the_inventory_can_be_written_before_anything_was_judged(tmp_path: Path) -> None:
    run = congtin(tmp_path, "report", "inventory", "--output", "x.xlsx")
    assert run.returncode == 0, run.stderr
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets
    named = congtin(tmp_path, "report", "inventory", "--history", "none.sqlite")
    assert (named.returncode, "There is no history yet" in named.stderr) == (2, True)


def test_a_full_disk_or_no_folder_leaves_no_half_html_report(tmp_path: Path) -> None:
    pages = tmp_path / "trang"
    pages.mkdir()
    (pages / "index.html").write_text("<html lang=vi><title>Trang</title><p>Chào", "utf-8")
    (tmp_path / "tep").write_text("x")
    lint = ("lint", "trang", "--browser", "none", "--format", "html", "--output")
    full = congtin(tmp_path, *lint, "bao-cao", limit=2048)
    assert (full.returncode, "what was there before stays" in full.stderr) == (2, True), full.stderr
    assert not any((tmp_path / "bao-cao").iterdir())
    blocked = congtin(tmp_path, *lint, "tep/bao-cao")
    assert (blocked.returncode, "Traceback" in blocked.stderr) == (2, False), blocked.stderr
    assert congtin(tmp_path, *lint, "bao-cao").returncode in (0, 1, 3)
    assert (tmp_path / "bao-cao" / "index.html").exists()


def test_nobody_is_proposed_merely_by_a_tie(sqlite: History, run_of: MakeRun) -> None:
    names = ("mot", "hai", "ba", "bon")
    sqlite.add(run_of("2015-12-18", [(portal(name), [], []) for name in names]))
    account = account_of(sqlite)
    easy = replace(account.criteria, least_judged=0, commend_points=0)
    since = dict.fromkeys(names, date(2015, 1, 1))

    def proposed(count: int) -> tuple[int, int]:
        some = [p.score for p in account.placed][:count]
        passing = [replace(s, standing=replace(s.standing, verdict=Verdict.PASS)) for s in some]
        placed = rank(passing, since, DAY, easy)
        return sum(p.commended for p in placed), sum(p.crowded for p in placed)

    assert proposed(3) == (3, 0)
    assert proposed(4) == (0, 4)
    words = Words("vi", all_rules())
    crowded = replace(
        account, placed=tuple(replace(p, place=1, crowded=True) for p in account.placed)
    )
    said = [block.text for block in commendations(crowded, words) if isinstance(block, Paragraph)]
    assert any("không đề nghị cổng nào trong số đó" in text for text in said)


def test_trends_show_each_sites_course_and_what_took_how_long(
    tmp_path: Path, run_of: MakeRun
) -> None:
    history = open_history(str(tmp_path / ".congtin" / "history.sqlite"))
    for day, faults in (("2015-08-03", [NO_ALT]), ("2015-10-05", [NO_ALT]), ("2015-12-18", [])):
        history.add(run_of(day, [(portal("mot"), faults, [])]))
    said = congtin(tmp_path, "report", "trends").stdout
    assert "3 August 2015" in said
    assert "▁▁█" in said.replace("\n", "")
    assert "had stood 137 days" in said
    assert "None is open." in said  # nothing goes stale
    assert "1" in next(line for line in said.split("\n") if line.startswith("  Sở mot "))
    every = congtin(tmp_path, "report", "scores").stdout
    assert every.index("Sites by points") < every.index("SỞ MOT")


def test_a_little_is_told_from_nothing() -> None:
    said = [say_number(value, "vi") for value in (0.0, -0.003, 0.04, 0.06, 87.46, 3, "x")]
    assert said == ["0,0", "-0,003", "0,04", "0,1", "87,5", "3", "x"]


@pytest.mark.parametrize("rows", [3, 40])
def test_the_end_of_the_body_stays_with_the_signature(rows: int) -> None:
    table = Table("x", "Bảng", ("Số", "Mục"), tuple((n, f"Mục {n}") for n in range(rows)))
    paper = Paper("Báo cáo", "Thử", Letterhead(), DAY, (), (Paragraph("Mở đầu"), table))
    document = docx.Document(io.BytesIO(as_docx.write(paper, "vi")))
    body, signature = document.tables[-2:]
    held = [
        all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs)
        for row in body.rows
    ]
    assert held == ([True] * 4 if rows == 3 else [False] * 39 + [True] * 2)
    assert "…" in signature.cell(0, 1).text
    between = [part for part in document.iter_inner_content() if not hasattr(part, "rows")][-2:]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in between)


def test_a_ground_names_the_duty_that_its_rule_checks() -> None:
    """A clause may have several duties: the last of them is not what was broken."""
    clauses = {("tt/12", "stale-section"): "Tin mới", ("tt/12", "interrupted-section"): "Nửa năm"}
    words = Words("vi", {}, clauses)
    assert words.ground("stale-section", "tt/12") == "Tin mới (tt/12)"
    assert words.ground("interrupted-section", "tt/12") == "Nửa năm (tt/12)"
    assert words.ground("", "tt/12") == "tt/12"
