"""No readers' comments stand under items that are quoted from others.

Why: An aggregated site may quote and no more; comments would make it a forum without its licence.
Whom it hurts: The source, whose text gets a discussion that it cannot moderate; the readers.
Mend: Take the comment form away from quoted items.
Limits: An item counts as quoted when it names a source with a link to another host.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.elements import text_of
from linter.facts.items import says, value_of, words
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={"form": "A comment form stands under an item that is quoted from {source}."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    own = urlsplit(snapshot.site.url).hostname
    for page in snapshot.html_pages:
        source = _foreign_source(page, own)
        if source is None:
            continue
        form = _comment_form(page)
        if form is None:
            yield page.passes(source)
        else:
            yield page.fails(form, "form", source=text_of(source)[:80])


def _foreign_source(page: Page, own: str | None) -> Element | None:
    stated = value_of(page, "source")
    if stated is None:
        return None
    for link in stated.xpath("descendant-or-self::a[@href]"):
        host = urlsplit(page.resolve(link.get("href"))).hostname
        if host and host != own:
            return stated
    return None


def _comment_form(page: Page) -> Element | None:
    for form in page.tree.iter("form"):
        if form.xpath(".//textarea") and says(
            f"{text_of(form)} {form.get('id', '')} {form.get('class', '')}", words()["comment_form"]
        ):
            return form
    return None
