"""Figures that the law wants to be worked with are not published as pictures of paper alone.

Why: From a spreadsheet citizens can count for themselves; from a scan they can only believe.
Whom it hurts: Journalists, councillors, and everyone who reads with a screen reader.
Mend: Attach the Excel or Word file beside the signed PDF.
Limits: Goes by the ending of the address; items without any file are not judged here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.items import DOCUMENTS, extension, main_of, section_items
from linter.facts.sections import section_words
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule


@dataclass(frozen=True)
class Params:
    """Each item of `section` with files has one whose ending is among `wanted`."""

    section: str
    wanted: tuple[str, ...]

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())


@site_rule(
    "warning",
    params=Params,
    messages={"only": "The files are {endings}; one of {wanted} is asked for."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in section_items(snapshot, params.section):
        root = main_of(page)
        links = root.xpath(".//a[@href]") if root is not None else []
        files = {extension(page, link): link for link in links}
        found = sorted(set(files) & DOCUMENTS)
        if not found:
            continue
        if set(found) & set(params.wanted):
            yield page.passes(files[found[0]])
        else:
            wanted = ", ".join(params.wanted)
            yield page.fails(files[found[0]], "only", endings=", ".join(found), wanted=wanted)
