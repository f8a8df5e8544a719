"""Files to download are in formats that the state's list of standards names.

Why: A format that only one program reads shuts out everyone who has not bought it.
Whom it hurts: Citizens with a telephone or free software; archives in twenty years.
Mend: Save the file as docx, xlsx, pdf or another format of the list.
Limits: Goes by the ending of the address. Pictures, sound, films and archives (zip) are not judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.items import extension
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule

# Endings of office files, listed or not; what is none of them is no office file.
_OFFICE = frozenset(
    """pdf doc docx docm dot odt rtf txt wps wpd pages tex xps djvu
    xls xlsx xlsm xlsb ods csv et numbers ppt pptx pps ppsx odp dps key mdb accdb""".split()
)


@dataclass(frozen=True)
class Params:
    """Office files have one of the endings `allowed`."""

    allowed: tuple[str, ...]


@site_rule(
    "error",
    params=Params,
    messages={"odd": "The file is in the format {ending}, which the list of standards lacks."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        for link in page.outline.pick("a", bearing="href"):
            ending = extension(page, link)
            if ending in _OFFICE and ending not in params.allowed:
                yield page.fails(link, "odd", ending=ending)
            elif ending in _OFFICE:
                yield page.passes(link)
