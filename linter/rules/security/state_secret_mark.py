"""No page or attached document bears the stamp of a state secret.

Why: What is stamped MẬT, TỐI MẬT or TUYỆT MẬT must not be on the Internet (Law on Protection of
State Secrets, article 5).
Whom it hurts: The state; whoever posted it.
Mend: Take the document off at once, tell the head of the agency, and find out who can have read it.
Limits: Reads pages, and attached PDF and DOCX files that have text; a scan it cannot read. A stamp
is a line of its own near the head of a document. “Lưu hành nội bộ” and its like are for a person.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Element, Observation
from linter.rules.rule import NoParams, site_rule
from linter.rules.security.documents import Text, texts_of, words
from linter.terms import Outcome

_NEAR = 15


@site_rule(
    "error",
    messages={
        "secret": "{document} bears the stamp {mark}.",
        "field": "{document} says of itself: “{mark}”.",
        "limited": "{document} bears the words “{mark}”; a person must say if it may be public.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for text in texts_of(snapshot):
        heads = [n for n, (line, _) in enumerate(text.lines) if words("heads").search(line)]
        plain = [n for n, (line, _) in enumerate(text.lines) if words("plain_heads").search(line)]
        if not heads and not plain and text.is_page:
            continue
        found = list(_marks(text, heads, plain))
        yield from found or [text.say(Outcome.PASS, "")]


def _marks(text: Text, heads: list[int], plain: list[int]) -> Iterator[Observation]:
    for number, (line, element) in enumerate(text.lines):
        said = line.strip(" .:*-–[]()|/\"'“”")
        if len(said) > 60:
            continue
        if words("secrecy_field").match(line.lower()):
            yield text.say(Outcome.REVIEW, "field", element, mark=line)
        if _near(number, heads):
            yield from _stamp(text, said, "secret_marks", element)
            if words("limited_marks").fullmatch(said):
                yield text.say(Outcome.REVIEW, "limited", element, mark=said)
        elif _near(number, plain):
            yield from _stamp(text, said, "plain_marks", element)


def _stamp(text: Text, said: str, kind: str, element: Element | None) -> Iterator[Observation]:
    if words(kind).fullmatch(said):
        yield text.say(Outcome.FAIL, "secret", element, mark=said)


def _near(number: int, heads: list[int]) -> bool:
    return any(abs(number - head) <= _NEAR for head in heads)
