"""This file makes the index that the search page reads in the visitor's own browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.documents import Document
from generator.pages import Edition

_WORD = re.compile(r"[^\W_]+")
_TARGET = re.compile(r"\]\([^)\n]*\)")


def write_index(edition: Edition, documents: Iterable[Document]) -> bytes:
    """A list of [title, summary with keywords, address, section, day, words], newest first.

    The words are those of the text and of the facts that title and summary lack, each once: the
    search asks for words, not for phrases, and so a long text costs the reader little.
    """
    newest = sorted(documents, key=lambda d: (d.published, d.url), reverse=True)
    rows = []
    for document in newest:
        number = str(document.fields.get("number", ""))
        summary = " ".join([document.summary, *document.keywords, number])
        rows.append(
            [
                document.title,
                summary,
                document.url,
                edition.title_of(document.section),
                document.published.date().isoformat(),
                " ".join(_other_words(document, f"{document.title} {summary}")),
            ]
        )
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _other_words(document: Document, known: str) -> Iterable[str]:
    """The words of a document that `known` lacks, in the order in which they first stand."""
    text = " ".join([*_texts(document.fields), _TARGET.sub("] ", document.body)])
    words = dict.fromkeys(_WORD.findall(text.lower()))
    for word in _WORD.findall(known.lower()):
        words.pop(word, None)
    return words


def _texts(value: Any) -> Iterator[str]:
    """Every text in a document's own fields, names and numbers of a staff list too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
