"""This file asks git what happened to files, and alone does; without git it says nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from linter.facts.days import VIETNAM

_SECONDS = 60


@dataclass(frozen=True)
class Commit:
    """One commit: its name, its day in Vietnam, its author, and the files it touched."""

    name: str
    day: date
    author: str
    files: tuple[str, ...]


def head(root: Path) -> str:
    """The name of the commit at hand; empty where there is no repository."""
    return _git(root, "rev-parse", "HEAD").strip()


def read_log(root: Path, *words: str) -> Iterator[Commit]:
    """The commits that `git log` chooses by these words, with files relative to `root`."""
    form = "--format=%x00%H%x09%ct%x09%an"
    log = _git(root, "log", "--name-only", "--relative", form, *words)
    for block in log.split("\0")[1:]:
        first, *files = block.splitlines()
        name, seconds, author = first.split("\t", 2)
        day = datetime.fromtimestamp(int(seconds), VIETNAM).date()
        yield Commit(name, day, author, tuple(file for file in files if file))


def _git(root: Path, *words: str) -> str:
    """What git prints; nothing where it is missing or the folder is in no repository."""
    try:
        done = subprocess.run(  # noqa: S603  # fixed words, no shell
            ["git", "-c", "core.quotePath=false", "-C", str(root), *words],  # noqa: S607
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
