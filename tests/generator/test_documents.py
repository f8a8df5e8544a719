"""What editors get wrong is said with file, line, law and remedy, all of it at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.build import Project
from generator.documents import Document, public_paths, read_documents
from linter.errors import Mistake, UserError
from linter.messages import say
from linter.registry import read_registry

Write = Callable[..., Path]


def read(project: Project) -> tuple[tuple[Document, ...], tuple[Mistake, ...]]:
    registry = read_registry(project.content)
    return read_documents(project.content, registry, registry.portal("mau"), project.work / "cache")


def told(project: Project) -> list[str]:
    return [
        f"{mistake.file.removeprefix('content/mau/')}:{mistake.line} "
        + say(mistake.message, mistake.params, "en")
        + (f" ({mistake.law})" if mistake.law else "")
        for mistake in read(project)[1]
    ]


def test_good_documents_are_read_with_their_types(project: Project) -> None:
    documents, mistakes = read(project)
    assert mistakes == ()
    by_type = {document.type: document for document in documents}
    assert set(by_type) == {"guide", "legal-document", "news"}
    legal = by_type["legal-document"]
    assert legal.fields["signed"].isoformat() == "2015-12-16"
    assert legal.url == "/van-ban/qd-1/"
    assert legal.published == datetime(2015, 12, 17, 9)
    assert legal.lines["title",] == 3


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("unknown key", {"titel": "x"}, "x.md:11 The key titel is not known here; did you mean title?"),
    ("missing key", {"summary": None}, "x.md:2 The key summary is missing: tóm tắt một hai câu"),
    ("wrong kind of value", {"keywords": "cầu"}, "x.md:5 keywords cannot be “cầu”: từ khóa"),
    ("date as people write it", {"published": "03/04/2026"}, "x.md:9 published cannot be"),
    (
        "date that is none",
        {"approved": "2015-02-29"},
        "x.md:8 approved cannot be “2015-02-29”: there is no such day or time.",
    ),
    ("hour that is none", {"published": "2015-12-17T25:00"}, "x.md:9 published cannot be"),
    (
        "time of another zone",
        {"published": "2015-12-17T18:30Z"},
        "x.md:9 published cannot be “2015-12-17T18:30Z”: write the time in Vietnam without a zone:"
        " 2015-12-18T01:30.",
    ),
    ("no date at all", {"published": None}, "x.md:2 The key published is missing: ngày giờ đăng"),
    (
        "changed before it was first published",
        {"updated": "2015-12-16"},
        "x.md:11 updated lies before published (17 December 2015): one of the two is wrong.",
    ),
    ("approver is author", {"author": "Lê Mẫu Bình"}, "x.md:7 The approver must be another person"),
    (
        "approver not on board",
        {"approver": "Lý Mẫu Xa"},
        "x.md:7 Lý Mẫu Xa is not on the editorial",
    ),
    (
        "approved after published",
        {"approved": "2015-12-18"},
        "x.md:9 published lies before approved",
    ),
    ("wrong status", {"status": "live"}, "x.md:10 status cannot be “live”; choose one of: draft"),
    ("type of another section", {"type": "guide"}, "x.md:2 The type must be one of those of the"),
    (
        "attachment that is missing",
        {"attachments": [{"file": "tep/khong-co.pdf", "title": "Tệp"}]},
        "x.md:11 The file tep/khong-co.pdf does not exist.",
    ),
    (
        "attachment outside",
        {"attachments": [{"file": "../chinh/tep/quyet-dinh.docx", "title": "Tệp"}]},
        "x.md:11 The path ../chinh/tep/quyet-dinh.docx leaves the portal's folder.",
    ),
]


@pytest.mark.parametrize(("more", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_header_mistakes(
    project: Project, write: Write, more: dict[str, Any], expected: str
) -> None:
    write("tin-tuc/x.md", **more)
    said = told(project)
    assert any(line.startswith("tin-tuc/" + expected) for line in said), said


DECREE: dict[str, Any] = {
    "type": "legal-document",
    "number": "2/QĐ-SM",
    "document_kind": "Quyết định",
    "issuer": "Sở Mẫu",
    "signatory": "Trần Mẫu An",
    "signed": "2015-12-16",
    "in_force": "2015-12-16",
    "validity": "in-force",
    "field": "Nội vụ",
    "attachments": [{"file": "tep/quyet-dinh.docx", "title": "Toàn văn"}],
}


@pytest.mark.parametrize("day", ["2015-12-18", "2016-02-29", "2199-12-31"])
def test_what_is_signed_after_it_was_published_is_told(
    project: Project, write: Write, day: str
) -> None:
    write("van-ban/x.md", **DECREE | {"signed": day})
    assert [line for line in told(project) if "published lies before signed (" in line]


@pytest.mark.parametrize("day", ["9999-12-31", "1799-12-31", "0001-01-01"])
def test_years_that_nobody_reckons_with_are_slips(project: Project, write: Write, day: str) -> None:
    write("van-ban/x.md", status="draft", **DECREE | {"signed": day})
    assert [line for line in told(project) if "the year must lie between 1800 and 2199" in line]


@pytest.mark.parametrize("day", ["2015-12-16", "2012-02-29", "1945-09-02", "1944-12-31"])
def test_what_was_signed_long_ago_is_no_mistake_of_the_header(
    project: Project, write: Write, day: str
) -> None:
    write("van-ban/x.md", **DECREE | {"signed": day})
    assert told(project) == []


BODIES = [
    ("script", "Một.\n\n<script>alert(1)</script>\n", "x.md:14 HTML is not allowed in documents"),
    ("inline html", "Một <b>hai</b>.\n", "x.md:12 HTML is not allowed in documents: <b>"),
    ("TCVN3", "Mét.\n\nPhßng Gi¸o dôc huyÖn\n", "x.md:14 “Gi¸o” is text in an old Vietnamese"),
    ("dead link", "Xem [bài](khong-co.md).\n", "x.md:12 The link khong-co.md leads to no document"),
    ("missing picture", "![Cầu](../anh/cau.jpg)\n", "x.md:12 The file anh/cau.jpg does not exist."),
    ("way out", "[x](../../chinh/tep/quyet-dinh.docx)\n", "x.md:12 The path ../../chinh/tep"),
    ("no text", "\n", "x.md:12 The document has a header but no text: write it"),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES])
def test_body_mistakes(project: Project, write: Write, body: str, expected: str) -> None:
    write("tin-tuc/x.md", body=body)
    said = told(project)
    assert any(line.startswith("tin-tuc/" + expected) for line in said), said


def test_duplicate_keys_and_broken_yaml_are_named_by_line(project: Project, write: Write) -> None:
    write("tin-tuc/x.md", text="---\ntype: news\ntitle: A\ntitle: B\n---\nMột.\n")
    write("tin-tuc/y.md", text="---\ntype: news\ntitle: [\n---\nMột.\n")
    write("tin-tuc/z.md", text="Một.\n")
    said = told(project)
    assert any(line.startswith("tin-tuc/x.md:4 The key title stands twice, first") for line in said)
    assert any(
        line.startswith("tin-tuc/y.md:") and "opened and never closed" in line for line in said
    )
    assert any(line.startswith("tin-tuc/z.md:1 The file does not start") for line in said)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "x.md:1 The file is empty: write it, or delete it."),
        ("---\ntype: news\n---\nMột.\n".encode("utf-16"), "x.md:1 The file is not UTF-8"),
        (b"x" * 50_000_000, "x.md:1 The file is 50000000 bytes large"),
    ],
    ids=["empty", "utf-16", "50 MB"],
)
def test_files_that_cannot_be_read(project: Project, data: bytes, expected: str) -> None:
    (project.content / "mau" / "tin-tuc" / "x.md").write_bytes(data)
    assert any(line.startswith("tin-tuc/" + expected) for line in told(project))


def test_two_files_with_one_address(project: Project, write: Write) -> None:
    write("tin-tuc/Khanh-Thanh-Cau.md")
    (said,) = told(project)
    assert said.startswith("tin-tuc/Khanh-Thanh-Cau.md:0 The file name Khanh-Thanh-Cau.md cannot")
    assert "khanh-thanh-cau.md" in said


@pytest.mark.parametrize("name", ["nam-2015", "trang-2", "nam-2015.en"])
def test_a_document_may_not_have_the_address_of_a_list(
    project: Project, write: Write, name: str
) -> None:
    write(f"tin-tuc/{name}.md")
    (said,) = told(project)
    assert f"{name.removesuffix('.en')} is the address of a list" in said


def test_two_sections_may_not_share_an_address(project: Project) -> None:
    path = project.content / "registry.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("slug: van-ban", "slug: tin-tuc"), "utf-8")
    with pytest.raises(UserError) as raised:
        read_registry(project.content)
    (mistake,) = raised.value.mistakes
    assert mistake.line and mistake.params == {"key": "slug", "value": "tin-tuc"}


def test_a_folder_that_is_no_section(project: Project, write: Write) -> None:
    write("tin-moi/x.md")
    (said,) = told(project)
    assert said.startswith("tin-moi/x.md:0 There is no section tin-moi.")


def test_a_published_page_may_not_link_to_a_draft_or_the_future(
    project: Project, write: Write
) -> None:
    write("tin-tuc/nhap.md", status="draft")
    write("tin-tuc/mai.md", published="2015-12-19T09:00")
    write("tin-tuc/x.md", body="[Một](nhap.md)\n\n[Hai](mai.md)\n\n[Ba](/tin-tuc/nhap/#a)\n")
    said = told(project)
    assert [line.split(" ")[0] for line in said] == [
        f"tin-tuc/x.md:{line}" for line in (12, 14, 16)
    ]
    assert all("not public by then" in line for line in said)


def test_decomposed_text_is_composed_quietly(project: Project, write: Write) -> None:
    write("tin-tuc/x.md", text=unicodedata.normalize("NFD", write("tin-tuc/y.md").read_text()))
    documents, mistakes = read(project)
    assert mistakes == ()
    titles = {document.title for document in documents if document.slug in ("x", "y")}
    assert len(titles) == 1


def test_all_mistakes_come_at_once_and_a_second_reading_says_the_same(
    project: Project, write: Write
) -> None:
    write("tin-tuc/a.md", title=None, approver="Lý Mẫu Xa")
    write("van-ban/b.md", titel="x")
    first = told(project)
    assert {line.split(":")[0] for line in first} == {"tin-tuc/a.md", "van-ban/b.md"}
    assert told(project) == first


def test_a_damaged_cache_costs_time_only(project: Project) -> None:
    before = read(project)
    for path in (project.work / "cache").iterdir():
        path.write_bytes(b"\x80\x04rubbish")
    assert read(project) == before


def test_files_of_drafts_and_of_the_future_are_not_public(project: Project, write: Write) -> None:
    (project.content / "mau" / "tep" / "mat.docx").write_bytes(b"x")
    (project.content / "mau" / "anh").mkdir()
    (project.content / "mau" / "anh" / "cau.jpg").write_bytes(b"x")
    attachments = [{"file": "tep/mat.docx", "title": "Tệp"}]
    write("tin-tuc/nhap.md", status="draft", attachments=attachments)
    write("tin-tuc/mai.md", published="2015-12-20T09:00", body="![Cầu](../anh/cau.jpg)\n")
    documents, mistakes = read(project)
    assert mistakes == ()
    registry = read_registry(project.content)
    portal = registry.portal("mau")
    today = public_paths(portal, documents, datetime(2015, 12, 18))
    assert "mau/tep/mat.docx" not in today
    assert "mau/anh/cau.jpg" not in today
    later = public_paths(portal, documents, datetime(2015, 12, 21))
    assert later["mau/anh/cau.jpg"] == "/anh/cau.jpg"
