"""Files are written whole or not at all, and a mistake names the file that was wanted."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.atomic import write_file, write_files

ROOM = 4096


@pytest.fixture
def little_room() -> Iterator[None]:
    """No file may grow beyond ROOM: the kernel refuses as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("little_room")
def test_a_site_that_finds_no_room_leaves_the_old_one_whole(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.css": b"old", "index.html": b"old"})
    with pytest.raises(OSError) as failed:
        write_files(tmp_path, {"a.css": b"new", "b.html": b"x" * (ROOM + 1), "index.html": b"new"})
    assert failed.value.filename == str(tmp_path / "b.html")
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert left == {"a.css": b"old", "index.html": b"old"}


@pytest.mark.usefixtures("little_room")
def test_a_file_that_finds_no_room_is_named_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_file(path, b"old")
    with pytest.raises(OSError) as failed:
        write_file(path, b"x" * (ROOM + 1))
    assert failed.value.filename == str(path)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"old"]
