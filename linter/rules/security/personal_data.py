"""No page or attached document publishes numbers of identity cards, or lists of citizens' data.

Why: With name, birth date and number of an identity card others take loans and open accounts.
Whom it hurts: The citizens who are named.
Mend: Take the document off, black out what the purpose does not need (leave the last three
digits), then post it again. A black box over text in a PDF hides nothing.
Limits: Reads pages, and attached PDF and DOCX files that have text. Contacts of officials,
candidates for office and short lives that law orders to publish are none. Lists of birth dates are
for a person.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule
from linter.rules.security.documents import Text, texts_of, words
from linter.terms import Outcome
from linter.vietnamese import fold_in_place

# A citizen's number: province (001-096), century and sex, birth year, six digits; or the old nine.
_CITIZEN = re.compile(r"(?<![\w./-])0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}(?![\w./-])")
_OLD = re.compile(r"(?<![\w./-])\d{9}(?![\w./-])")
_BIRTH = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19[3-9]\d|20[012]\d)\b")
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][\wà-ỹ]+ ){1,4}[A-ZĐÀ-Ỹ][\wà-ỹ]+")
_WINDOW = 70
_ROWS = 10


@site_rule(
    "error",
    messages={
        "identity": "{document} publishes {count} numbers of identity cards, such as {shown}.",
        "list": "{document} lists {count} names with birth dates; may it be public?",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for text in texts_of(snapshot):
        whole = text.folded
        by_duty = words("published_by_duty").search(whole)
        numbers = list(_identities(text))
        rows = 0 if by_duty else _birth_rows(text, whole)
        if numbers:
            target = next((e for line, e in text.lines if numbers[0] in line), None)
            shown = numbers[0][:3] + "…" + numbers[0][-3:]
            count = len(numbers)
            yield text.say(Outcome.FAIL, "identity", target, count=count, shown=shown)
        elif rows >= _ROWS:
            yield text.say(Outcome.REVIEW, "list", count=rows)
        elif words("identity_labels").search(whole) or words("birth_labels").search(whole):
            yield text.say(Outcome.PASS, "")


def _identities(text: Text) -> Iterator[str]:
    """Numbers behind a label of an identity card, or in a column or list headed by one."""
    if not words("identity_labels").search(text.folded):
        return
    labelled = 0
    seen: set[str] = set()
    for number, (line, _) in enumerate(text.lines):
        label = words("identity_labels").search(fold_in_place(line))
        if label:
            labelled = number + 1
        near = label is not None
        in_list = bool(labelled) and number - labelled < 400
        for match in _CITIZEN.finditer(line):
            if (near or in_list) and _is_real(match[0]):
                seen.add(match[0])
        for match in _OLD.finditer(line):
            close = label is not None and abs(match.start() - label.start()) < _WINDOW
            if close and _is_real(match[0]):
                seen.add(match[0])
    yield from sorted(seen)


def _is_real(digits: str) -> bool:
    """Whether a number is no example such as 012345678912 or 000000000."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) > 2 and len(set(digits)) > 3


def _birth_rows(text: Text, whole: str) -> int:
    """How many rows of a list give a name and a birth date."""
    if not words("birth_labels").search(whole):
        return 0
    joined = [line for line, _ in text.lines]
    rows = sum(bool(_BIRTH.search(line) and _NAME.search(line)) for line in joined)
    pairs = sum(
        bool(_NAME.fullmatch(first) and _BIRTH.fullmatch(second))
        for first, second in pairwise(joined)
    )
    return max(rows, pairs)
