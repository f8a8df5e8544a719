"""Attached documents are read as far as rules need, and a broken or hostile one has no text."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import docx
import pytest

from linter.sites.attachments import may_be_read, read_attachment
from linter.sites.folder import read_folder


def pdf_of(text: str) -> bytes:
    """A one-page PDF that shows `text`, each character by a ToUnicode map as Word writes it."""
    codes = {char: number for number, char in enumerate(dict.fromkeys(text), 1)}
    shown = " 0 -14 Td ".join(
        "<" + "".join(f"{codes[char]:04x}" for char in line) + "> Tj" for line in text.split("\n")
    )
    lines = [f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    cmap = "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            f"{len(lines)} beginbfchar",
            *lines,
            "endbfchar endcmap end end",
        )
    )
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        _stream(f"BT /F 12 Tf 50 800 Td {shown} ET"),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Mau /Encoding /Identity-H "
        "/DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Mau /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(cmap),
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 8\n0000000000 65535 f \n{table}trailer << /Size 8 /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def test_a_pdf_is_read() -> None:
    text = "Quyết định số 12/QĐ-SM của Sở Mẫu"
    assert read_attachment("qd.pdf", pdf_of(text)).split() == text.split()


def test_a_word_document_is_read_by_paragraph(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("MẬT")
    document.add_paragraph("Số: 1/KH-SM & kèm theo")
    document.save(str(tmp_path / "kh.docx"))
    text = read_attachment("kh.docx", (tmp_path / "kh.docx").read_bytes())
    assert text.splitlines()[:2] == ["MẬT", "Số: 1/KH-SM & kèm theo"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4 broken",
        pdf_of("Quyết định")[:400],
        b"%PDF-1.4\ntrailer << /Root 1 0 R >>\n1 0 obj << /Pages 1 0 R /Kids [1 0 R] >> endobj",
        b"PK\x03\x04 no archive",
    ],
)
def test_a_broken_document_has_no_text(data: bytes) -> None:
    assert read_attachment("x.pdf", data) == ""
    assert read_attachment("x.docx", data) == ""


def test_a_word_document_that_unpacks_to_gigabytes_is_read_in_part() -> None:
    packed = BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(64):
            part.write(b"a" * 1_000_000)
    assert len(packed.getvalue()) < 200_000
    assert len(read_attachment("bom.docx", packed.getvalue())) == 200_000


def test_a_pdf_that_unpacks_to_gigabytes_has_no_text() -> None:
    packed = zlib.compress(b"BT (a) Tj ET " * 8_000_000, 9)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    data = pdf_of("a").replace(
        _stream("BT /F 12 Tf 50 800 Td <0001> Tj ET").encode(), head + packed + b"\nendstream"
    )
    assert read_attachment("bom.pdf", data) == ""


def test_only_documents_of_bearable_size_are_read() -> None:
    assert may_be_read("tep/QD.PDF", 1_000)
    assert not may_be_read("tep/qd.pdf", 100_000_000)
    assert not may_be_read("anh/cau.jpg", 1_000)


def test_a_folder_gives_its_documents_text(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Sở Mẫu</title><p>Văn bản</p>", "utf-8")
    (tmp_path / "qd.pdf").write_bytes(pdf_of("Quyết định"))
    snapshot = read_folder(tmp_path)
    assert snapshot.texts == {snapshot.site.url + "qd.pdf": "Quyết định"}
