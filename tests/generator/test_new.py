"""`congtin new` makes what validation takes, of every type, and refuses what it would refuse."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from generator.documents import read_documents
from generator.fields import Field, document_fields, document_types, portal_fields
from linter.registry import read_registry

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., Result]
SAMPLES = {
    "author": "Trần Mẫu An",
    "updated": "2015-12-18",
    "email": "mau@tiengiang.gov.vn",
    "phone": "(073) 3990 099",
    "url": "https://mau.gov.vn/",
    "file": "tep/mau.docx",
    "summary": "Một câu tóm tắt đủ dài cho mọi người đọc.",
}


def sample(field: Field) -> Any:
    """A good value for a field, by its schema."""
    if field.key in SAMPLES:
        return SAMPLES[field.key]
    match field.form:
        case "choice":
            return field.choices[0]
        case "integer":
            return str(field.schema.get("minimum", 1))
        case "day" | "moment":
            return "2015-12-17"
        case "object":
            return {inner.key: sample(inner) for inner in field.fields if inner.required}
        case "list":
            assert field.item
            return [sample(field.item)] * int(field.schema.get("minItems", 1))
    return SAMPLES.get(str(field.schema.get("format")), f"Mẫu {field.key}")


def as_options(key: str, value: Any) -> list[str]:
    """A value as --set options; nested ones by dotted keys."""
    if isinstance(value, dict):
        return [part for k, v in value.items() for part in as_options(f"{key}.{k}", v)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [part for i, v in enumerate(value) for part in as_options(f"{key}.{i}", v)]
    return ["--set", f"{key}={'; '.join(value) if isinstance(value, list) else value}"]


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """The real registry with one portal and the main one, both without documents."""
    content = tmp_path / "content"
    for portal in ("tiengiang", "sonoivu"):
        (content / portal / "tep").mkdir(parents=True)
        shutil.copy(ROOT / "content" / portal / "portal.yml", content / portal / "portal.yml")
    shutil.copy(ROOT / "content" / "registry.yml", content / "registry.yml")
    (content / "sonoivu" / "tep" / "mau.docx").write_bytes(b"mau")
    return tmp_path


@pytest.fixture
def new(province: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str) -> Result:
        monkeypatch.chdir(province)
        return CliRunner().invoke(main, ["new", "--lang", "en", *arguments])

    return run


def section_of(kind: str) -> list[str]:
    """Where a type stands, where there is a choice."""
    registry = read_registry(ROOT / "content")
    fitting = [s.slug for s in registry.sections if kind in s.types]
    return ["--section", fitting[0]]


@pytest.mark.parametrize("kind", document_types())
def test_each_type_is_made_and_passes_validation(kind: str, new: Run, province: Path) -> None:
    given = [
        option
        for field in document_fields(kind)
        if field.required and field.key not in ("approver", "approved", "published")
        for option in as_options(field.key, sample(field))
    ]
    run = new(kind, "sonoivu", *section_of(kind), *given)
    assert run.exit_code == 0, run.output
    registry = read_registry(province / "content")
    documents, mistakes = read_documents(province / "content", registry, registry.portal("sonoivu"))
    assert mistakes == ()
    (document,) = documents
    assert (document.type, document.status) == (kind, "draft")
    assert document.approver == registry.portal("sonoivu").board.people[0].name
    assert f"Written: {document.file}" in run.output


def test_all_that_is_missing_is_told_at_once_and_nothing_is_written(
    new: Run, province: Path
) -> None:
    run = new("legal-document", "sonoivu", "--title", "Quyết định thử")
    assert run.exit_code == 2
    for field in document_fields("legal-document"):
        made = ("title", "approved", "published")
        assert (f"key {field.key} is missing" in run.output) == (
            field.required and field.key not in made
        ), field.key
    assert "is not known here" not in run.output
    assert list((province / "content" / "sonoivu").rglob("*.md")) == []


NEWS = (
    "news", "sonoivu", "--title", "Họp báo cuối năm", "--set", "keywords=họp báo",
    "--set", f"summary={SAMPLES['summary']}", "--set", "author=Trần Mẫu An",
)  # fmt: skip


def test_what_validation_refuses_is_refused(new: Run) -> None:
    assert "not on the editorial board" in new(*NEWS, "--set", "approver=Lý Mẫu Xa").output
    same = new(*NEWS, "--set", "author=Phạm Mẫu Khoa", "--set", "approver=Phạm Mẫu Khoa")
    assert "another person than the author" in same.output
    assert "lies before approved" in new(*NEWS, "--set", "published=2015-01-01").output
    lost = new(*NEWS, "--set", "attachments.0.file=tep/x.docx", "--set", "attachments.0.title=x")
    assert "tep/x.docx does not exist" in lost.output
    assert "did you mean approver" in new(*NEWS, "--set", "aprover=x").output
    assert "key=value" in new(*NEWS, "--set", "status").output
    assert "not valid JSON" in new(*NEWS, "--set", "keywords=[").output
    assert "did you mean sonoivu" in new("news", "sonoivuu").output
    assert "--section" in new("news", "sonoivu", "--section", "khong-co").output
    assert new(*NEWS, "--slug", "Có Dấu").exit_code == 2


def test_nothing_is_overwritten_and_the_address_gives_way(new: Run, province: Path) -> None:
    folder = province / "content" / "sonoivu" / "tin-tuc"
    assert new(*NEWS).exit_code == 0
    before = (folder / "hop-bao-cuoi-nam.md").read_bytes()
    assert new(*NEWS).exit_code == 0
    again = new(*NEWS, "--slug", "hop-bao-cuoi-nam")
    assert again.exit_code == 2
    assert "is there already" in again.output
    assert (folder / "hop-bao-cuoi-nam.md").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == [
        "hop-bao-cuoi-nam-2.md",
        "hop-bao-cuoi-nam.md",
    ]


def test_the_legal_deadline_comes_from_the_law_and_the_calendar(new: Run) -> None:
    """Signed on Thursday 17 December 2015; two working days later is Monday 21."""
    run = new("legal-document", "sonoivu", "--set", "signed=2015-12-17")
    assert "by 21 December 2015 (nd43-2011/17.1.c)" in run.output
    late = new("legal-document", "sonoivu", "--set", "signed=2015-12-01")
    assert "Late: the law wanted this online by 3 December 2015" in late.output


def test_a_portal_is_made_and_can_be_read(new: Run, province: Path) -> None:
    def good(field: Field) -> Any:
        if field.form == "object":
            return {f.key: good(f) for f in field.fields if f.required}
        if field.form == "list" and field.item and field.item.form == "object":
            count = int(field.schema.get("minItems", 1))
            found = [good(field.item) for _ in range(count)]
            return [{**one, "name": f"Lê Mẫu Số{'ABC'[i]}"} for i, one in enumerate(found)]
        names = {"name": "Trần Mẫu An", "skills": ["IU13"], "phones": ["(073) 3990 090"],
                 "address": "Số 9 đường Mẫu, Mỹ Tho"}  # fmt: skip
        return names.get(field.key) or sample(field)

    suggested = ("kind", "body", "host", "source", "valid_from", "languages")
    given = [
        option
        for field in portal_fields()
        if field.required and field.key not in suggested
        for option in as_options(field.key, good(field))
    ]
    run = new("portal", "sokhac", *given)
    assert run.exit_code == 0, run.output
    registry = read_registry(province / "content")
    assert registry.broken == {}
    assert registry.portal("sokhac").host == "sokhac.tiengiang.gov.vn"
    assert new("portal", "sokhac", *given).exit_code == 2
    clash = new("portal", "sokia", *given, "--set", "host=sonoivu.tiengiang.gov.vn")
    assert "already belongs to the portal sonoivu" in clash.output
    assert "call it so-khac" in new("portal", "Sở Khác", *given).output
    assert not (province / "content" / "sokia").exists()


def test_a_person_is_asked_on_a_terminal(province: Path) -> None:
    """Answers typed into a real terminal; a bad one is asked again."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from generator.cli.main import main; main()",
         "new", "news", "sonoivu"],
        cwd=province, env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
        stdin=slave, stdout=slave, stderr=slave, close_fds=True,
    )  # fmt: skip
    os.close(slave)
    screen = b""

    def expect(text: str, answer: str) -> None:
        nonlocal screen
        end = time.monotonic() + 60
        while text.encode() not in screen:
            assert time.monotonic() < end, f"no {text!r} in {screen.decode()}"
            if select.select([master], [], [], 1)[0]:
                screen += os.read(master, 4096)
        screen = screen.partition(text.encode())[2]
        os.write(master, answer.encode() + b"\n")

    expect("Số thứ tự [1]", "")  # the section
    expect("title: tiêu đề", "Khai mạc hội sách")
    expect("summary: tóm tắt", "Ngắn quá")
    expect("Không nhận “Ngắn quá”", "Hội sách mở cửa từ ngày 20/12 tại công viên Mẫu.")
    expect("keywords: từ khóa; cách nhau bằng dấu chấm phẩy", "sách; hội sách")
    expect("author: người viết", "Phạm Mẫu Khoa")
    expect("Ngô Mẫu Trí", "")  # the first of the board that is not the author
    expect("approved: ngày giờ duyệt", "2015-12-18")
    expect("published: ngày giờ đăng", "2015-12-18")
    expect("[khai-mac-hoi-sach]", "")
    expect("Đã ghi: content/sonoivu/tin-tuc/khai-mac-hoi-sach.md", "")
    assert process.wait(30) == 0
    os.close(master)
    text = (province / "content/sonoivu/tin-tuc/khai-mac-hoi-sach.md").read_text("utf-8")
    assert "approver: Ngô Mẫu Trí" in text
    assert "status: draft" in text
