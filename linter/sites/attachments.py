"""This file reads the text of attached documents, as much as rules need and no more.

A document of a stranger may be broken, scanned or hostile: bytes, pages and characters are
bounded, and what cannot be read has no text.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

from linter.model import Pdf

_MAX_BYTES = 10_000_000
_MAX_PAGES = 30
_MAX_CHARACTERS = 200_000
_NEXT_PAGE = "\f"
_WORD = re.compile(r"[^\W\d_]+")
# A page that says less beside a large picture may be a scan with a stamp of its signature.
_FEW_WORDS = 12
_SCAN = 600  # pixels, width and height; a seal or a signature is smaller
_DEEPEST_FORM = 3
# Operators that paint a line, an area, a picture or a form.
_PAINTS = re.compile(rb"(?<![\w/*])(?:[fbB]\*?|[FSs]|sh|Do|EI)(?![\w*])")
_PARAGRAPH = re.compile(r"</w:p>|<w:br/>|</w:tr>")
_BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
_TAG = re.compile(r"<[^>]+>")


def may_be_read(name: str, size: int) -> bool:
    """Whether a file of that name and size in bytes is one that read_attachment knows."""
    return size <= _MAX_BYTES and name.lower().endswith((".pdf", ".docx"))


def is_pdf(name: str) -> bool:
    """Whether look_at_pdf is for a file of that name."""
    return name.lower().endswith(".pdf")


def look_at_pdf(data: bytes, text: str) -> Pdf:
    """What a PDF file says of itself; `text` is what read_attachment took out of it."""
    if len(data) > _MAX_BYTES:
        return Pdf(unreadable=True)
    import pypdf  # noqa: PLC0415  # slow to load, and few pages need it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        root = reader.root_object
        pages = reader.pages[:_MAX_PAGES]
        if "/Collection" in root:
            return Pdf(unreadable=True)
        words = [len(_WORD.findall(said)) for said in text.split(_NEXT_PAGE)]
        has_text = any(words)
        return Pdf(
            title=_title_of(reader),
            language=_language_of(root),
            tagged=_is_tagged(root),
            has_text=has_text,
            pages=len(pages),
            pictures=sum(
                said < _FEW_WORDS and _has_picture(page, _SCAN if has_text else 1)
                for page, said in zip(pages, words, strict=False)
            ),
            drawn=has_text or any(_is_drawn(page) for page in pages),
        )
    except Exception as error:  # as in _text_of_pdf
        logging.getLogger(__name__).debug("unreadable PDF: %s", error)
        return Pdf(unreadable=True)


def _title_of(reader: Any) -> str:
    """In the file's old list of properties, or in the newer XMP."""
    old = reader.metadata.title if reader.metadata else ""
    if not old and reader.xmp_metadata:
        old = next(iter((reader.xmp_metadata.dc_title or {}).values()), "")
    return str(old or "").strip()


def _language_of(root: Any) -> str:
    """Of the file, or of the element that all its tags stand in."""
    own = root.get("/Lang", "")
    outermost = _tags_of(root)
    if not own and len(outermost) == 1 and isinstance(outermost[0], dict):
        own = outermost[0].get("/Lang", "")
    return str(own or "").strip()


def _is_tagged(root: Any) -> bool:
    if "/MarkInfo" not in root:
        return False
    marks = root["/MarkInfo"].get_object()
    marked = marks.get("/Marked", False)
    return bool(getattr(marked, "value", marked)) and bool(_tags_of(root))


def _tags_of(root: Any) -> list[Any]:
    """The outermost elements of its structure."""
    tree = root["/StructTreeRoot"].get_object() if "/StructTreeRoot" in root else {}
    kids = tree["/K"].get_object() if "/K" in tree else []
    return [kid.get_object() for kid in kids] if isinstance(kids, list) else [kids]


def _has_picture(page: Any, least: int) -> bool:
    """Whether it holds a picture of at least so many pixels both ways."""
    resources = page["/Resources"].get_object() if "/Resources" in page else {}
    return any(
        min(int(one.get("/Width", 0)), int(one.get("/Height", 0))) >= least
        for one in _pictures(resources)
    )


def _pictures(resources: Any, depth: int = 0) -> Iterator[Any]:
    """The pictures that a page may show, those within forms too."""
    inner = resources["/XObject"].get_object() if "/XObject" in resources else {}
    for one in inner.values():
        found = one.get_object()
        if found.get("/Subtype") == "/Image":
            yield found
        elif "/Resources" in found and depth < _DEEPEST_FORM:
            yield from _pictures(found["/Resources"].get_object(), depth + 1)


def _is_drawn(page: Any) -> bool:
    """Whether anything is painted on the page: an empty one is no scan."""
    contents = page.get_contents()
    return contents is not None and _PAINTS.search(contents.get_data()) is not None


def read_attachment(name: str, data: bytes) -> str:
    """The text of a PDF or DOCX file; empty for a scan, a broken file or another kind."""
    if data.startswith(b"%PDF") or name.lower().endswith(".pdf"):
        return _text_of_pdf(data)
    if data.startswith(b"PK"):
        return _text_of_docx(data)
    return ""


def _text_of_pdf(data: bytes) -> str:
    import pypdf  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a stranger's broken file is no news
    parts: list[str] = []
    length = 0
    try:
        for page in pypdf.PdfReader(BytesIO(data)).pages[:_MAX_PAGES]:
            parts.append(page.extract_text())
            length += len(parts[-1])
            if length > _MAX_CHARACTERS:
                break
    except Exception as error:  # pypdf meets a broken file with whatever its parser trips over
        logging.getLogger(__name__).debug("unreadable PDF: %s", error)
    return _NEXT_PAGE.join(parts)[:_MAX_CHARACTERS]


def _text_of_docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            xml = part.read(_MAX_BYTES).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, EOFError):
        return ""
    paragraphs = _PARAGRAPH.sub("\n", _BETWEEN_TAGS.sub("", xml))
    text = unescape(_TAG.sub("", paragraphs))
    return text[:_MAX_CHARACTERS]
