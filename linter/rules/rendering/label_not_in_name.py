"""What is seen on a control is part of its name.

Why: Who speaks to a computer says the words on the button; if its name is another one, nothing
happens.
Whom it hurts: People who speak to their computer, people who see and hear the page at once.
Mend: Remove aria-label, or begin it with the words that are seen.
Limits: Compares words, without punctuation and what stands in brackets. Single letters and fonts
that draw pictures are no words.
"""

import re
import unicodedata
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.places import say
from linter.rules.rule import browser_rule
from linter.terms import Outcome

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@browser_rule(
    "warning",
    wcag=("2.5.3",),
    act=("2ee8b8",),
    messages={"other": "“{seen}” is seen, but the name is “{name}”."},
)
def rule(page: Page) -> Iterator[Observation]:
    assert page.rendered
    labels = page.rendered.probes["labels"]
    if "failed" in labels:
        yield page.untested(labels["failed"])
        return
    for node in labels["nodes"]:
        text = _BRACKETS.sub(" ", node["seen"])
        seen, name = words_of(text), node["name"]
        if sum(map(len, seen)) < 2:
            continue
        if _holds(words_of(name), seen) or _holds(_unbroken(name), _unbroken(text)):
            yield page.passes()
        else:
            params = {"seen": node["seen"][:80], "name": node["name"][:80]}
            yield say(page, Outcome.FAIL, node, "other", params)


def words_of(text: str) -> list[str]:
    """The words of a text as they are spoken: without case, punctuation and signs."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())


def _unbroken(text: str) -> list[str]:
    """The words as blanks part them, so that “non-standard” is one word, as “nonstandard” is."""
    return ["".join(words_of(word)) for word in text.split() if words_of(word)]


def _holds(name: list[str], seen: list[str]) -> bool:
    """Whether the words seen stand in the name in a row."""
    return any(name[at : at + len(seen)] == seen for at in range(len(name) - len(seen) + 1))
