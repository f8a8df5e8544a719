"""No page shows the number of a citizen's papers.

Why: With name and number of the identity card others borrow money in that citizen's name.
Whom it hurts: The citizen, for years.
Mend: Take the number out, or show its last three digits only; a list of results needs no more.
Limits: Finds 9 or 12 digits right after the words for identity cards. Names with birth dates,
private telephones and accounts are for a person.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.facts.items import main_of
from linter.facts.reading import lines
from linter.model import Observation, Snapshot
from linter.rules.rule import site_rule
from linter.vietnamese import fold

_NUMBER = re.compile(
    r"\b(?:cccd|cmnd|cmtnd|can cuoc(?: cong dan)?|chung minh (?:nhan dan|thu)|so dinh danh)\b"
    r"[^0-9]{0,30}((?:\d[ .]?){11}\d|(?:\d[ .]?){8}\d)(?!\d)"
)


@site_rule(
    "error",
    messages={
        "file": "The file {url} shows the number of an identity card: …{tail}.",
        "number": "The number of an identity card is shown: …{tail}.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for url, text in snapshot.texts.items():
        for match in _NUMBER.finditer(fold(text)):
            yield snapshot.fails("file", url=url, tail=match[1][-3:])
    for page in snapshot.html_pages:
        root = main_of(page)
        if root is None:
            continue
        found = False
        for line, element in lines(page, root):
            for match in _NUMBER.finditer(fold(line)):
                found = True
                yield page.fails(element, "number", tail=match[1][-3:])
        if not found:
            yield page.passes(root)
