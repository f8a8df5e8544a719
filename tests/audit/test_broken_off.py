"""An audit that is broken off, on this machine or on a cluster of real processes, loses nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linter.history.store import open_history
from linter.sites.archive import Answered, mend, records
from linter.sites.archived_site import read_archive
from tests.audit.test_audit import CONGTIN, ROOT
from tests.audit.test_scale import Many
from tests.sites.hostile import Server, serve

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}


def start(command: list[str], folder: Path) -> subprocess.Popen[str]:
    """Starts a process that hears Ctrl-C, even where the tests themselves do not."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A test run in the background hands on that Ctrl-C is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )


def wait_for(what: Callable[[], object], seconds: float = 200) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL])
def test_the_same_command_goes_on(tmp_path: Path, blow: signal.Signals) -> None:
    with serve() as server:
        command = [*CONGTIN, "audit", server.url("day"), "--browser", "none", "--delay", "0.1"]
        command += ["--depth", "50", "--lang", "en", "--jobs", "1"]
        process = start(command, tmp_path)
        wait_for(lambda: len(server.paths("day")) >= 10)
        process.send_signal(blow)
        told = "".join(process.communicate(timeout=30))
        assert process.returncode == (3 if blow is signal.SIGINT else -signal.SIGKILL), told
        if blow is signal.SIGINT:
            assert "Stopped after 0 of 1 sites. The same command goes on." in told
        assert "Traceback" not in told
        time.sleep(1)  # a worker without a master ends by itself
        (part,) = (tmp_path / ".congtin" / "audit").glob("*/*.part")
        mend(part)
        kept = {
            record.url.rpartition("/")[2]
            for record in records(part)
            if isinstance(record, Answered) and record.url.endswith(".html")
        }
        assert len(kept) >= 8
        server.asked.clear()
        done = subprocess.run(
            command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
        again = {path.strip("/") for path in server.paths("day")}
    assert done.returncode in (0, 1, 3), done.stderr
    assert again.isdisjoint(kept)
    (archive,) = (tmp_path / ".congtin" / "audit").glob("*/*.warc.gz")
    assert len(read_archive(archive).html_pages) == 41


@contextmanager
def dask(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers, as an administrator starts them; the address, the workers."""
    file = folder / "scheduler.json"
    known = ["--scheduler-file", str(file), "--no-dashboard"]
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = start([*program, "--host", "127.0.0.1", "--port", "0", *known], folder)
    wait_for(file.exists)
    program = [sys.executable, "-m", "distributed.cli.dask_worker"]
    workers = [
        start([*program, *known, "--nthreads", "1", "--no-nanny", "--name", str(n)], folder)
        for n in range(2)
    ]
    try:
        yield json.loads(file.read_text("utf-8"))["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.communicate()


def sites_asked(server: Server) -> set[str]:
    return {asked.host.partition(".")[0] for asked in server.asked}


@pytest.mark.slow
def test_a_cluster_of_processes_whose_worker_is_killed_loses_no_site(tmp_path: Path) -> None:
    names = [f"s{n}" for n in range(8)]
    with serve(Many()) as server, dask(tmp_path) as (address, workers):
        command = [*CONGTIN, "audit", *(server.url(name) for name in names), "--lang", "en"]
        command += ["--browser", "none", "--delay", "0.3", "--scheduler", address, "--jobs", "4"]
        process = start(command, tmp_path)
        wait_for(lambda: len(sites_asked(server)) >= 3)
        assert process.poll() is None
        workers[0].kill()
        said, told = process.communicate(timeout=120)
    assert process.returncode in (0, 1), told
    assert "8 sites:" in said
    assert sites_asked(server) == set(names)
    runs = open_history(str(tmp_path / ".congtin" / "history.sqlite")).runs()
    assert len(runs) == 8


@pytest.mark.slow
def test_no_scheduler_is_the_users_mistake(tmp_path: Path) -> None:
    command = [*CONGTIN, "audit", "http://x.localhost/", "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
