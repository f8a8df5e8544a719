"""A user's mistake arrives as it was made, wherever it was found."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from linter.errors import UserError
from linter.sites.archived_site import read_archive


def test_a_mistake_comes_out_of_a_worker_process(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"no archive")
    with pytest.raises(UserError) as here:
        read_archive(path)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn) as pool, pytest.raises(UserError) as there:
        pool.submit(read_archive, path).result()
    assert there.value.mistakes == here.value.mistakes
    assert there.value.mistakes[0].params == here.value.mistakes[0].params
    assert there.value.mistakes[0].params["path"] == str(path)
