"""An aggregated information site names source and time of each article, and takes no comments.

Why: Its licence lets it quote official sources word for word, with author or agency and time of
publication; quoted articles bear no readers' comments (Circular 09/2014, article 2).
Whom it hurts: Readers who cannot check what they read; the paper that wrote it.
Mend: Write “Nguồn: ...” with a link, and the time, under each article; take the comment form away.
Mend in Markdown: Fill in source.name and source.url at the head of the document.
Limits: Only for sites that call themselves aggregated information sites, and for pages that mark
themselves as articles. Whether the copy is true to the source is for a person.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.days import read_day
from linter.facts.reading import is_type, json_ld
from linter.facts.zones import lines_of, own_lines
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import NoParams, site_rule
from linter.rules.security.documents import words
from linter.vietnamese import fold


@site_rule(
    "warning",
    messages={
        "source": "The article names no source.",
        "time": "The article does not say when it was published.",
        "comments": "Readers may comment on a quoted article.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None or not _is_aggregated(snapshot, home):
        return
    for page in snapshot.html_pages:
        if page is not home and _is_article(page):
            yield from list(_faults(snapshot, page)) or [page.passes()]


def _is_aggregated(snapshot: Snapshot, home: Page) -> bool:
    return any(words("aggregated_sites").search(line.folded) for line in own_lines(snapshot, home))


def _is_article(page: Page) -> bool:
    kinds = page.tree.xpath("//meta[@property='og:type']/@content")
    return "article" in kinds or any(is_type(entry, "Article") for entry, _ in json_ld(page))


def _faults(snapshot: Snapshot, page: Page) -> Iterator[Observation]:
    drawn = [line for line in lines_of(snapshot, page) if line.zone not in ("footer", "header")]
    if not any(words("sources").search(line.folded) for line in drawn):
        yield page.fails(None, "source")
    said = any(entry.get("datePublished") for entry, _ in json_ld(page))
    if not said and not any(read_day(line.text) for line in drawn if len(line.text) < 80):
        yield page.fails(None, "time")
    for field in page.tree.xpath("//textarea"):
        names = fold(" ".join(field.get(key, "") for key in ("name", "id", "class", "placeholder")))
        if words("comment_fields").search(names):
            yield page.fails(field, "comments")
