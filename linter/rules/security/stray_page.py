"""No page lies in a folder for uploads, or apart from all others, to lead people elsewhere.

Why: Where anyone may upload a file, someone uploads a web page; nobody at the agency sees it, for
nothing links to it, but search engines do.
Whom it hurts: Citizens who find it by a search engine; the agency.
Mend: Delete the page, let the server give files of that folder out as downloads only, and allow
only kinds of files that are needed (PDF, DOCX, XLSX, pictures).
Limits: Judges pages that lead to strangers' sites: by a link, a form, a frame or a forwarding. What
else lies about, such as an exported book of pictures, is none. Pages that nothing links to are
known by the site map for search engines.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from linter.model import Snapshot
from linter.page import Observation, Page, gathered
from linter.rules.hosts import host_of, is_stranger, links_to_strangers, registered
from linter.rules.rule import NoParams, site_rule
from linter.rules.security.spam_address import addresses_listed

_UPLOADS = re.compile(
    r"/(uploads?|uploaded(files)?|userfiles|user_?upload|attachments?|tinymce|ckfinder|fckeditor|"
    r"tmp|temp|cache|images?|hinh-?anh|tai-?lieu|filemanager|media|public_?files)/"
)
_FORWARD = re.compile(
    r"location(?:\.href)?\s*=\s*[\"'](https?:[^\"']+)|location\.replace\([\"'](https?:[^\"']+)"
)


@site_rule(
    "error",
    messages={
        "upload": "A page in a folder for uploads leads to {host}.",
        "apart": "A page that no page of the site links to leads to {host}.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    listed = {url for page in snapshot.pages for url in addresses_listed(page)}
    linked = _linked(snapshot)
    for page in snapshot.html_pages:
        if page is snapshot.home:
            continue
        upload = bool(_UPLOADS.search(unquote(urlsplit(page.url).path).lower()))
        apart = page.url in listed and _plain(page.url) not in linked
        if not (upload or apart):
            continue
        host = _leads_to(page)
        if not host or (apart and not upload and _has_way_home(page, snapshot)):
            yield page.passes()
        else:
            yield page.fails(None, "upload" if upload else "apart", host=host)


def _plain(url: str) -> str:
    return unquote(url).rstrip("/").removesuffix("/index.html").lower()


def _linked(snapshot: Snapshot) -> set[str]:
    """Where the site's pages link to; a page's links to itself do not count."""
    found: set[str] = set()
    for page in snapshot.html_pages:
        found.update(_addresses(page))
    return found


@gathered
def _addresses(page: Page) -> tuple[str, ...]:
    """Where a page's links lead on its own host, but for itself."""
    elements = page.outline.pick("a", "area", bearing="href")
    urls = (page.resolve(element.get("href", "")) for element in elements)
    site = registered(host_of(page.url))
    own = {_plain(url) for url in urls if registered(host_of(url)) == site}
    return tuple(own - {_plain(page.url)})


def _has_way_home(page: Page, snapshot: Snapshot) -> bool:
    """Whether a page bears the site's own menu: three links or more to pages of the site."""
    own = [page.resolve(href) for href in page.tree.xpath("//a/@href")]
    return sum(_plain(url) in {_plain(p.url) for p in snapshot.html_pages} for url in set(own)) >= 3


def _leads_to(page: Page) -> str:
    """The stranger's host that a page leads to by link, form, frame or forwarding; else empty."""
    for _, host in links_to_strangers(page):
        return host
    targets = page.tree.xpath("//form/@action | //iframe/@src")
    for meta in page.tree.xpath("//meta[@http-equiv][@content]"):
        if meta.get("http-equiv").lower() == "refresh":
            targets.append(
                re.sub(r"^.*?url\s*=\s*", "", meta.get("content"), flags=re.I).strip("'\" ")
            )
    for script in page.outline.pick("script"):
        targets.extend(next(filter(None, match)) for match in _FORWARD.findall(script.text or ""))
    hosts = [host_of(page.resolve(target)) for target in targets]
    return next((host for host in hosts if is_stranger(host, page)), "")
