"""What git and earlier publications prove of a page's first day, with a real repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator.build import Project
from generator.history import first_commits, note_history, record_publication
from linter.atomic import write_file
from linter.lint import Terms, lint
from linter.model import Appearance
from linter.sites.appeared import appeared_path, read_appeared
from linter.sites.folder import read_folder
from linter.terms import Outcome

from .test_publish import publish

Write = Callable[..., Path]
DAY = date(2015, 12, 18)


def commit(project: Project, when: str) -> None:
    names = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Trần Mẫu An")
    mails = dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "an@mau.gov.vn")
    days = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), when)
    for words in (["init", "-q"], ["add", "content"], ["commit", "-qm", "Sửa"]):
        subprocess.run(
            ["git", *words],
            cwd=project.root,
            env={**os.environ, **names, **mails, **days},
            check=True,
        )


def test_git_knows_the_commit_that_made_a_document_public(project: Project, write: Write) -> None:
    assert first_commits(project) == {}
    commit(project, "2015-12-01T08:00:00+07:00")
    assert first_commits(project) == {"chinh": {}, "mau": {}}  # moving in proves nothing
    write("tin-tuc/nhap.md", title="Bản nháp", status="draft")
    write("tin-tuc/hop.md", title="Họp giao ban")
    commit(project, "2015-12-16T18:30:00Z")
    write("tin-tuc/nhap.md", title="Bản nháp")
    write("tin-tuc/hop.md", title="Họp giao ban tháng 12")
    commit(project, "2015-12-18T08:00:00+07:00")
    assert first_commits(project)["mau"] == {
        "tin-tuc/hop.md": date(2015, 12, 17),  # past midnight in Vietnam
        "tin-tuc/nhap.md": date(2015, 12, 18),
    }


def staged(project: Project, *documents: str) -> None:
    pages = [f"{name}/index.html" for name in documents]
    listed = ",".join(f'"{page}":"{page}"' for page in pages)
    staging = project.staging("mau")
    manifest = staging.with_name(staging.name + ".manifest.json")
    write_file(manifest, f'{{"documents":{{{listed}}}}}'.encode())


def noted(project: Project) -> dict[str, tuple[Appearance, ...]]:
    return read_appeared(appeared_path(project.staging("mau")))


def test_publications_bound_the_day_of_what_came_later(project: Project) -> None:
    staged(project, "tin-tuc/mot")
    record_publication(project, "mau", "bản 1", date(2015, 12, 14))
    staged(project, "tin-tuc/mot", "tin-tuc/hai")
    note_history(project, "mau", "bản 2", {}, date(2015, 12, 16))
    between = (Appearance("manifest", date(2015, 12, 14), date(2015, 12, 16)),)
    assert noted(project) == {"tin-tuc/hai/index.html": between}
    record_publication(project, "mau", "bản 2", date(2015, 12, 16))
    note_history(project, "mau", "bản 2", {}, DAY)
    assert noted(project) == {"tin-tuc/hai/index.html": between}
    record_publication(project, "mau", "bản 0", date(2015, 12, 1))  # for an earlier day
    note_history(project, "mau", "bản 2", {}, DAY)
    assert noted(project) == {"tin-tuc/hai/index.html": between}


def test_a_document_dated_back_is_found_and_judging_again_changes_nothing(
    project: Project, write: Write
) -> None:
    commit(project, "2015-12-01T08:00:00+07:00")
    assert publish(project).returncode == 0
    write(
        "van-ban/qd-2.md",
        type="legal-document",
        title="2/QĐ-SM: Quyết định về giờ làm việc",
        number="2/QĐ-SM",
        document_kind="Quyết định",
        issuer="Sở Mẫu",
        signatory="Trần Mẫu An",
        signed="2015-12-03",
        in_force="2015-12-03",
        validity="in-force",
        field="Nội vụ",
        approved="2015-12-03T08:00",
        published="2015-12-03T09:00",
        attachments=[{"file": "tep/quyet-dinh.docx", "title": "Toàn văn"}],
    )
    commit(project, "2015-12-17T08:00:00+07:00")
    run = publish(project)
    said = run.stdout
    assert "is dated Thursday 3 December 2015" in said, said + run.stderr
    assert "not there before Friday 18 December 2015 by earlier publications" in said
    state = project.work / "judged" / "mau.pickle"
    before = state.stat().st_mtime_ns
    assert publish(project).returncode == run.returncode == 0
    assert state.stat().st_mtime_ns == before
    report = lint(read_folder(project.staging("mau")), Terms(DAY, "nd43-2011", "none"))
    late = [f for f in report.findings if f.rule == "late-item"]
    assert [(f.outcome, f.message) for f in late] == [(Outcome.REVIEW, "differ")]
    assert late[0].params["done"] == "2015-12-18"
