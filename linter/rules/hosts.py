"""This file tells a site's own and well-known hosts from strangers'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from linter.facts.reading import read_words
from linter.outline import remembered
from linter.page import Element, Page, gathered


@cache
def _lists() -> Mapping[str, Sequence[str]]:
    data = read_words(Path(__file__).with_name("hosts.yml"))
    return {name: tuple(words) for name, words in data.items()}


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def host_of(url: str) -> str:
    """The host that an address leads to, lower case; empty when it leads to none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip(".") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


@lru_cache(maxsize=1 << 14)
def registered(host: str) -> str:
    """The part of a host that one body registers: tiengiang.gov.vn of sonoivu.tiengiang.gov.vn."""
    labels = host.split(".")
    size = 3 if ".".join(labels[-2:]) in _lists()["public_suffixes"] else 2
    return ".".join(labels[-size:])


def is_stranger(host: str, page: Page) -> bool:
    """Whether a host is neither the page's own, nor the state's, nor a well-known one."""
    if not host or "." not in host:
        return False
    body = registered(host)
    if body == registered(host_of(page.url)) or host in _lists()["known"]:
        return False
    labels = host.split(".")
    state = _lists()["state"]
    return body not in _lists()["known"] and not (
        ".".join(labels[-2:]) in state or labels[-1] in state
    )


@gathered
def leads_to_strangers(page: Page) -> bool:
    """Whether any link of a page leads to a stranger's host."""
    return bool(links_to_strangers(page))


@remembered
def links_to_strangers(page: Page) -> Sequence[tuple[Element, str]]:
    """The links of a page to hosts of strangers, each with its host."""
    links = page.outline.pick("a", "area", bearing="href")
    hosts = ((link, host_of(page.resolve(link.get("href", "")))) for link in links)
    return [(link, host) for link, host in hosts if is_stranger(host, page)]
