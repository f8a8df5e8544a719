"""Those whom the law binds publish the sections it names in a foreign language too.

Why: Foreigners who live, invest or travel here must find out who answers for what.
Whom it hurts: Readers who do not read Vietnamese.
Mend: Add the language to portal.yml and write the documents as <name>.en.md.
Limits: Reads the language that pages declare; a section is recognised by its usual English name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.sections import section_words
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import known_words, site_rule
from linter.semantics import name_of
from linter.vietnamese import fold

_MISSING = {
    "introduction": "The edition in the language {lang} does not introduce the body.",
    "staff": "The edition in the language {lang} has no directory of officials.",
    "procedures": "The edition in the language {lang} has no procedures and services.",
}


@dataclass(frozen=True)
class Params:
    """Pages in `lang` speak of all `sections`."""

    lang: str
    sections: tuple[str, ...]

    def __post_init__(self) -> None:
        known_words(self.sections, _MISSING)


@site_rule(
    "error",
    params=Params,
    messages={"none": "No page is written in the language {lang}.", **_MISSING},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    if not snapshot.html_pages:
        return
    pages = [
        page
        for page in snapshot.html_pages
        if page.tree.get("lang", "").lower().partition("-")[0] == params.lang
    ]
    if not pages:
        yield snapshot.fails("none", lang=params.lang)
        return
    missing = [name for name in params.sections if not any(_speaks(p, name) for p in pages)]
    for name in missing:
        yield pages[0].fails(None, name, lang=params.lang)
    if not missing:
        yield pages[0].passes()


def _speaks(page: Page, section: str) -> bool:
    """Whether a heading of the page, or a link in its navigation, names the section."""
    named = [text_of(heading) for heading in page.tree.iter("h1", "h2")]
    named += [name_of(link) for link in page.tree.xpath("//nav//a[@href]")]
    return any(pattern.search(fold(name)) for name in named for pattern in section_words()[section])
