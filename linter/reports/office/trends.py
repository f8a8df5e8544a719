"""This file makes the paper on trends: since when, how long to mend, movers, what goes stale."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import TypeAlias

from linter.history.account import Account
from linter.history.lives import Life
from linter.messages import N_, format_date, say
from linter.reports.charts import spark_text
from linter.reports.office.paper import Block, Cell, Heading, Letterhead, Paper, Table, Words
from linter.reports.office.paper import Paragraph as Text
from linter.reports.office.scores import name_of, say_period
from linter.reports.wording import SEVERITIES, say_text

# A site's points by day, oldest first.
Course: TypeAlias = tuple[tuple[date, float], ...]
# How many runs a small line shows.
_SHOWN_RUNS = 8
# How many movers are shown at each end.
_MOVERS = 5


def trends(
    account: Account,
    words: Words,
    day: date,
    notes: tuple[str, ...],
    courses: Mapping[str, Course],
) -> Paper:
    """What moved in a period, from the faults' lives and the points; `courses` by site."""
    return Paper(
        words.t(N_("Report")),
        words.t(N_("Trends of portals, {period}"), period=say_period(account, words)),
        Letterhead(),
        day,
        notes,
        (
            Heading(words.t(N_("1. Faults found and mended"))),
            *movement_blocks(account, words),
            Heading(words.t(N_("2. Best and worst movers"))),
            *mover_blocks(account, words),
            *course_blocks(account, courses, words),
            Heading(words.t(N_("3. Going stale: open faults of “{title}”"),
                title=account.criteria.watched.title[words.lang])),
            *_lives(account, account.watched, words, words.t(N_("Going stale"))),
            Heading(words.t(N_("4. Longest open"))),
            *_lives(account, account.oldest, words, words.t(N_("Longest open"))),
        ),
    )  # fmt: skip


def course_blocks(account: Account, courses: Mapping[str, Course], words: Words) -> list[Block]:
    """How each site's points went from run to run: as a small line, with its ends in numbers."""
    names = _names(account)
    rows: list[tuple[Cell, ...]] = []
    for site, name in names.items():
        points = courses.get(site, ())
        if len(points) < 2:
            continue
        (first, start), (last, end) = points[0], points[-1]
        days = [format_date(day.isoformat(), words.lang) for day in (first, last)]
        lowest = min(value for _, value in points)
        rows.append((name, days[0], start, lowest, end, days[1], spark_text(points[-_SHOWN_RUNS:])))
    if not rows:
        return [Text(words.t(N_("No site was judged on two days yet.")))]
    return [
        Table(
            words.t(N_("Course")),
            words.t(N_("Points from run to run, oldest on the left")),
            (
                words.t(N_("Site")),
                words.t(N_("First run on")),
                words.t(N_("Points then")),
                words.t(N_("Lowest")),
                words.t(N_("Points now")),
                words.t(N_("Last run on")),
                words.t(N_("Course")),
            ),
            tuple(rows),
            frozenset({0, 6}),
        )
    ]


def _lives(account: Account, lives: tuple[Life, ...], words: Words, sheet: str) -> list[Block]:
    """The table, or that there is nothing of the kind."""
    if not lives:
        return [Text(words.t(N_("None is open.")))]
    return [lives_table(account, lives, words, sheet)]


def movement_blocks(account: Account, words: Words) -> list[Block]:
    """How many faults came and went, in all and at each site."""
    names = _names(account)
    rows: list[tuple[Cell, ...]] = []
    for site, moved in account.movements.items():
        middle = moved.days_to_mend
        whole = int(middle) if middle is not None and middle == int(middle) else middle
        rows.append((names[site], moved.new, moved.mended, moved.still_open, whole))
    days = [day for moved in account.movements.values() for day in moved.days]
    total = Text(
        words.t(
            N_("{new} faults were found, {mended} mended, {open} are open; a mended one had"
               " stood {days} days in the middle."),
            new=sum(moved.new for moved in account.movements.values()),
            mended=sum(moved.mended for moved in account.movements.values()),
            open=sum(moved.still_open for moved in account.movements.values()),
            days=f"{median(days):g}" if days else "–",
        )
    )  # fmt: skip
    return [
        total,
        Table(
            words.t(N_("Movement")),
            words.t(N_("Faults found and mended, site by site")),
            (
                words.t(N_("Site")),
                words.t(N_("Found")),
                words.t(N_("Mended")),
                words.t(N_("Open")),
                words.t(N_("Days to mend (middle)")),
            ),
            tuple(rows),
            frozenset({0}),
        ),
    ]


def mover_blocks(account: Account, words: Words) -> list[Block]:
    """Who gained and who lost most points since the period before."""
    moved = []
    for placed in account.placed:
        change = account.change(placed.score.standing.site.id)
        if change:
            moved.append((change, name_of(placed.score), placed.score))
    if not moved:
        text = N_("No site has other points than in the period before, or none was judged then.")
        return [Text(words.t(text))]
    moved.sort(key=lambda one: (-one[0], one[1]))
    shown = moved if len(moved) <= 2 * _MOVERS else [*moved[:_MOVERS], *moved[-_MOVERS:]]
    rows = tuple(
        (name, account.before[one.standing.site.id].value, one.value, change)
        for change, name, one in shown
    )
    return [
        Table(
            words.t(N_("Movers")),
            words.t(N_("Points against the period before")),
            (
                words.t(N_("Site")),
                words.t(N_("Before")),
                words.t(N_("Now")),
                words.t(N_("Change")),
            ),
            rows,
            frozenset({0}),
        )
    ]


def lives_table(account: Account, lives: tuple[Life, ...], words: Words, sheet: str) -> Table:
    """Open faults, each with the day since which it stands and the run that saw it first."""
    names = _names(account)
    rows: list[tuple[Cell, ...]] = []
    for life in lives:
        since = format_date(life.first.day.isoformat(), words.lang)
        rows.append(
            (
                names[life.site],
                say_fault(life, words),
                words.word(SEVERITIES[life.fault.severity]),  # type: ignore[index]
                since,
                life.days(account.period.end),
                life.first.run,
            )
        )
    return Table(
        sheet,
        words.t(N_("Open faults, oldest first")),
        (
            words.t(N_("Site")),
            words.t(N_("Fault")),
            words.t(N_("Severity")),
            words.t(N_("Since")),
            words.t(N_("Days")),
            words.t(N_("First run")),
        ),
        tuple(rows),
        frozenset({0, 1}),
    )


def say_fault(life: Life, words: Words) -> str:
    """What is wrong, in the rule's words; by name where the rule is no longer known."""
    fault = life.fault
    card = words.cards.get(fault.rule)
    if card is None or fault.message not in card.messages:
        return fault.rule
    text = say_text(card, card.messages[fault.message], words.lang)
    return say(text, fault.params, words.lang)


def _names(account: Account) -> dict[str, str]:
    return {placed.score.standing.site.id: name_of(placed.score) for placed in account.placed}
