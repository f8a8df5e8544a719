"""Pictures of places: of what can be seen, and of nothing else."""

from __future__ import annotations

from linter.browser.pictures import take_places
from linter.browser.render import Order
from tests.sites.hostile import Reply, serve
from tests.sites.replicas import good


def test_a_place_off_the_page_has_no_picture() -> None:
    away = '<p class="xa" style="position:absolute;left:-9999px">Giấu</p><p class="gan">Rõ</p>'

    def site(path: str, _headers: dict[str, str]) -> Reply | bytes | None:
        return good(away) if path == "/" else None

    with serve({"hinh": site}) as server:
        url = server.url("hinh")
        wanted = [("xa", url, "p.xa"), ("gan", url, "p.gan")]
        taken = dict(take_places(wanted, Order(seconds=30)))
    assert list(taken) == ["gan"]
    assert taken["gan"].startswith(b"\x89PNG")
