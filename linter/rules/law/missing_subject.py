"""A section speaks of each subject that the law lists for it.

Why: “Giới thiệu” without the leaders and their duties does not say who answers for what.
Whom it hurts: Everyone who wants to know whom to turn to.
Mend: Write a document or a heading on the subject in the section, under its usual name.
Limits: Recognises a subject by the words of titles, headings, captions and links of the section's
pages. Whether what stands below them is right and complete is for a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.items import main_of, says, words
from linter.facts.sections import SectionSeen, section_words, sections
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.rule import known_words, site_rule

_NAMING = ".//h1 | .//h2 | .//h3 | .//h4 | .//caption | .//a[@href] | .//summary | .//dt"


_MISSING = {
    "organisation": "The section “{name}” does not speak of the organisation.",
    "functions": "The section “{name}” does not speak of functions and duties.",
    "history": "The section “{name}” does not speak of the history.",
    "leaders": "The section “{name}” does not speak of the leaders.",
    "duties": "The section “{name}” does not say which leader is in charge of what.",
    "map": "The section “{name}” has no map.",
    "nature": "The section “{name}” does not speak of the natural conditions.",
    "culture": "The section “{name}” does not speak of culture.",
    "relics": "The section “{name}” does not speak of relics and scenery.",
    "instructions": "The section “{name}” does not show the head's instructions.",
    "petitions": "The section “{name}” does not show how petitions were dealt with.",
    "commendation": "The section “{name}” does not speak of commendation and sanction.",
    "schedule": "The section “{name}” has no schedule of the leaders.",
    "investment": "The section “{name}” does not speak of investment.",
    "land-planning": "The section “{name}” does not speak of construction and land planning.",
    "resources": "The section “{name}” does not speak of natural resources.",
    "waste": "The section “{name}” does not speak of waste and pollution.",
    "public-list": "The section “{name}” has no list of the information that must be public.",
    "information-desk": "The section “{name}” does not say where to ask for information.",
}


@dataclass(frozen=True)
class Params:
    """`section` speaks of all `subjects`, which are words of labels.yml."""

    section: str
    subjects: tuple[str, ...]

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())
        known_words(self.subjects, _MISSING)


@site_rule(
    "error",
    params=Params,
    messages=_MISSING,
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    seen = sections(snapshot).get(params.section)
    if seen is None or not seen.pages:
        return  # missing-section speaks of the first; of pages nobody fetched nothing can be said
    for subject in params.subjects:
        where = _where(seen, words()["subjects"][subject])
        if where is None:
            yield (seen.root or seen.page).fails(None, subject, name=seen.name)
        else:
            yield where[0].passes(where[1])


def _where(seen: SectionSeen, patterns: list[str]) -> tuple[Page, Element] | None:
    for page in seen.pages:
        root = main_of(page)
        for element in root.xpath(_NAMING) if root is not None else []:
            if says(text_of(element), patterns):
                return page, element
    return None
