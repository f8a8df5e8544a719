"""Crawls of sites that behave badly: what is kept, what is left out, what could not be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from linter.model import Snapshot
from linter.sites.archived_site import read_archive
from linter.sites.certificate import read_certificate
from linter.sites.crawl import CrawlOrder, Limits, crawl
from linter.terms import Outcome, Site
from tests.sites.hostile import Reply, Server, make_certificate, page, serve
from tests.sites.replicas import hacked_by_sheet

FAST = Limits(delay=0, patience=3)
Visit = Callable[..., Snapshot]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def visit(server: Server, tmp_path: Path) -> Visit:
    """Crawls a site of the server by name and reads its archive."""

    def go(name: str, limits: Limits = FAST, url: str = "", **more: object) -> Snapshot:
        archive = tmp_path / f"{name}.warc.gz"
        site = Site(name, url or server.url(name))
        crawl(site, CrawlOrder(archive, limits=limits, **more))  # type: ignore[arg-type]
        return read_archive(archive)

    return go


def lost(snapshot: Snapshot) -> dict[str, str]:
    """Why each unreached address was not reached, by path."""
    return {"/" + gone.url.split("/", 3)[3]: gone.reason for gone in snapshot.unreached}


def seen(snapshot: Snapshot) -> set[str]:
    return {"/" + page.url.split("/", 3)[3] for page in snapshot.html_pages}


def omitted(snapshot: Snapshot) -> dict[str, int]:
    return {omission.reason: omission.count for omission in snapshot.omitted}


def test_a_gzip_bomb_is_not_unpacked(visit: Visit) -> None:
    snapshot = visit("bom")
    assert seen(snapshot) == {"/"}
    assert lost(snapshot) == {"/bom": "too-large"}


def test_bodies_without_end_are_broken_off(visit: Visit) -> None:
    snapshot = visit("khong-lo")
    assert lost(snapshot) == {"/vo-tan": "too-large", "/bao-truoc": "too-large"}


def test_a_server_that_drips_costs_its_time_only(visit: Visit) -> None:
    snapshot = visit("nho-giot", Limits(delay=0, patience=1))
    assert lost(snapshot) == {"/nho-giot": "too-slow"}
    assert seen(snapshot) == {"/", "/tot"}


def test_an_answer_shorter_than_announced_is_not_judged(visit: Visit) -> None:
    snapshot = visit("noi-doi")
    assert lost(snapshot) == {"/cut": "cut-short"}
    assert seen(snapshot) == {"/", "/tot"}


def test_redirects_without_end_could_not_be_told(visit: Visit, server: Server) -> None:
    snapshot = visit("vong-quanh")
    gone = lost(snapshot)
    assert set(gone.values()) == {"redirects"}
    assert {"/a", "/b", "/c", "/minh"} <= set(gone)
    assert seen(snapshot) == {"/", "/moi"}
    assert sum(path.startswith("/dai") for path in server.paths("vong-quanh")) <= 12


def test_ten_thousand_links_on_a_page_leave_room_for_every_section(visit: Visit) -> None:
    snapshot = visit("dong-duc", Limits(delay=0, pages=40))
    assert {"/lien-he/a.html", "/van-ban/b.html"} <= seen(snapshot)
    assert 40 <= len(snapshot.html_pages) <= 60
    assert omitted(snapshot)["frontier"] > 9_000
    assert "pages" in omitted(snapshot)


def test_broken_html_is_read_as_far_as_it_goes(visit: Visit) -> None:
    assert seen(visit("hong")) == {"/", "/tot"}


def test_addresses_without_end_are_cut_and_told(visit: Visit, server: Server) -> None:
    snapshot = visit("bay", Limits(delay=0, depth=50))
    assert {"calendar", "paging", "sorting", "repeating-path"} <= set(omitted(snapshot))
    paths = server.paths("bay")
    assert len(paths) < 80
    assert sum(path.startswith("/phien") for path in paths) == 1


def test_what_is_not_the_page_is_not_judged(visit: Visit) -> None:
    snapshot = visit("tuong")
    assert lost(snapshot) == {"/noi-bo": "login-page", "/chan": "blocked-page"}
    assert seen(snapshot) == {"/", "/dang-nhap"}


def test_a_parked_domain_could_not_be_told(visit: Visit) -> None:
    snapshot = visit("bo-trong")
    assert lost(snapshot) == {"/": "parked-page"}
    assert not snapshot.html_pages


def test_robots_that_forbid_all_are_obeyed(visit: Visit, server: Server) -> None:
    snapshot = visit("cam")
    assert lost(snapshot) == {"/": "robots-forbid"}
    assert server.paths("cam") == []


def test_robots_set_the_pace_and_the_limits(visit: Visit, server: Server) -> None:
    snapshot = visit("kho-tinh")
    assert seen(snapshot) == {"/", "/mo.html", "/mo-coi.html", "/tu-nguon-tin.html"}
    assert omitted(snapshot)["robots"] == 1
    times = [asked.at for asked in server.asked if asked.host.startswith("kho-tinh")][1:]
    # A second is asked for; a busy machine may note a request late, and the next pause short.
    assert all(later - earlier > 0.6 for earlier, later in pairwise(times))
    agents = {asked.headers["user-agent"] for asked in server.asked}
    assert all("congtin/" in agent for agent in agents)


def test_a_busy_server_is_left_alone_for_the_time_it_asks(visit: Visit, server: Server) -> None:
    snapshot = visit("ban")
    assert seen(snapshot) == {"/", "/ban"}
    times = [asked.at for asked in server.asked if asked.path == "/ban"]
    assert times[1] - times[0] >= 0.9


def test_a_page_that_did_not_change_comes_from_the_last_archive(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    before = visit("co-the")
    (tmp_path / "co-the.warc.gz").rename(tmp_path / "truoc.warc.gz")
    after = visit("co-the", previous=tmp_path / "truoc.warc.gz")
    asked = [a for a in server.asked if a.host.startswith("co-the") and a.path == "/"]
    assert any(a.headers.get("if-none-match") == '"v1"' for a in asked)
    assert seen(after) == seen(before) == {"/", "/hai.html"}
    assert after.home is not None and before.home is not None
    assert after.home.body == before.home.body


def test_nobody_is_sent_into_a_private_network(visit: Visit, server: Server) -> None:
    known = {"noi-bo.example": "127.0.0.1"}
    snapshot = visit("noi-bo", url=f"http://noi-bo.example:{server.port}/", known=known)
    assert seen(snapshot) == {"/"}
    assert omitted(snapshot)["elsewhere"] == 2
    assert not [asked for asked in server.asked if asked.path.startswith("/bi-mat")]


def test_a_public_site_that_is_only_a_door_inside_could_not_be_told(
    visit: Visit, server: Server
) -> None:
    known = {"cua-sap.example": "127.0.0.1"}
    snapshot = visit("cua-sap", url=f"http://cua-sap.example:{server.port}/", known=known)
    assert lost(snapshot) == {"/": "private-address"}
    assert not [asked for asked in server.asked if asked.path.startswith("/bi-mat")]


def test_a_name_that_leads_inside_is_refused(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostbyname", lambda _name: "127.0.0.1")
    snapshot = visit("x", url="http://cong-mau.example/")
    assert lost(snapshot) == {"/": "private-address"}


def test_a_host_that_does_not_exist_could_not_be_told(visit: Visit) -> None:
    snapshot = visit("x", url="http://khong-co.invalid/")
    assert lost(snapshot) == {"/": "unreachable"}


def test_a_site_with_a_bad_certificate_is_read(tmp_path: Path) -> None:
    with serve(tls=make_certificate(tmp_path)) as server:
        site = Site("x", f"https://kho-tinh.localhost:{server.port}/")
        crawl(site, CrawlOrder(tmp_path / "x.warc.gz", limits=FAST))
    assert "/mo.html" in seen(read_archive(tmp_path / "x.warc.gz"))


def test_scripts_alone_are_no_page_yet(visit: Visit) -> None:
    assert lost(visit("ma-lenh")) == {"/": "needs-scripts"}


def test_other_visitors_are_asked_for_too(visit: Visit) -> None:
    snapshot = visit("mat-na")
    assert snapshot.home is not None
    assert "nhà cái" in snapshot.home.alternates["crawler"].text
    assert snapshot.home.alternates["phone"].body == snapshot.home.body


def test_a_crawl_goes_on_where_its_archive_ends(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    visit("dong-duc", Limits(delay=0, pages=10))
    archive = tmp_path / "dong-duc.warc.gz"
    archive.write_bytes(archive.read_bytes()[:-100])  # as a kill leaves it
    before = seen(read_archive(archive))
    assert len(before) >= 10
    server.asked.clear()
    snapshot = visit("dong-duc", Limits(delay=0, pages=60))
    again = server.paths("dong-duc")
    assert set(again).isdisjoint(before)
    assert len(again) == len(set(again))
    assert before < seen(snapshot)
    assert len(snapshot.html_pages) >= 60


def test_style_sheets_of_the_host_are_fetched_once_and_judged(tmp_path: Path) -> None:
    from linter.rules.rule import NoParams
    from linter.rules.security.link_hidden_by_sheet import rule

    asked = []
    replica = hacked_by_sheet()

    def site(path: str, headers: dict[str, str]) -> Reply | bytes | None:
        asked.append(path)
        return replica.answer(path, headers)

    with serve({"kieu": site}) as server:
        archive = tmp_path / "kieu.warc.gz"
        crawl(Site("kieu", server.url("kieu")), CrawlOrder(archive, limits=FAST))
        crawl(Site("kieu", server.url("kieu")), CrawlOrder(archive, limits=FAST))
    snapshot = read_archive(archive)
    assert {url.rpartition("/")[2] for url in snapshot.sheets} == {"mau.css?v=2", "k.css"}
    fetched = [path for path in asked if path.startswith("/css/")]
    assert fetched == ["/css/mau.css?v=2", "/css/k.css"]
    assert seen(snapshot) == {"/", "/lien-he.html"}
    assert rule.site_check is not None
    said = list(rule.site_check(snapshot, NoParams(), date(2026, 11, 24)))
    assert [o.outcome for o in said] == [Outcome.FAIL] * 6


def test_a_page_in_the_stead_of_a_style_sheet_is_no_page_of_the_site(tmp_path: Path) -> None:
    with serve(
        {"kieu": lambda _path, _headers: page('<link rel="stylesheet" href="/a.css">')}
    ) as one:
        crawl(Site("kieu", one.url("kieu")), CrawlOrder(tmp_path / "kieu.warc.gz", limits=FAST))
        assert "/a.css" in one.paths("kieu")
    snapshot = read_archive(tmp_path / "kieu.warc.gz")
    assert (seen(snapshot), snapshot.sheets) == ({"/"}, {})


def careless(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
    """A server that keeps a repository and a large backup where everyone finds them."""
    if path == "/.git/HEAD":
        return Reply(b"ref: refs/heads/master\n", headers={"Content-Type": "text/plain"})
    if path == "/backup.zip":
        return Reply(b"PK\x03\x04" + b"\0" * 6_000_000, headers={"Content-Type": "application/zip"})
    return page() if path == "/" else None


def exposed(snapshot: Snapshot) -> set[str]:
    from linter.rules.rule import NoParams
    from linter.rules.security.exposed_file import rule

    assert rule.site_check is not None
    said = rule.site_check(snapshot, NoParams(), date(2026, 11, 24))
    return {str(o.params["path"]) for o in said if o.outcome is Outcome.FAIL}


def test_files_that_nobody_should_see_are_asked_for_at_listed_sites_only(tmp_path: Path) -> None:
    anything = lambda _path, _headers: page()  # noqa: E731  # 200 for every address
    with serve({"ho": careless, "tat-ca": anything}) as server:
        found = {}
        for name, listed in (("ho", True), ("ho", False), ("tat-ca", True)):
            archive = tmp_path / f"{name}-{listed}.warc.gz"
            order = CrawlOrder(archive, limits=FAST, listed=listed)
            crawl(Site(name, server.url(name)), order)
            found[name, listed] = read_archive(archive)
        asked = len(server.asked)
        crawl(Site("ho", server.url("ho")), CrawlOrder(tmp_path / "ho-True.warc.gz", listed=True))
        again = [one.path for one in server.asked[asked:]]
    assert exposed(found["ho", True]) == {"/.git/HEAD", "/backup.zip"}
    assert max(len(door.body) for door in found["ho", True].doors.values()) <= 256
    assert not found["ho", False].doors
    assert found["tat-ca", True].doors
    assert exposed(found["tat-ca", True]) == set()
    assert "/.git/HEAD" not in again


@pytest.mark.parametrize("days", [30, 3])
def test_a_certificate_that_nobody_trusts_is_told(tmp_path: Path, days: int) -> None:
    with serve(tls=make_certificate(tmp_path, days)) as server:
        said = read_certificate(f"https://kho-tinh.localhost:{server.port}/", {})
    assert said["problem"] in ("self-signed", "untrusted")
    left = (date.fromisoformat(said["expires"]) - datetime.now(UTC).date()).days
    assert left in (days - 1, days)


def test_no_certificate_where_nothing_answers_by_https() -> None:
    assert read_certificate("https://khong-co.invalid/", {}) == {}


def test_links_to_what_the_crawl_did_not_find_are_dead(visit: Visit) -> None:
    snapshot = visit("chet", Limits(delay=0, patience=1))
    from linter.rules.content.broken_link import rule
    from linter.rules.rule import NoParams

    assert rule.site_check is not None
    said = list(rule.site_check(snapshot, NoParams(), date(2026, 11, 24)))
    assert [str(o.params["link"]) for o in said if o.outcome is Outcome.FAIL] == ["/khong-co.html"]
    assert lost(snapshot) == {"/nho-giot": "too-slow"}
