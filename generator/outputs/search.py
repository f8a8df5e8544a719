"""This file makes the index that the search page reads in the visitor's own browser."""

from __future__ import annotations

import json
from collections.abc import Iterable

from generator.documents import Document
from generator.pages import Edition


def write_index(edition: Edition, documents: Iterable[Document]) -> bytes:
    """A list of [title, summary with keywords, address, section, day] as JSON, newest first."""
    newest = sorted(documents, key=lambda d: (d.published, d.url), reverse=True)
    rows = [
        [
            document.title,
            " ".join(
                [document.summary, *document.keywords, str(document.fields.get("number", ""))]
            ),
            document.url,
            edition.title_of(document.section),
            document.published.date().isoformat(),
        ]
        for document in newest
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
