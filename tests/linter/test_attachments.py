"""Attached documents are read as far as rules need, and a broken or hostile one has no text."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from linter.model import Pdf
from linter.sites.attachments import look_at_pdf, may_be_read, read_attachment
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


def _changed(data: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _tell_all(writer: pypdf.PdfWriter) -> None:
    writer.add_metadata({"/Title": "Quyết định"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("vi")
    _tag(writer)


def _tag(writer: pypdf.PdfWriter, marked: bool = True, kids: bool = True, lang: str = "") -> None:
    top = DictionaryObject({NameObject("/S"): NameObject("/Document")})
    if lang:
        top[NameObject("/Lang")] = TextStringObject(lang)
    tree = DictionaryObject({NameObject("/K"): ArrayObject([top])} if kids else {})
    marks = DictionaryObject({NameObject("/Marked"): BooleanObject(marked)})
    writer.root_object[NameObject("/StructTreeRoot")] = tree
    writer.root_object[NameObject("/MarkInfo")] = marks


def _only_xmp(writer: pypdf.PdfWriter) -> None:
    stream = StreamObject()
    stream.set_data(XMP.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _put_picture(writer: pypdf.PdfWriter, pixels: int = 1200, page: int = 0) -> None:
    picture = StreamObject()
    picture.update(
        {
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(pixels),
            NameObject("/Height"): NumberObject(pixels),
        }
    )
    resources = writer.pages[page]["/Resources"].get_object()
    resources[NameObject("/XObject")] = DictionaryObject(
        {NameObject("/I"): writer._add_object(picture)}
    )


def _drop_text(writer: pypdf.PdfWriter, painted: bytes = b"") -> None:
    stream = StreamObject()
    stream.set_data(painted)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-'
    'ns#"><r:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><r:Alt><r:li '
    'xml:lang="x-default">Quyết định</r:li></r:Alt></dc:title></r:Description></r:RDF></x:xmpmeta>'
)
WORDS = pdf_of("Quyết định về việc ban hành quy chế tiếp công dân của Sở Mẫu năm 2015")
STAMP = pdf_of("Ký bởi: Sở Mẫu")


def look(data: bytes) -> Pdf:
    return look_at_pdf(data, read_attachment("qd.pdf", data))


def test_a_pdf_tells_title_language_and_tags() -> None:
    assert look(WORDS) == Pdf(has_text=True, pages=1, drawn=True)
    told = look(_changed(WORDS, _tell_all))
    assert (told.title, told.language, told.tagged) == ("Quyết định", "vi", True)


@pytest.mark.parametrize("password", ["", "mat"])
def test_a_pdf_is_read_where_anybody_may_open_it(password: str) -> None:
    """Most locked papers only forbid to change them."""

    def lock(writer: pypdf.PdfWriter) -> None:
        _tell_all(writer)
        writer.encrypt(password, "chu", algorithm="AES-256")

    told = look(_changed(WORDS, lock))
    assert told.unreadable is (password != "")
    assert told.title == ("" if password else "Quyết định")


def test_a_title_and_a_language_may_stand_in_the_newer_places() -> None:
    assert look(_changed(WORDS, _only_xmp)).title == "Quyết định"
    assert look(_changed(WORDS, lambda writer: _tag(writer, lang="vi"))).language == "vi"


def test_tags_count_where_there_are_any_and_the_file_says_so() -> None:
    assert not look(_changed(WORDS, lambda writer: _tag(writer, marked=False))).tagged
    assert not look(_changed(WORDS, lambda writer: _tag(writer, kids=False))).tagged


def test_a_broken_table_of_places_is_mended() -> None:
    start = WORDS.rindex(b"startxref")
    assert look(WORDS[:start] + b"startxref\n99\n%%EOF\n").has_text


def test_pages_that_are_pictures_are_counted() -> None:
    def both(writer: pypdf.PdfWriter) -> None:
        writer.append(BytesIO(STAMP))
        _put_picture(writer, page=1)

    assert look(_changed(STAMP, _put_picture)).pictures == 1
    assert look(_changed(STAMP, lambda writer: _put_picture(writer, 300))).pictures == 0
    assert look(_changed(WORDS, _put_picture)).pictures == 0
    mixed = look(_changed(WORDS, both))
    assert (mixed.pages, mixed.pictures) == (2, 1)


def test_an_empty_page_and_a_drawing_are_no_scans() -> None:
    empty = look(_changed(WORDS, _drop_text))
    assert (empty.has_text, empty.pictures, empty.drawn) == (False, 0, False)
    drawing = look(_changed(WORDS, lambda writer: _drop_text(writer, b"0 0 9 9 re f")))
    assert (drawing.has_text, drawing.pictures, drawing.drawn) == (False, 0, True)


def test_a_collection_of_files_is_not_looked_into() -> None:
    def collect(writer: pypdf.PdfWriter) -> None:
        writer.root_object[NameObject("/Collection")] = DictionaryObject()

    assert look(_changed(WORDS, collect)).unreadable


def test_a_folder_gives_its_documents_text(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>Sở Mẫu</title><p>Văn bản</p>", "utf-8")
    (tmp_path / "qd.pdf").write_bytes(pdf_of("Quyết định"))
    snapshot = read_folder(tmp_path)
    assert snapshot.texts == {snapshot.site.url + "qd.pdf": "Quyết định"}
