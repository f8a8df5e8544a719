"""The site says who publishes it, who answers for it and how to reach them.

Why: A citizen must know whose word this is, and whom to ask; an anonymous portal can be anybody's.
Whom it hurts: Everyone who needs the agency; the agency, when its name is misused.
Mend: Contacts, persons and licence are filled in in portal.yml: the theme shows them in the footer
and on the contact page; a link or a function that is missing is for the makers of the theme. On
another site put it into the footer in words, for example “Chịu trách nhiệm nội dung: Ông ...”.
Limits: Reads the home page and the contact pages. A post without a name is for a person to judge.
Placeholders count as missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.all import READERS
from linter.facts.items import landmark
from linter.model import Fact, Snapshot
from linter.page import Observation
from linter.rules.rule import known_words, site_rule
from linter.vietnamese import fold

_SURE = 0.5


@dataclass(frozen=True)
class Params:
    """`fact` is the kind of fact that a clause demands.

    `where` says that readers must see it there: "home" on the home page, "footer" in its footer;
    "site" is satisfied with any page that says who publishes the site.
    """

    fact: str
    where: str = "site"

    def __post_init__(self) -> None:
        known_words((self.fact,), READERS)
        known_words((self.where,), ("site", "home", "footer"))


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
        "fax": "The site gives no fax number.",
        "feedback": "The site has neither a form nor an e-mail address for questions.",
        "moderation-rules": "The site does not name the rules by which items are moderated.",
        "emc-label": "The site does not show the label of the measuring system (EMC).",
        "rating": "Nowhere can a reader say how satisfied he is.",
        "national-services": "There is no link to the National Public Service Portal.",
        "government-portal": "There is no link to the Government's portal.",
        "unseen-home": "Readers of the home page do not see this, though the site states it"
        " elsewhere: {value}",
        "unseen-footer": "The footer of the home page does not show this: {value}",
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
    if params.where != "site":
        yield from _seen_there(snapshot, found, params.where)
        return
    best = found[0]
    if best.confidence >= _SURE:
        yield best.page.passes(best.element)
    else:
        yield best.page.wants_review(best.element, "partly", value=best.value)


def _seen_there(snapshot: Snapshot, found: tuple[Fact, ...], where: str) -> Iterator[Observation]:
    """Whether readers see one of the facts on the home page, or in its footer."""
    home = snapshot.home
    assert home is not None
    roots = [*landmark(home, "footer")] if where == "footer" else [home.tree.find("body")]
    shown = " ".join(fold(text_of(root)) for root in roots if root is not None)
    for fact in found:
        if fold(fact.value) in shown:
            yield home.passes(roots[0])
            return
    if found[0].confidence < _SURE:
        yield found[0].page.wants_review(found[0].element, "partly", value=found[0].value)
    else:
        yield home.fails(None, f"unseen-{where}", value=found[0].value[:80])
