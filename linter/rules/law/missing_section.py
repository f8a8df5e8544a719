"""The site has the sections that the law lists, and something in each of them.

Why: Citizens look for the same things on every portal: who does what, news, documents, procedures.
Whom it hurts: Everyone who needs the agency's information.
Mend: Add a document to the section's folder; the menu then shows it by itself. On another site add
the section to the menu under its usual name.
Limits: A section is recognised by the words of a link on the home page. Whether it is empty is said
only of sites seen as a whole: no page below it, no link to a page or a file, and fewer than 20
words of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.reading import is_placeholder
from linter.facts.sections import SectionSeen, sections
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule

# A page that says less only waits to be filled, as "Nội dung đang được cập nhật, mời xem lại sau".
_FEWEST_WORDS = 20

_MISSING = {
    "introduction": "The home page has no link to a section that introduces the agency.",
    "news": "The home page has no link to a section of news and events.",
    "direction": "The home page has no link to a section of direction and management.",
    "legal-education": "The home page has no link to a section that explains the law.",
    "plans": "The home page has no link to a section of strategies and plans.",
    "documents": "The home page has no link to a section of legal documents.",
    "procedures": "The home page has no link to a section of procedures and services.",
    "projects": "The home page has no link to a section of projects.",
    "tenders": "The home page has no link to a section of tenders and procurement.",
    "consultations": "The home page has no link to a section of public consultations.",
    "statistics": "The home page has no link to a section of statistics.",
    "research": "The home page has no link to a section of research programmes.",
    "gazette": "The home page has no link to a section of the official gazette.",
    "staff": "The home page has no link to a directory of officials.",
    "questions": "The home page has no link to a section of questions and answers.",
    "budget": "The home page has no link to a section on the budget.",
}


@dataclass(frozen=True)
class Params:
    """`section` is the id of the section, as in the registry."""

    section: str

    def __post_init__(self) -> None:
        known_words((self.section,), _MISSING)


@site_rule(
    "error",
    params=Params,
    messages={**_MISSING, "empty": "There is nothing in the section “{name}”."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    if snapshot.home is None:
        return
    seen = sections(snapshot).get(params.section)
    if seen is None:
        yield snapshot.fails(params.section)
    elif snapshot.complete and seen.root is not None and _is_empty(snapshot, seen):
        yield seen.root.fails(None, "empty", name=seen.name)
    else:
        yield seen.page.passes(seen.link)


def _is_empty(snapshot: Snapshot, seen: SectionSeen) -> bool:
    """No page lies below the list, and its content leads nowhere and says next to nothing."""
    assert seen.root is not None
    if len(seen.pages) > 1:
        return False
    tree = seen.root.tree
    contents = tree.xpath("//main") or tree.xpath("//body")
    links = [link for content in contents for link in content.xpath(".//a[@href]")]
    leads_to = {seen.root.resolve(link.get("href")) for link in links} - {seen.url}
    if leads_to & {*(page.url for page in snapshot.html_pages), *snapshot.files}:
        return False
    said = " ".join(text_of(content) for content in contents)
    return is_placeholder(said) or len(said.split()) < _FEWEST_WORDS
