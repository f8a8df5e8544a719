"""This file makes the papers on scores: the ranking, and why each site lost its points."""

from __future__ import annotations

from datetime import date

from linter.history.account import Account
from linter.history.score import Mark, Placed, Score
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
from linter.reports.wording import VERDICTS


def name_of(score: Score) -> str:
    """The site's name, or its id where it has none."""
    return score.standing.site.name or score.standing.site.id


def remarks(placed: Placed, account: Account, words: Words) -> str:
    """What a reader must know beside the number: doubt, ties, newness, a site that has left."""
    said = []
    standing = placed.score.standing
    if placed.place is None:
        said.append(words.t(N_("too little judged to be ranked")))
    if placed.tied:
        said.append(words.t(N_("tied")))
    if placed.is_new:
        day = format_date(placed.since.isoformat(), words.lang)
        said.append(words.t(N_("new: first judged on {day}"), day=day))
    if standing.judged < standing.planned:
        missed = standing.planned - standing.judged
        said.append(words.t(N_("{count} pages not judged"), count=missed))
    if standing.site.id in account.left:
        said.append(words.t(N_("no longer in the registry")))
    return "; ".join(said)


def ranking_table(account: Account, words: Words) -> Table:
    """Every judged site by place, with its points, what of them was judged, and its run."""
    rows: list[tuple[Cell, ...]] = []
    for placed in account.placed:
        standing = placed.score.standing
        rows.append(
            (
                placed.place,
                name_of(placed.score),
                words.word(VERDICTS[standing.verdict]),
                placed.score.value,
                round(placed.score.judged, 1),
                account.change(standing.site.id),
                f"{standing.judged}/{standing.planned}",
                remarks(placed, account, words),
                standing.run,
            )
        )
    return Table(
        words.t(N_("Ranking")),
        words.t(N_("Sites by points; equal points share a place")),
        (
            words.t(N_("Place")),
            words.t(N_("Site")),
            words.t(N_("Verdict")),
            words.t(N_("Points of 100")),
            words.t(N_("Points judged")),
            words.t(N_("Change")),
            words.t(N_("Pages judged")),
            words.t(N_("Remarks")),
            words.t(N_("Run")),
        ),
        tuple(rows),
        frozenset({1, 7}),
    )


def commendations(account: Account, words: Words) -> list[Block]:
    """Whom the criteria set proposes for commendation, and by what."""
    criteria = account.criteria
    good = [placed for placed in account.placed if placed.commended]
    blocks: list[Block] = [
        Paragraph(
            words.t(
                N_(
                    "Proposed are sites within the first {places} places, of {points} points or"
                    " more, whose verdict is pass."
                ),
                places=criteria.commend_places,
                points=f"{criteria.commend_points:g}",
            )
        )
    ]
    crowd = [placed for placed in account.placed if placed.crowded]
    if crowd:
        text = N_(
            "{count} sites share place {place} with {points} points, more than the {places} places"
            " hold. Points alone do not tell them apart, so none of them is proposed; who decides"
            " may choose among them by other evidence."
        )
        params = {"count": len(crowd), "place": crowd[0].place, "places": criteria.commend_places}
        points = say_number(crowd[0].score.value or 0.0, words.lang)
        blocks.append(Paragraph(words.t(text, points=points, **params)))
    elif not good:
        blocks.append(Paragraph(words.t(N_("No site fulfils this in the period."))))
    for placed in good:
        text = N_("{site}: place {place}, {points} points.")
        points = f"{placed.score.value:.1f}"
        blocks.append(
            Paragraph(
                words.t(
                    text,
                    site=name_of(placed.score),
                    place=placed.place,
                    points=points.replace(".", ",") if words.lang == "vi" else points,
                )
            )
        )
    return blocks


def by_what(account: Account, words: Words) -> Paragraph:
    """Which criteria set gave the points, and how doubt was treated."""
    criteria = account.criteria
    return Paragraph(
        words.t(
            N_(
                "Points by “{title}” ({id}, {decision}, content {digest}). What could not be told"
                " lowers no score: points are given on what was judged, and how much that was"
                " stands beside them. Findings accepted by a waiver cost points all the same. A"
                " site is ranked when at least {least} points could be judged."
            ),
            title=criteria.title[words.lang],
            id=criteria.id,
            decision=criteria.decision or words.t(N_("not yet decided by the province")),
            digest=criteria.digest,
            least=f"{criteria.least_judged:g}",
        )
    )


def ranking(
    account: Account, words: Words, head: Letterhead, day: date, notes: tuple[str, ...]
) -> Paper:
    """The ranking of a period with proposals for commendation."""
    return Paper(
        words.t(N_("Report")),
        words.t(N_("Ranking of portals, {period}"), period=say_period(account, words)),
        head,
        day,
        notes,
        (
            Heading(words.t(N_("1. How points were given"))),
            by_what(account, words),
            Heading(words.t(N_("2. Proposals for commendation"))),
            *commendations(account, words),
        ),
        (Heading(words.t(N_("Annex: ranking"))), ranking_table(account, words)),
    )


def say_period(account: Account, words: Words) -> str:
    """The period in words."""
    period = account.period
    text = {
        0: N_("year {year}"),
        1: N_("first half of {year}"),
        2: N_("second half of {year}"),
    }[period.half]
    return words.t(text, year=period.year)


def scores(
    account: Account, words: Words, day: date, notes: tuple[str, ...], site: str = ""
) -> Paper:
    """Each site's points by criterion, and why each point was lost."""
    chosen = [p.score for p in account.placed if site in ("", p.score.standing.site.id)]
    body: list[Block] = [by_what(account, words)]
    if not site:
        body.append(ranking_table(account, words))
    for score in chosen:
        body.append(Heading(name_of(score)))
        body.append(_marks_table(score, words))
        lost = _loss_table(score, words)
        body.append(lost if lost.rows else Paragraph(words.t(N_("No point was lost."))))
    return Paper(
        words.t(N_("Report")),
        words.t(N_("Points of portals, {period}"), period=say_period(account, words)),
        Letterhead(),
        day,
        notes,
        tuple(body),
    )


def _marks_table(score: Score, words: Words) -> Table:
    rows = [_mark_row(mark, words) for mark in score.marks]
    points = round(sum(mark.points for mark in score.marks), 1)
    total = (words.t(N_("Total")), points, round(score.judged, 1), 100, "")
    return Table(
        score.standing.site.id,
        words.t(N_("Run {run} of {day}"), run=score.standing.run, day=_day(score, words)),
        (
            words.t(N_("Criterion")),
            words.t(N_("Points")),
            words.t(N_("Points judged")),
            words.t(N_("Points at most")),
            words.t(N_("Could not be told")),
        ),
        (*rows, total),
        frozenset({0, 4}),
    )


def _day(score: Score, words: Words) -> str:
    return format_date(score.standing.as_of.isoformat(), words.lang)


def _mark_row(mark: Mark, words: Words) -> tuple[Cell, ...]:
    doubt = ", ".join(mark.doubts)
    if mark.judged == 0 and not doubt:
        doubt = words.t(N_("nothing of it was looked at"))
    title = mark.criterion.title[words.lang]
    judged = round(mark.judged, 1)
    return (
        title,
        round(mark.points, 1) if mark.judged else None,
        judged,
        round(mark.criterion.points, 1),
        doubt,
    )


def _loss_table(score: Score, words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for mark in score.marks:
        for loss in mark.losses:
            rows.append(
                (
                    mark.criterion.title[words.lang],
                    words.ground(loss.rule, loss.clause),
                    f"{loss.failed}/{loss.total}",
                    round(-loss.points, 3),
                )
            )
    return Table(
        f"{score.standing.site.id} –",
        words.t(N_("Why points were lost")),
        (
            words.t(N_("Criterion")),
            words.t(N_("Ground")),
            words.t(N_("Places that break it")),
            words.t(N_("Points lost")),
        ),
        tuple(rows),
        frozenset({0, 1}),
    )
