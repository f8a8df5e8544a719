"""This file reads the text of attached documents, as much as rules need and no more.

A document of a stranger may be broken, scanned or hostile: bytes, pages and characters are
bounded, and what cannot be read has no text.
"""

from __future__ import annotations

import logging
import re
import zipfile
from html import unescape
from io import BytesIO

from linter.model import Pdf

_MAX_BYTES = 10_000_000
_MAX_PAGES = 30
_MAX_CHARACTERS = 200_000
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
        marks = root.get("/MarkInfo", {})
        metadata = reader.metadata
        return Pdf(
            title=str((metadata.title if metadata else "") or "").strip(),
            language=str(root.get("/Lang", "") or "").strip(),
            tagged="/StructTreeRoot" in root and bool(marks.get_object().get("/Marked", False)),
            has_text=any(char.isalpha() for char in text),
        )
    except Exception as error:  # as in _text_of_pdf
        logging.getLogger(__name__).debug("unreadable PDF: %s", error)
        return Pdf(unreadable=True)


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
    return "\n".join(parts)[:_MAX_CHARACTERS]


def _text_of_docx(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            xml = part.read(_MAX_BYTES).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, EOFError):
        return ""
    paragraphs = _PARAGRAPH.sub("\n", _BETWEEN_TAGS.sub("", xml))
    text = unescape(_TAG.sub("", paragraphs))
    return text[:_MAX_CHARACTERS]
