"""A consultation whose deadline has passed is not shown as open.

Why: Who writes an opinion after the deadline writes it in vain.
Whom it hurts: Citizens and associations who take the time to comment.
Mend: Build the portal again: the theme closes a consultation by its date. On another site write
“Đã kết thúc” when the deadline passes.
Limits: Needs the deadline with its label on the item's page.
"""

from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.facts.days import exact_day
from linter.facts.items import main_of, says, section_items, value_of, words
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={"open": "The deadline was {closed:date}, and the page still says “{text}”."},
)
def rule(snapshot: Snapshot, _params: object, as_of: date) -> Iterator[Observation]:
    for page in section_items(snapshot, "consultations"):
        stated = value_of(page, "closes")
        if stated is None:
            continue
        times = stated.xpath("descendant-or-self::time/@datetime")
        closed = exact_day(times[0] if times else text_of(stated))
        root = main_of(page)
        if closed is None or root is None:
            continue
        shown = [
            element
            for element in root.iter("p", "strong", "span", "h2", "li", "td", "dd")
            if len(text_of(element)) <= 80 and says(text_of(element), words()["open_consultation"])
        ]
        if closed < as_of and shown:
            text = text_of(shown[0])
            yield page.fails(shown[0], "open", closed=closed.isoformat(), text=text)
        else:
            yield page.passes(stated)
