"""This file compares addresses: whether two are one, of one site, of one section."""

from __future__ import annotations

from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str, dropped: frozenset[str] = frozenset()) -> str:
    """The address as we compare it: no fragment, no default port, no parameter in `dropped`.

    Empty for what is no web address.
    """
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    path, semicolon, parameter = parts.path.partition(";")
    if not semicolon or parameter.partition("=")[0].lower() not in dropped:
        path = parts.path
    query = parts.query
    if query and dropped:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if name.lower() not in dropped]
        if len(kept) < len(pairs):
            query = urlencode(kept)
    return urlunsplit((parts.scheme, netloc, path or "/", query, ""))


def is_same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one host; http, https and www. make no difference."""
    return _host_and_port(url) == _host_and_port(other)


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    port = parts.port or 0
    if port in _DEFAULT_PORTS.values():
        port = 0
    return (parts.hostname or "").removeprefix("www."), port


def section_of(url: str) -> str:
    """The part of a site that an address belongs to: its first folder, else its first parameter."""
    parts = urlsplit(url)
    first, slash, _ = parts.path.lstrip("/").partition("/")
    return first if slash else f"{parts.path}?{parts.query.partition('&')[0]}"


def is_guess(url: str) -> bool:
    """Whether we ask for the address unasked; a page that comes then is no page of the site."""
    return urlsplit(url).path in ("/robots.txt", "/sitemap.xml")
