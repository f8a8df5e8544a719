"""This file holds one page as it was seen, and what a rule says of it.

Everything here is frozen data without I/O; what is read of a page (text, tree) is kept for the
pages that were read last and forgotten of the others.
"""

from __future__ import annotations

import re
import weakref
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urldefrag, urljoin

import lxml.etree
import lxml.html

from linter.encodings import declares_own, decode, is_mostly_utf8, modern, old_words
from linter.outline import Outline
from linter.sheets import mark
from linter.terms import Outcome

Element: TypeAlias = lxml.html.HtmlElement
Params: TypeAlias = Mapping[str, str | int]
# What may stand in <head>; the first other element ends it.
_OF_HEAD = frozenset("base basefont bgsound link meta noscript script style template title".split())
# Characters that stand for nothing on a page, and that no XPath may hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
# No rule fills in forms: every element is a plain one, which lxml makes faster.
_PLAIN = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)
# Bytes that no text has, and how much of a page is looked through for them.
_BINARY = bytes(code for code in range(32) if code not in b"\t\n\f\r\x1b")
_SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file that a person edits, relative to the project root; 0 is the whole file."""

    file: str
    line: int


@dataclass(frozen=True)
class Source:
    """What a builder says of the files that a page came from.

    `marks` are (XPath, place): all inside the first match comes from that place unless a mark
    deeper in the page says otherwise. `body` is the XPath of the element that holds the rendered
    Markdown of `file`, `lines` the source line of each of its descendant elements in document
    order.
    """

    file: str
    marks: tuple[tuple[str, Place], ...] = ()
    body: str = ""
    lines: tuple[int, ...] = ()

    def locate(self, element: Element) -> Place | None:
        """The nearest place that the element came from, None where the builder knows none."""
        tree = element.getroottree()
        chain = [element, *element.iterancestors()]
        if self.body:
            bodies = tree.xpath(self.body)
            if bodies and bodies[0] in chain and element is not bodies[0]:
                inside = [e for e in bodies[0].iterdescendants() if isinstance(e.tag, str)]
                index = inside.index(element)
                if index < len(self.lines):
                    return Place(self.file, self.lines[index])
        depth = {id(ancestor): position for position, ancestor in enumerate(chain)}
        best: tuple[int, Place] | None = None
        for xpath, place in self.marks:
            for target in tree.xpath(xpath):
                position = depth.get(id(target))
                if position is not None and (best is None or position < best[0]):
                    best = (position, place)
        return best[1] if best else None


@dataclass(frozen=True)
class Rendered:
    """What one page looked like in a browser: the raw evidence that browser rules judge.

    `axe` are axe-core's four lists, cut down to what rules read: "violations" and "incomplete" are
    lists of {"id", "nodes": [{"css", "path", "html", "text", "checks": [{"id", "data"}]}]}
    (`path` is an XPath, empty inside frames and shadow trees; `html` a start tag), "passes" counts
    targets by rule id, "inapplicable" lists rule ids. `probes` is what our own scripts measured, by
    probe name, `html` the DOM after scripts ran. `failed` says, as a message key of
    linter.messages with its data in `why`, why there is no evidence; all else is empty then.
    """

    axe: Mapping[str, Any] = field(default_factory=dict)
    probes: Mapping[str, Any] = field(default_factory=dict)
    html: str = ""
    failed: str = ""
    why: Params = field(default_factory=dict)


# Who else may ask for a page, to find out whether they are shown another one: a search engine's
# crawler (by its user agent), someone who comes from a search result (by the referrer), a phone.
VISITORS = ("crawler", "search", "phone")
# What an archive calls the visitor who asks for what no page links to (linter.doors).
DOOR = "door"


@dataclass(frozen=True)
class Page:
    """One response of a site: what came back for one address.

    `url` is absolute and without a fragment. `headers` has lower-case names. `rendered` is None
    while no browser has seen the page; `represented_by` names the page of the same structure that
    a browser saw in its stead. `alternates` is what other visitors got for the same address, by a
    key of VISITORS; a redirect to another host is not followed: status 3xx, and `location` among
    the headers. `written_by_script` says that the page shows nothing before its scripts have run,
    so that what the browser saw then is read as the page.
    """

    url: str
    content: bytes | Callable[[], bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None
    rendered: Rendered | None = None
    represented_by: str = ""
    alternates: Mapping[str, Page] = field(default_factory=dict)
    written_by_script: bool = False
    notes: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def body(self) -> bytes:
        """The bytes that came, unpacked."""
        if isinstance(self.content, bytes):
            return self.content
        body = self.content()
        _recent.add(self, len(body))
        return body

    @cached_property
    def media_type(self) -> str:
        """The lower-case media type without parameters; empty when the server named none."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """Whether the page rules apply: an HTML answer with status 200."""
        return self.status == 200 and self.media_type in (
            "text/html",
            "application/xhtml+xml",
            "",
        )

    @cached_property
    def declared(self) -> str:
        """The encoding that the page is said to have: byte order mark, header, <meta>; or empty."""
        if self.body.startswith(b"\xef\xbb\xbf"):
            return "utf-8"
        if self.body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        header = re.search(r"charset=[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.I)
        meta = re.search(rb"<meta[^>]+charset=[\"']?\s*([\w.:-]+)", self.body[:4096], re.I)
        return (header[1] if header else meta[1].decode("ascii") if meta else "").lower()

    @property
    def encoding(self) -> str:
        """The encoding that the bytes are in: what is declared, unless they show that it is not.

        Letters that are whole UTF-8 are no coincidence; where most are none, an undeclared page is
        in the encoding that browsers then assume.
        """
        if "encoding" not in self.notes:
            self.notes["encoding"] = self._find_encoding()
        return str(self.notes["encoding"])

    def _find_encoding(self) -> str:
        name = self.declared or "utf-8"
        if name == "utf-16" or (own := declares_own(name)):
            return name if name == "utf-16" else own
        if is_mostly_utf8(self.body):
            return "utf-8"
        try:
            "".encode(name)
        except LookupError:
            name = "utf-8"
        return "windows-1252" if name.replace("_", "-") in ("utf-8", "utf8") else name

    @cached_property
    def is_text(self) -> bool:
        """Whether the bytes are text at all, and some: not a picture, a program, or nothing."""
        if not self.body.strip():
            return False
        start = self.body[:_SNIFFED]
        signs = len(start) - len(start.translate(None, _BINARY))
        return signs * 50 < len(start) or self.encoding == "utf-16"

    @cached_property
    def text(self) -> str:
        """The body as text; bytes that the encoding cannot read become U+FFFD."""
        return decode(self.body, self.encoding).lstrip("\ufeff")

    @property
    def old_words(self) -> tuple[str, Mapping[str, str]]:
        """The encoding of before Unicode that words of the text are in, and how they read."""
        if "old_words" not in self.notes:
            self.notes["old_words"] = old_words(self.text)
        known: tuple[str, Mapping[str, str]] = self.notes["old_words"]
        return known

    @cached_property
    def tree(self) -> Element:
        """The root <html> element, parsed on demand; an empty page has an empty root.

        Words in the encodings of before Unicode are read as they are meant.
        """
        parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
        parser.set_element_class_lookup(_PLAIN)
        seen = self.rendered.html if self.written_by_script and self.rendered else ""
        text = modern(seen) if seen else modern(self.text, self.old_words)
        data = _CONTROLS.sub("\ufffd", text).encode("utf-8", errors="replace")
        try:
            root = lxml.html.document_fromstring(data, parser=parser)
        except lxml.etree.ParserError:
            root = lxml.html.document_fromstring(b"<html></html>")
        _end_head(root)
        mark(root, self.rendered.probes.get("shown") if self.rendered else None)
        _recent.add(self, len(data))
        return root

    @cached_property
    def outline(self) -> Outline:
        """The elements of the tree, by name and by what they bear."""
        return Outline(self.tree)

    @property
    def is_too_deep(self) -> bool:
        """Whether elements stand deeper within one another than browsers nest them."""
        if "too_deep" not in self.notes:
            self.notes["too_deep"] = self.text.count("<") > DEEPEST and bool(
                _IS_TOO_DEEP(self.tree)
            )
        return bool(self.notes["too_deep"])

    @property
    def is_empty(self) -> bool:
        """Whether there is no element to judge: rules on the page as a whole do not apply."""
        return len(self.tree) == 0

    @cached_property
    def base_url(self) -> str:
        """The address that relative links start from: <base href> or the page's own."""
        for base in self.outline.pick("base"):
            if href := (base.get("href") or "").strip():
                return safe_join(self.url, href)
        return self.url

    def find(self, path: str) -> Element | None:
        """The element at a place that linter.elements.path_of has named."""
        found = self.tree.getroottree().xpath(path)
        return found[0] if found else None

    def resolve(self, link: str) -> str:
        """The absolute address of a link on this page, without its fragment."""
        return _resolve(self.base_url, link.strip())

    def passes(self, target: Element | None = None) -> Observation:
        """The target was looked at and is in order."""
        return Observation(_PASS, self, target, "", _NOTHING)

    def fails(self, target: Element | str | None, message: str, **params: str | int) -> Observation:
        """The target breaks the rule; `message` is a key of the rule's `messages`."""
        return Observation(Outcome.FAIL, self, target, message, params)

    def wants_review(
        self, target: Element | str | None, message: str, **params: str | int
    ) -> Observation:
        """A person must look at the target; `message` says at what."""
        return Observation(Outcome.REVIEW, self, target, message, params)

    def untested(self, reason: str, **params: str | int) -> Observation:
        """The page could not be looked at; `reason` is a key of linter.messages.REASONS."""
        return Observation(Outcome.UNTESTED, self, None, reason, params)


# Hundreds on each page: neither is looked up, or made, for each.
_PASS = Outcome.PASS
_NOTHING: Params = {}
# What rules for whole sites gather of each page, by name.
GATHERED: dict[str, Callable[[Page], Any]] = {}
T = TypeVar("T")


def gathered(ask: Callable[[Page], T]) -> Callable[[Page], T]:
    """Asks once of a page's own source and keeps the answer, plain data, with the page.

    So a rule for a whole site need not read all pages again; and what was gathered in another
    process, while a crawl went on, can be handed over.
    """
    key = f"{ask.__module__}.{ask.__qualname__}"
    GATHERED[key] = ask

    @wraps(ask)
    def answer(page: Page) -> T:
        if key not in page.notes:
            page.notes[key] = ask(page)
        said: T = page.notes[key]
        return said

    return answer


class _Recent:
    """The pages that were read last, oldest first: so many as are made of MOST bytes."""

    MOST = 8_000_000

    def __init__(self) -> None:
        self.pages: deque[tuple[weakref.ref[Page], int]] = deque()
        self.size = 0

    def add(self, page: Page, size: int) -> None:
        """A page was read or parsed; what was read of the oldest is forgotten for it."""
        self.pages.append((weakref.ref(page), size))
        self.size += size
        while self.size > self.MOST and len(self.pages) > 1:
            oldest, freed = self.pages.popleft()
            self.size -= freed
            if (forgotten := oldest()) is not None:
                for name in forgotten.__dict__.keys() - _FIELDS:
                    forgotten.__dict__.pop(name, None)


_recent = _Recent()
_FIELDS = {known.name for known in fields(Page)}
# Elements within one another; Blink and WebKit nest no deeper, and libxml2 drops the rest of a page
# that goes on to 2048. Who nests so does not know what readers see; nor do we.
DEEPEST = 512
_IS_TOO_DEEP = lxml.etree.XPath(f"boolean(//*[ancestor::*[{DEEPEST}]])")
# A path from the site's root in which urljoin finds nothing to mend.
_PLAIN_PATH = re.compile(r"/(?!/)[\w/-]*(?:\.[A-Za-z]\w*)?", re.ASCII)


@lru_cache(maxsize=1 << 14)  # several rules ask the same of a page
def _resolve(base: str, link: str) -> str:
    try:
        return urldefrag(safe_join(base, link)).url
    except ValueError:
        return link.partition("#")[0]


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def safe_join(base: str, link: str) -> str:
    """urljoin that answers an unreadable address with the link itself."""
    try:
        if _PLAIN_PATH.fullmatch(link):
            return _origin(base) + link
        return urljoin(base, link)
    except ValueError:
        return link


@lru_cache(maxsize=1 << 10)
def _origin(base: str) -> str:
    return urljoin(base, "/").removesuffix("/")


@dataclass(slots=True, eq=False)  # frozen ones take thrice as long to make, and most are passes
class Observation:
    """What a rule says of one target, before the judge gives it a name, a place and a weight.

    `target` is an element of page.tree, a CSS selector of the rendered page, or None for the page
    as a whole. `page` None speaks of the site as a whole. `snippet` and `what` are set by rules
    over rendered pages only, where there is no element to take them from.
    """

    outcome: Outcome
    page: Page | None = None
    target: Element | str | None = None
    message: str = ""
    params: Params = field(default_factory=dict)
    snippet: str = ""
    what: str = ""


def _end_head(root: Element) -> None:
    """Moves what cannot stand in <head> into <body>, where its tags were left out, as HTML lets.

    The parser knows no element that is younger than HTML 4, so it would leave a <main> in the head.
    """
    head = root.find("head")
    if head is None:
        return
    children = [child for child in head if isinstance(child.tag, str)]
    first = next((child for child in children if child.tag not in _OF_HEAD), None)
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    body[:0] = head[head.index(first) :]
