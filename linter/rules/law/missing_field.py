"""Each item of a section says all that the law wants it to say.

Why: A decision without its date of effect, a project without its budget or a draft without its
deadline cannot be used: the reader must telephone to learn the rest.
Whom it hurts: Citizens and businesses who rely on the item, and the officials they telephone.
Mend: Fill in the missing field; our documents have a key for each. On another site write it with
its usual label, for example “Ngày có hiệu lực: 01/01/2016”.
Limits: Reads labels before values in lists, tables and lines. A value in running text is not seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.items import section_items, value_of
from linter.facts.sections import section_words
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule

_MISSING = {
    "author": "The item does not name its author.",
    "source": "The item does not name its source.",
    "posted": "The item does not say when it was posted.",
    "kind": "The item does not say what kind of document it is.",
    "issuer": "The item does not name the body that issued it.",
    "number": "The item does not state its number.",
    "signed": "The item does not say when it was signed or issued.",
    "in-force": "The item does not say from when it is in force.",
    "documents": "The item does not list the documents that it holds.",
    "abstract": "The item has no abstract.",
    "file": "The item offers no file to download.",
    "title": "The item has no name, or an official no post.",
    "goal": "The item does not state the goal.",
    "field": "The item does not state the field.",
    "project-type": "The item does not state the kind of project.",
    "duration": "The item does not state the duration.",
    "budget": "The item does not state the budget.",
    "funding": "The item does not state the kind of funding.",
    "donor": "The item does not name the donor.",
    "status": "The item does not state the progress.",
    "closes": "The item does not state the deadline.",
    "comments": "The item does not show the comments received.",
    "receiver-address": "The item gives no postal address for comments.",
    "receiver-email": "The item gives no e-mail address for comments.",
    "name": "An official is listed without a name.",
    "unit": "An official is listed without a unit.",
    "phone": "An official is listed without a telephone number.",
    "email": "An official is listed without an e-mail address.",
    "code": "The item does not state its code.",
    "level": "The item does not state its level.",
    "lead-unit": "The item does not name the lead unit.",
    "method": "The item does not state the method.",
    "period": "The item does not state the period.",
    "data": "The item has neither a table nor a file of data.",
    "online-level": "The item does not state the level of the online service.",
    "papers": "The item does not list the papers that are needed.",
    "steps": "The item does not describe the steps.",
    "fee": "The item does not state the fee.",
    "legal-basis": "The item does not state the legal basis.",
    "result": "The item does not state the result.",
}


@dataclass(frozen=True)
class Params:
    """Each item of `section` states all `fields`, which are words of labels.yml."""

    section: str
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())
        known_words(self.fields, _MISSING)


@site_rule(
    "error",
    params=Params,
    messages=_MISSING,
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in section_items(snapshot, params.section):
        heading = next(iter(page.outline.pick("h1")), None)
        missing = [name for name in params.fields if value_of(page, name) is None]
        for name in missing:
            yield page.fails(heading, name)
        if not missing:
            yield page.passes(heading)
