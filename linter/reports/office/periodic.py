"""This file makes the half-yearly and the yearly report of the Department (Directive 11, 1.h)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from linter.history.account import Account
from linter.messages import N_, format_date
from linter.reports.office.paper import (
    Block,
    Cell,
    Heading,
    Letterhead,
    Paper,
    Paragraph,
    Table,
    Words,
)
from linter.reports.office.plain import say_number
from linter.reports.office.scores import (
    by_what,
    commendations,
    name_of,
    ranking_table,
    say_period,
)
from linter.reports.office.trends import lives_table, movement_blocks, mover_blocks
from linter.reports.wording import VERDICTS
from linter.terms import Verdict

KINDS = {
    "main": N_("Main portal"),
    "component": N_("Component portals"),
    "vertical": N_("Portals of vertical agencies"),
    "": N_("Other sites"),
}
# How many names or grounds a paragraph or table of the body holds; annexes hold all.
_MOST_NAMES = 12
_MOST_GROUNDS = 15


def notes_of(account: Account, words: Words, *, sample: bool) -> tuple[str, ...]:
    """What the first page must say: who was not judged, what is in doubt, what is sample data."""
    found = []
    if account.unjudged:
        names = [site.name or site.id for site in account.unjudged]
        shown = "; ".join(names[:_MOST_NAMES])
        more = len(names) - _MOST_NAMES
        if more > 0:
            shown += words.t(N_(" and {count} more"), count=more)
        text = N_("{count} sites were not judged in this period: {names}.")
        found.append(words.t(text, count=len(names), names=shown))
    partly = [s for s in account.standings if s.judged < s.planned]
    if partly:
        text = N_("{count} sites were judged in part only; the annex counts their pages.")
        found.append(words.t(text, count=len(partly)))
    if sample:
        found.append(words.t(N_("Made from sample data: not for submission.")))
    return tuple(found)


def periodic(
    account: Account,
    words: Words,
    head: Letterhead,
    day: date,
    due: str,
    notes: tuple[str, ...],
) -> Paper:
    """The report on a half-year or a year; every number comes from the runs in its annex."""
    return Paper(
        words.t(N_("Report")),
        words.t(
            N_("On the review, inspection and assessment of portals, {period}"),
            period=say_period(account, words),
        ),
        head,
        day,
        notes,
        (
            Heading(words.t(N_("1. Scope"))),
            *_scope(account, words, due),
            Heading(words.t(N_("2. Results"))),
            _verdict_table(account, words),
            Heading(words.t(N_("3. Assessment by criteria"))),
            by_what(account, words),
            _criteria_table(account, words),
            Heading(words.t(N_("4. Main shortcomings"))),
            _grounds(account, words),
            Heading(words.t(N_("5. Mended since, and movement"))),
            *movement_blocks(account, words)[:1],
            *mover_blocks(account, words),
            Heading(words.t(N_("6. What only a person can judge"))),
            _questions(account, words),
            Heading(words.t(N_("7. Proposals"))),
            *commendations(account, words),
            *_requests(account, words),
        ),
        (
            Heading(words.t(N_("Annex I: ranking of sites"))),
            ranking_table(account, words),
            Heading(words.t(N_("Annex II: longest open faults"))),
            lives_table(account, account.oldest, words, words.t(N_("Longest open"))),
            Heading(words.t(N_("Annex III: runs that the numbers come from"))),
            runs_table(account, words),
        ),
    )


def _scope(account: Account, words: Words, due: str) -> Iterator[Block]:
    period = account.period
    laws = sorted({words.cite(law) for run in account.runs for law in run.law})
    yield Paragraph(
        words.t(
            N_(
                "From {start} to {end}, {runs} runs judged {sites} sites, {pages} pages at their"
                " last judgement, by: {laws}."
            ),
            start=format_date(period.start.isoformat(), words.lang),
            end=format_date(period.end.isoformat(), words.lang),
            runs=len(account.runs),
            sites=len(account.placed),
            pages=sum(standing.judged for standing in account.standings),
            laws="; ".join(laws) or "–",
        )
    )
    if due:
        yield Paragraph(due)


def _verdict_table(account: Account, words: Words) -> Table:
    by_kind: dict[str, Counter[Verdict]] = defaultdict(Counter)
    unjudged: Counter[str] = Counter()
    for standing in account.standings:
        kind = standing.site.kind
        by_kind[kind if kind in KINDS else ""][standing.verdict] += 1
    for site in account.unjudged:
        unjudged[site.kind if site.kind in KINDS else ""] += 1
    rows: list[tuple[Cell, ...]] = []
    for kind, title in KINDS.items():
        counts = by_kind[kind]
        if counts or unjudged[kind]:
            cells = (counts[verdict] for verdict in Verdict)
            rows.append((words.t(title), sum(counts.values()), *cells, unjudged[kind]))
    sums = [sum(int(row[column] or 0) for row in rows) for column in range(1, 6)]
    return Table(
        words.t(N_("Results")),
        words.t(N_("Verdicts at the last judgement of the period")),
        (
            words.t(N_("Kind of site")),
            words.t(N_("Judged")),
            *(words.word(VERDICTS[verdict]) for verdict in Verdict),
            words.t(N_("not judged")),
        ),
        (*rows, (words.t(N_("Total")), *sums)),
        frozenset({0}),
    )


def _criteria_table(account: Account, words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for index, criterion in enumerate(account.criteria.criteria):
        marks = [p.score.marks[index] for p in account.placed]
        judged = [mark for mark in marks if mark.judged]
        share = None
        if judged:
            given, able = sum(m.points for m in judged), sum(m.judged for m in judged)
            share = round(100 * given / able, 1)
        rows.append(
            (
                criterion.title[words.lang],
                round(criterion.points, 1),
                len(judged),
                share,
                sum(bool(mark.losses) for mark in marks),
            )
        )
    return Table(
        words.t(N_("Criteria")),
        words.t(N_("Criteria over all judged sites")),
        (
            words.t(N_("Criterion")),
            words.t(N_("Points at most")),
            words.t(N_("Sites judged")),
            words.t(N_("Reached, %")),
            words.t(N_("Sites that lost points")),
        ),
        tuple(rows),
        frozenset({0}),
    )


def _grounds(account: Account, words: Words) -> Table | Paragraph:
    sites: dict[tuple[str, str], set[str]] = defaultdict(set)
    points: Counter[tuple[str, str]] = Counter()
    for placed in account.placed:
        for mark in placed.score.marks:
            for loss in mark.losses:
                key = (loss.rule, loss.clause)
                sites[key].add(placed.score.standing.site.id)
                points[key] += loss.points  # type: ignore[assignment]
    if not sites:
        return Paragraph(words.t(N_("No judged site lost a point.")))
    gravest = sorted(sites, key=lambda key: (-len(sites[key]), -points[key], key))
    rows = tuple(
        (words.ground(*key), len(sites[key]), round(float(points[key]), 1))
        for key in gravest[:_MOST_GROUNDS]
    )
    return Table(
        words.t(N_("Shortcomings")),
        words.t(N_("What cost points, by the number of sites")),
        (words.t(N_("Ground")), words.t(N_("Sites")), words.t(N_("Points lost in all"))),
        rows,
        frozenset({0}),
    )


def _questions(account: Account, words: Words) -> Paragraph:
    asked = sum(len(standing.questions) for standing in account.standings)
    reviews = sum(standing.reviews for standing in account.standings)
    text = N_(
        "{asked} clauses at all sites can be judged by a person only, and {reviews} places on pages"
        " wait for a person to look. What was answered counts in the points; what was not lowers"
        " none."
    )
    return Paragraph(words.t(text, asked=asked, reviews=reviews))


def _requests(account: Account, words: Words) -> Iterator[Block]:
    failed = [p.score for p in account.placed if p.score.standing.verdict is Verdict.FAIL]
    if failed:
        names = "; ".join(name_of(score) for score in failed[:_MOST_NAMES])
        more = len(failed) - _MOST_NAMES
        if more > 0:
            names += words.t(N_(" and {count} more"), count=more)
        text = N_("To be asked to mend the errors found: {names}.")
        yield Paragraph(words.t(text, names=names))
    if account.unjudged:
        text = N_("To be judged without delay: the {count} sites named on the first page.")
        yield Paragraph(words.t(text, count=len(account.unjudged)))
    values = [p.score.value for p in account.placed if p.place is not None]
    if values:
        text = N_("Mean of the ranked sites: {points} points.")
        mean = sum(value or 0 for value in values) / len(values)
        yield Paragraph(words.t(text, points=say_number(mean, words.lang)))


def runs_table(account: Account, words: Words) -> Table:
    """Every run of the period, so that each number can be traced."""
    rows = tuple(
        (
            run.id,
            format_date(run.as_of.isoformat(), words.lang),
            run.sites,
            f"{run.judged}/{run.planned}",
            words.word(VERDICTS[run.verdict]),
            " ".join(run.law),
            run.version,
            run.archive,
        )
        for run in account.runs
    )
    return Table(
        words.t(N_("Runs")),
        words.t(N_("Runs of the period")),
        (
            words.t(N_("Run")),
            words.t(N_("Day")),
            words.t(N_("Sites")),
            words.t(N_("Pages judged")),
            words.t(N_("Verdict")),
            words.t(N_("Law")),
            words.t(N_("Version")),
            words.t(N_("Archive")),
        ),
        rows,
        frozenset({0, 5}),
    )
