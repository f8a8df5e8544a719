"""This file writes so that a reader, or a run after a kill, finds the old or the new file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class NotWritten(OSError):
    """A file could not be written; `filename` is the one that was wanted."""


def write_file(path: Path, data: bytes) -> None:
    """Writes a file through a temporary one in the same folder. Raises NotWritten."""
    with _written(path, data) as temporary:
        temporary.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that is not there yet, whole or not at all. FileExistsError, NotWritten."""
    with _written(path, data) as temporary:
        os.link(temporary, path)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files of a small site, index.html last, so that what it links to is there.

    None takes its place before all of them are on the disk: a full one leaves the old site whole.
    """
    names = sorted(files, key=lambda name: (name == "index.html", name))
    waiting: list[tuple[Path, Path]] = []
    try:
        for name in names:
            path = folder / name
            waiting.append((_write_aside(path, files[name]), path))
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


@contextmanager
def _written(path: Path, data: bytes) -> Iterator[Path]:
    """A temporary file beside `path` with the data; gone afterwards."""
    temporary = _write_aside(path, data)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _write_aside(path: Path, data: bytes) -> Path:
    """Writes a temporary file beside `path`. Raises NotWritten."""
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
    except BaseException as error:
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotWritten(error.errno, error.strerror, str(path)) from error
        raise
    return Path(name)
