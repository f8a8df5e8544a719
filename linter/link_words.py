"""This file knows the link texts that say nothing by themselves, in Vietnamese and English."""

from __future__ import annotations

import re

from linter.outline import remembered
from linter.page import Element, Page
from linter.semantics import is_exposed, role_of
from linter.vietnamese import fold

_VAGUE = frozenset(
    """tai day|o day|day|xem|xem them|xem tiep|xem chi tiet|chi tiet|doc them|doc tiep|click|
    click vao day|click day|click tai day|bam vao day|nhan vao day|nhap vao day|bam day|nhan day|
    tai ve|tai xuong|download|link|lien ket|duong dan|tiep|tiep theo|them|here|click here|more|
    read more|see more|details|view|view more|continue|go|learn more|find out more|click|
    this""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
# “Nhấn vào đây để xem”, “Xem toàn văn tại đây”: what to do, and nothing of what is there.
_DO = r"(?:xem|doc|tai(?: ve| xuong)?|download|truy cap|(?:click|bam|nhan|nhap|kich)(?: chuot)?)"
_ANY = (
    r"(?:them|tiep|chi tiet|toan van|toan bo|day du|(?:noi dung|thong tin)(?: chi tiet)?|"
    r"(?:cac )?(?:file|tep|tap tin)(?: dinh kem)?|dinh kem)"
)
_HERE = r"(?:(?:o|tai|vao) )?(?:day|here)"
_TO_DO = re.compile(
    rf"(?:(?:vui long|moi(?: ban)?|hay) )?{_DO}(?:(?: {_ANY})* {_HERE}|(?: {_ANY})+)"
    rf"(?: de {_DO}(?: {_ANY})*)?|(?:xem )?{_HERE}(?: de {_DO}(?: {_ANY})*)?"
)
_MARKS = frozenset(".…>»<«+→←›‹-–[]() ")
_FORMATS = frozenset(
    """html|epub|pdf|doc|docx|word|excel|xls|xlsx|csv|xml|json|odt|ods|rtf|txt|plain text|text|zip|
    rar|mp3|mp4|ban pdf|file pdf|tep pdf|file word|ban word|tep word|van ban thuan""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_POINTING = re.compile(
    r"(?:this|that|these|those) (?:article|document|file|form|item|link|one|page|post|product|site|"
    r"website)s?|(?:trang|bài|bài viết|liên kết|link|file|đường dẫn|văn bản|tài liệu|sản phẩm|"
    r"biểu mẫu|tệp) này"
)


@remembered
def links_of(page: Page) -> list[Element]:
    """The links that assistive technology meets, those in drawings too."""
    found = page.outline.pick("a", "area", bearing="href", or_bearing=("role",))
    return [link for link in found if role_of(link) == "link" and is_exposed(link)]


def is_vague(words: str) -> bool:
    """Whether the words say of no link where it leads: “tại đây”, “xem thêm”."""
    plain = fold(words).strip(" .…:!>»→-[]()")
    if not plain:
        return bool(words.strip()) and _MARKS.issuperset(words)
    return plain in _VAGUE or bool(_TO_DO.fullmatch(plain))


def needs_context(words: str) -> bool:
    """Whether the words make sense only beside others: “PDF”, “this product”, “trang này”."""
    plain = words.strip(" .…:>»→-[]()")
    return fold(plain) in _FORMATS or bool(_POINTING.fullmatch(plain.lower()))
