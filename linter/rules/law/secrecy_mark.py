"""No page bears the mark of a secret document.

Why: What is secret must not be on the Internet, not for a minute; it is copied within seconds.
Whom it hurts: The state, and the person who posted it.
Mend: Take the page down at once, tell the unit for the protection of secrets, then find out how it
got past moderation.
Limits: Finds a mark that stands alone on a line in capitals, in pages and in the text of documents
that came with them. Pictures and scans are for a person.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.items import main_of, words
from linter.facts.reading import lines
from linter.model import Observation, Snapshot
from linter.rules.rule import site_rule

_AROUND = " .:-–*()[]"
# A mark stands at the head of a document.
_TOP = 40


@site_rule(
    "error",
    messages={
        "file": "In the file {url} the mark “{mark}” stands alone on a line: is it secret?",
        "mark": "The mark “{mark}” stands alone on a line: is this a secret document?",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    marks = {mark.upper() for mark in words()["secrecy_marks"]}
    for url, text in snapshot.texts.items():
        for line in text.splitlines()[:_TOP]:
            if line.strip(_AROUND) in marks:
                yield snapshot.fails("file", url=url, mark=line.strip())
    for page in snapshot.html_pages:
        root = main_of(page)
        if root is None:
            continue
        found = False
        for line, element in lines(page, root):
            if line.strip(_AROUND) in marks:
                found = True
                yield page.fails(element, "mark", mark=line.strip())
        if not found:
            yield page.passes(root)
