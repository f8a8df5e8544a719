"""Many sites: in bounded memory, on several machines, and none lost where workers die."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linter.audit import audit_all
from linter.audit_site import Task
from linter.cli.audit_pools import open_pool
from linter.lint import Terms
from linter.sites.crawl import Limits
from linter.terms import Site
from tests.sites.hostile import Reply, Server, links, page, serve

TERMS = Terms(date(2015, 12, 18), "tt09-2014", browser="none")


def small(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    """A site of three pages."""
    if path == "/":
        return page(links("/a.html", "/b.html"))
    return page(title=path) if path.endswith(".html") else None


class Many(dict[str, Any]):
    """Every name is a small site."""

    def get(self, _name: str, _default: Any = None) -> Any:
        return small


def tasks_for(server: Server, folder: Path, count: int, delay: float = 0) -> list[Task]:
    task = Task(Site("", ""), TERMS, folder, "20151218T000000", Limits(delay=delay))
    return [
        replace(task, site=Site(f"s{n}", f"http://s{n}.localhost:{server.port}/"))
        for n in range(count)
    ]


def memory_of(pid: int) -> int:
    """Megabytes that a process holds in memory."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def kill_workers(parent: int) -> None:
    """Kills the processes that do the work, one after another, as a machine that fails does."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        fields = status.read_text("utf-8").rpartition(")")[2].split()
        command = (status.parent / "cmdline").read_bytes()
        if int(fields[1]) == parent and b"spawn_main" in command and b"tracker" not in command:
            os.kill(int(status.parent.name), signal.SIGKILL)


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_no_site(tmp_path: Path) -> None:
    with serve(Many()) as server:
        tasks = tasks_for(server, tmp_path, 12, delay=0.1)
        killer = threading.Timer(4, kill_workers, (os.getpid(),))
        killer.start()
        found = list(audit_all(tasks, lambda: open_pool(2, lambda _url: None), 4))
    assert sorted(a.report.sites[0].site.id for a in found) == sorted(t.site.id for t in tasks)
    assert [audited.report.judged for audited in found] == [3] * 12


@pytest.mark.slow
def test_a_cluster_whose_workers_die_loses_no_site(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    with (
        serve(Many()) as server,
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,
    ):

        @contextmanager
        def open_cluster() -> Iterator[Executor]:
            yield client.get_executor(pure=False, retries=3)

        pid = next(iter(client.run(os.getpid).values()))
        threading.Timer(3, os.kill, (pid, signal.SIGKILL)).start()
        tasks = tasks_for(server, tmp_path, 12, delay=0.2)
        started = time.monotonic()
        found = list(audit_all(tasks, open_cluster, 8))
    assert time.monotonic() - started > 3, "the worker was killed while there was work"
    assert sorted(a.report.sites[0].site.id for a in found) == sorted(t.site.id for t in tasks)
    assert [audited.report.judged for audited in found] == [3] * 12


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_sites_need_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    with serve(Many()) as server:
        tasks = tasks_for(server, tmp_path, 1000)
        memory = []
        verdicts = []
        started = time.monotonic()
        for audited in audit_all(tasks, lambda: open_pool(2, lambda _url: None), 4):
            verdicts.append(audited.report.judged)
            memory.append(memory_of(os.getpid()))
    seconds = time.monotonic() - started
    print(f"1,000 sites of 3 pages in {seconds:.0f} s; master {memory[99]} to {memory[-1]} MB")
    assert verdicts == [3] * 1000
    assert memory[-1] < memory[99] + 50
