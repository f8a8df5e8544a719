"""A portal in service shows no sample data.

Why: A citizen who dials a sample number reaches nobody, and believes the agency does not answer.
Whom it hurts: Everyone who needs the agency.
Mend: Put the real persons, numbers and addresses into portal.yml, then delete sample_data: true.
Limits: Trusts the site's own mark, <meta name="sample-data" content="true">.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Element, Observation, Page, gathered
from linter.rules.rule import NoParams, site_rule
from linter.terms import Severity


@site_rule(
    "notice",
    at_release=Severity.ERROR,
    messages={"sample": "Persons, numbers and addresses on this portal are sample data."},
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for page in filter(_is_marked, snapshot.html_pages):
        for mark in _marks(page):
            if mark.get("content") == "true":
                yield page.fails(mark, "sample")
            else:
                yield page.passes(mark)
            return


@gathered
def _is_marked(page: Page) -> bool:
    return bool(_marks(page))


def _marks(page: Page) -> list[Element]:
    return [meta for meta in page.outline.pick("meta") if meta.get("name") == "sample-data"]
