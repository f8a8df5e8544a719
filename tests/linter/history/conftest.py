"""Runs to remember, judged for real, and databases to keep them in: SQLite and PostgreSQL.

Each test of the history runs on SQLite, and in the slower suite on a PostgreSQL server of our own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from linter.findings import Report
from linter.history.store import History, open_history
from linter.judge import judge, merge
from linter.lint import Terms, bench
from linter.model import Snapshot, Unreached
from linter.page import Page
from linter.terms import Severity, Site

VAGUE = '<p>Tin lũ về sớm hơn mọi năm: <a href="/tin/">Xem thêm</a></p>'
NO_ALT = '<p><img src="a.png"></p>'


def page(url: str, *faults: str) -> Page:
    """A page that is in order, but for these pieces of HTML."""
    html = (
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>Trang {url}</title></head>'
        f"<body><main><h1>Trang</h1>{''.join(faults)}</main></body></html>"
    )
    return Page(url, html.encode(), headers={"content-type": "text/html; charset=utf-8"})


def site(name: str, said: str = "") -> Site:
    return Site(name, f"https://{name}.mau.gov.vn/", "other", "", said or f"Sở {name}")


def run(
    day: str,
    faults: Sequence[str] = (),
    *,
    name: str = "mot",
    gone: Sequence[str] = (),
    browser: str = "none",
) -> Report:
    """One judgement of one site: its home page, with these faults, and addresses not reached."""
    return run_of(day, [(site(name), faults, gone)], browser=browser)


def run_of(
    day: str,
    sites: Sequence[tuple[Site, Sequence[str], Sequence[str]]],
    *,
    browser: str = "none",
) -> Report:
    """One run over several sites: (site, faults of its home page, addresses not reached)."""
    as_of = date.fromisoformat(day)
    terms = Terms(as_of=as_of, law="tt09-2014", browser=browser, fail_on=Severity.ERROR)
    reports = []
    for one, faults, gone in sites:
        pages = () if one.url in gone else (page(one.url, *faults),)
        unreached = tuple(Unreached(url, "unreachable", {"error": "timeout"}) for url in gone)
        reports.append(judge(Snapshot(one, pages, unreached), bench(terms)))
    return merge(reports, as_of)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A fresh server as user postgres; gives the address of its first database."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin/initdb")).parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="congtin-pg-", dir="/tmp"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "congtin", "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run([*as_user, *initdb], check=True, capture_output=True)
    options = ["-D", data, "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-F"]
    log = (folder / "log").open("wb")
    server = subprocess.Popen([*as_user, programs / "postgres", *options], stderr=log)
    url = f"postgresql://congtin@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url)
        yield url
    finally:
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, signal.SIGINT)
        server.wait(timeout=30)
        log.close()
        shutil.rmtree(folder)


def new_database(server: str) -> str:
    """The address of a fresh, empty database on the server."""
    name = f"t{uuid.uuid4().hex}"
    engine = _engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.rpartition("/")[0] + "/" + name


def _engine(url: str) -> sa.Engine:
    return sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            _engine(url).connect().close()
            return
        except sa.exc.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server, started when the first test asks for one."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh history may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "work" / "history.sqlite")
    return new_database(request.getfixturevalue("server"))


@pytest.fixture
def history(address: str) -> History:
    """A fresh history."""
    return open_history(address)


@pytest.fixture(name="run")
def run_fixture() -> Callable[..., Report]:
    """run("2015-07-01", [NO_ALT], name="mot", gone=[url])"""
    return run


@pytest.fixture(name="run_of")
def run_of_fixture() -> Callable[..., Report]:
    """run_of("2015-07-01", [(site, faults, gone), ...])"""
    return run_of
