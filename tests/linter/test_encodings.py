"""Pages are read as they are meant, whatever they say of their encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.encodings import decode, is_syllable, modern, old_words
from linter.page import Page

TEXT = "Phòng Giáo dục huyện Mẫu thông báo về việc tuyển sinh lớp 1"


def page(body: bytes, declared: str = "", kind: str = "text/html") -> Page:
    meta = f'<meta charset="{declared}">'.encode() if declared else b""
    return Page(
        "https://mau.gov.vn/",
        b"<html><head>" + meta + b"</head><body><p>" + body + b"</p></body></html>",
        headers={"content-type": kind},
    )


def read(page: Page) -> str:
    return " ".join(page.tree.text_content().split())


@pytest.mark.parametrize(
    ("body", "declared", "kind"),
    [
        (TEXT.encode(), "utf-8", "text/html"),
        (TEXT.encode(), "", "text/html"),
        (TEXT.encode(), "windows-1252", "text/html"),
        (TEXT.encode(), "utf-8", "text/html; charset=ISO-8859-1"),
        (TEXT.encode(), "khong-co", "text/html"),
    ],
)
def test_utf8_is_read_whatever_is_declared(body: bytes, declared: str, kind: str) -> None:
    assert read(page(body, declared, kind)) == TEXT


@pytest.mark.parametrize("declared", ["windows-1252", "utf-8", ""])
def test_bytes_of_tcvn3_are_read(declared: str) -> None:
    body = "Phßng Gi¸o dôc huyÖn MÉu th«ng b¸o vÒ viÖc tuyÓn sinh líp 1".encode("cp1252")
    assert read(page(body, declared)) == TEXT


def test_viscii_is_read_where_it_is_declared() -> None:
    table = {decode(bytes([byte]), "viscii"): byte for byte in range(0x80, 0x100)}
    body = bytes(table.get(char, ord(char) if char < "\x80" else 0) for char in TEXT)
    assert read(page(body, "VISCII")) == TEXT
    assert read(page(body)) == TEXT


def test_windows_1258_comes_out_composed() -> None:
    words = "Giáo dục huyện"
    marks = {"á": "a\u0301", "ụ": "u\u0323", "ệ": "ê\u0323"}
    body = "".join(marks.get(char, char) for char in words).encode("cp1258")
    assert read(page(body, "windows-1258")) == words


def test_a_byte_order_mark_wins() -> None:
    body = b"\xef\xbb\xbf" + page(TEXT.encode(), "windows-1252").body
    found = Page("https://mau.gov.vn/", body, headers={"content-type": "text/html"})
    assert found.declared == found.encoding == "utf-8"
    assert Page("https://mau.gov.vn/", TEXT.encode("utf-16")).text == TEXT


def test_a_few_old_words_among_many_are_read_and_told() -> None:
    text = f"<p>{TEXT}</p><p>§Þa chØ: ®­êng Hïng V­¬ng, thÞ trÊn MÉu, líp 1</p>"
    assert old_words(text)[0] == "TCVN3"
    address = "Địa chỉ: đường Hùng Vương, thị trấn Mẫu, lớp 1"
    assert modern(text) == f"<p>{TEXT}</p><p>{address}</p>"


def test_syllables_are_told_from_other_words() -> None:
    for word in "nghiêng khuỷu quyết giữa yêu uống oan thuở hoà hòa Đắk ỷ".split():
        assert is_syllable(word), word
    for word in "Müller café Straße naïve năă ngh strong Gi¸o".split():
        assert not is_syllable(word), word


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(modern(text), str)


@given(st.binary(max_size=300))
def test_no_bytes_break_a_page(body: bytes) -> None:
    assert isinstance(Page("https://mau.gov.vn/", body).text, str)


def test_lines_as_long_as_a_page_are_not_kept_in_memory() -> None:
    from linter import encodings

    before = encodings._of_short_line.cache_info().currsize
    encodings.old_words("Ủy ban nhân dân xã Mẫu " * 100)
    assert encodings._of_short_line.cache_info().currsize == before
