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

import pypdf

_MAX_BYTES = 10_000_000
_MAX_PAGES = 30
_MAX_CHARACTERS = 200_000
_PARAGRAPH = re.compile(r"</w:p>|<w:br/>|</w:tr>")
_BETWEEN_TAGS = re.compile(r"(?<=>)\s*\n\s*(?=<)")
_TAG = re.compile(r"<[^>]+>")


def may_be_read(name: str, size: int) -> bool:
    """Whether a file of that name and size in bytes is one that read_attachment knows."""
    return size <= _MAX_BYTES and name.lower().endswith((".pdf", ".docx"))


def read_attachment(name: str, data: bytes) -> str:
    """The text of a PDF or DOCX file; empty for a scan, a broken file or another kind."""
    if data.startswith(b"%PDF") or name.lower().endswith(".pdf"):
        return _text_of_pdf(data)
    if data.startswith(b"PK"):
        return _text_of_docx(data)
    return ""


def _text_of_pdf(data: bytes) -> str:
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
