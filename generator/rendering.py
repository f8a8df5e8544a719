"""This file renders the Markdown of many documents, and remembers what it rendered before."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from generator.documents import Document
from generator.markdown import Markup, content_path, links_in, render
from generator.spread import spread
from linter.atomic import write_file


def render_all(
    documents: Iterable[Document],
    links: Mapping[str, str],
    cache_folder: Path | None,
    pool: Executor | None = None,
) -> dict[str, Markup]:
    """The Markup of each document, by its file. `links` as in generator.markdown.render.

    `pool` helps where there are very many.
    """
    documents = tuple(documents)
    store: Path | None = None
    known: dict[str, Markup] = {}
    if cache_folder is not None and documents:
        store = cache_folder / f"markdown-{documents[0].portal}.pickle"
        known = _load(store)
    keys = {document.file: _key(document, links) for document in documents}
    new = [document for document in documents if keys[document.file] not in known]
    markups = spread(partial(_render, links=links), new, pool)
    made = {keys[document.file]: markup for document, markup in zip(new, markups, strict=True)}
    used = {key: known.get(key) or made[key] for key in keys.values()}
    if store is not None and used.keys() != known.keys():
        write_file(store, pickle.dumps(used))
    return {file: used[key] for file, key in keys.items()}


def _folder_of(document: Document) -> str:
    return document.file.partition("/")[2].rpartition("/")[0]


def _render(document: Document, links: Mapping[str, str]) -> Markup:
    return render(document.body, document.body_line, _folder_of(document), links)


def _load(path: Path) -> dict[str, Markup]:
    try:
        data = pickle.loads(path.read_bytes())  # noqa: S301  # our own cache
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ValueError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _key(document: Document, links: Mapping[str, str]) -> str:
    """Names all that shapes the result: the text, where it starts, what its links become."""
    folder = _folder_of(document)
    targets = [
        links.get(content_path(folder, link.partition("#")[0]), "")
        for _, link in links_in(document.body, document.body_line)
    ]
    data = [_code_name(), folder, document.body_line, document.body, targets]
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()


@cache
def _code_name() -> str:
    code = Path(__file__).with_name("markdown.py").read_bytes()
    return hashlib.sha256(code).hexdigest() + version("markdown")
