"""This file makes a Snapshot of addresses named one by one; it follows no link."""

from __future__ import annotations

import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import quote, urldefrag, urlsplit

from linter.model import Snapshot, Unreached
from linter.page import Page
from linter.terms import Site

_SECONDS = 20
_MAX_BYTES = 20_000_000
_AGENT = "congtin/0.1 (accessibility and law check of named pages)"


def read_urls(
    urls: Sequence[str],
    site: Site | None = None,
    jobs: int = 4,
    done: Callable[[], object] = object,
) -> Snapshot:
    """Fetches each address once; what did not answer with a page stands in `unreached`.

    `done` is called after each address, for progress.
    """
    wanted = list(dict.fromkeys(urldefrag(url.strip()).url for url in urls if url.strip()))
    first = urlsplit(wanted[0]) if wanted else urlsplit("http://localhost/")
    site = site or Site(first.netloc, f"{first.scheme}://{first.netloc}/")

    def fetch_one(url: str) -> Page | Unreached:
        answer = fetch(url)
        done()
        return answer

    with ThreadPoolExecutor(jobs) as pool:
        answers = list(pool.map(fetch_one, wanted))
    return Snapshot(
        site,
        tuple(answer for answer in answers if isinstance(answer, Page)),
        tuple(answer for answer in answers if isinstance(answer, Unreached)),
        origin="urls",
    )


def fetch(url: str) -> Page | Unreached:
    """One GET, redirects followed; never raises for what a server does."""
    request = urllib.request.Request(  # noqa: S310  # the scheme is checked by the caller
        quote(url, safe="%/:=&?~#+!$,;'@()*[]"), headers={"User-Agent": _AGENT}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
            body = response.read(_MAX_BYTES + 1)
            headers = {name.lower(): value for name, value in response.headers.items()}
            status = response.status
    except urllib.error.HTTPError as error:
        return Unreached(url, "status", {"status": error.code})
    except (OSError, HTTPException, ValueError, ssl.SSLError) as error:
        reason = getattr(error, "reason", None) or error
        return Unreached(url, "unreachable", {"error": str(reason) or type(error).__name__})
    if len(body) > _MAX_BYTES:
        return Unreached(url, "too-large", {"limit": _MAX_BYTES})
    page = Page(url, body, status, headers)
    if not page.is_html:
        return Unreached(url, "not-html", {"type": page.media_type})
    return page
