"""This file replaces and names whole folders, so that a killed run leaves the old or the new."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replace_folder(target: Path) -> Iterator[Path]:
    """Gives an empty folder to fill; it takes the place of `target` when the block ends well.

    Between two renames `target` does not exist for a moment: for folders that only we read.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.new."))
    fresh.chmod(0o755)
    try:
        yield fresh
        remove_folder(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def remove_folder(target: Path) -> None:
    """Removes a folder if it is there, under another name first, so that it never stands half."""
    if not target.exists():
        return
    doomed = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.old."))
    target.rename(doomed / target.name)
    shutil.rmtree(doomed, ignore_errors=True)


def tree_digest(roots: Iterable[Path]) -> str:
    """A name for the bytes and paths of all files below some folders or files; order is fixed."""
    digest = hashlib.sha256()
    for root in roots:
        above = len(str(root.parent)) + 1
        for name in [str(root)] if root.is_file() else sorted(_files(str(root))):
            digest.update(name[above:].replace(os.sep, "/").encode() + b"\0")
            with open(name, "rb") as stream:  # noqa: PTH123  # this runs over every file of a build
                digest.update(hashlib.sha256(stream.read()).digest())
    return digest.hexdigest()


def installed() -> list[str]:
    """Every installed package with its version, by its folder; importlib.metadata is slow."""
    return sorted(
        path.name for folder in map(Path, sys.path) for path in folder.glob("*.dist-info")
    )


def _files(root: str) -> Iterator[str]:
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name != "__pycache__"]
        for name in files:
            yield f"{folder}{os.sep}{name}"
