"""The site says who publishes it, who answers for it and how to reach them.

Why: A citizen must know whose word this is, and whom to ask; an anonymous portal can be anybody's.
Whom it hurts: Everyone who needs the agency; the agency, when its name is misused.
Mend: Fill in portal.yml: the theme shows it in the footer and on the contact page. On another site
write it in the footer in words, with its label, for example “Chịu trách nhiệm nội dung: Ông ...”.
Limits: Reads the home page and the contact pages. A post without a name is for a person to judge.
Placeholders count as missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.all import READERS
from linter.model import Observation, Snapshot
from linter.rules.rule import site_rule

_SURE = 0.5


@dataclass(frozen=True)
class Params:
    """`fact` is the kind of fact that a clause demands."""

    fact: str


@site_rule(
    "error",
    params=Params,
    messages={
        "organisation": "The site does not name the body that publishes it.",
        "governing-body": "The site does not name the body above its own.",
        "responsible-person": "The site does not name the person responsible for its content.",
        "editorial-board": "The site does not show its editorial board.",
        "licence": "The site does not show the number of its licence.",
        "source-rule": "The site does not say how its source is to be named when it is quoted.",
        "phone": "The site gives no telephone number of its own.",
        "email": "The site gives no e-mail address of its own.",
        "address": "The site gives no postal address of its own.",
        "search": "The site offers no search.",
        "sitemap": "The site offers no site map.",
        "feed": "The site announces no feed.",
        "partly": "“{value}” is there, but not a name; a person must look whether that is enough.",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    if not snapshot.html_pages:
        return
    found = READERS[params.fact](snapshot)
    if not found:
        yield snapshot.fails(params.fact)
        return
    best = found[0]
    if best.confidence >= _SURE:
        yield best.page.passes(best.element)
    else:
        yield best.page.wants_review(best.element, "partly", value=best.value)
