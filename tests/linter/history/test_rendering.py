"""Papers opened by LibreOffice: the pages show what Decree 30/2020 asks for, where it asks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from linter.answers import Answers
from linter.findings import Report
from linter.history.account import take_account
from linter.history.criteria import read_criteria
from linter.history.period import Period
from linter.history.store import open_history
from linter.reports.office import as_docx, as_xlsx
from linter.reports.office.paper import Letterhead, Words
from linter.reports.office.periodic import notes_of, periodic
from linter.rules.catalogue import all_rules
from linter.terms import Site

pytestmark = pytest.mark.slow


def pages_of(path: Path) -> list[str]:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", path.name],
        cwd=path.parent,
        check=True,
        capture_output=True,
        timeout=180,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", path.with_suffix(".pdf").name, "-"],
        cwd=path.parent,
        check=True,
        capture_output=True,
    ).stdout.decode("utf-8")
    return [" ".join(page.split()) for page in told.split("\f")[:-1]]


def test_a_periodic_report_is_laid_out_as_an_administrative_document(
    tmp_path: Path, run_of: Callable[..., Report]
) -> None:
    history = open_history(str(tmp_path / "h.sqlite"))
    names = [f"so{number}" for number in range(12)]
    sites = [
        Site(name, f"https://{name}.mau.gov.vn/", "component", "department", f"Sở {name}")
        for name in names
    ]
    run = history.add(run_of("2015-12-18", [(site, ["<img src=a>"], []) for site in sites[:-1]]))
    account = take_account(history, Period(2015, 2), read_criteria(), Answers(), sites)
    words = Words("vi", all_rules())
    head = Letterhead("Tỉnh Mẫu", "Sở Mẫu", "SM", "Mẫu", "Giám đốc", "Trần Mẫu An", ("Lưu VT",))
    notes = notes_of(account, words, sample=False)
    paper = periodic(account, words, head, date(2015, 12, 31), "", notes)
    docx = tmp_path / "bao-cao.docx"
    docx.write_bytes(as_docx.write(paper, "vi"))
    first, *others = pages_of(docx)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert "Chưa xét 1 cổng trong kỳ này: Sở so11." in first
    assert not first.startswith("1 ")
    assert [page.split()[0] for page in others] == [str(n) for n in range(2, len(others) + 2)]
    whole = " ".join(others)
    assert whole.index("Nơi nhận:") < whole.index("Phụ lục I")
    assert "Trần Mẫu An" in whole
    assert run in whole.replace(" ", "")
    xlsx = tmp_path / "bang.xlsx"
    xlsx.write_bytes(as_xlsx.write(paper, "vi"))
    assert any("Sở so3" in page for page in pages_of(xlsx))
