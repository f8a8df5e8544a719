"""This file says what stands behind a report: each site's points, how they went, since when faults.

The points of the run itself follow from the report alone; what was before, from the history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from linter.answers import Answers
from linter.findings import Report
from linter.history.account import score_all
from linter.history.criteria import Criteria
from linter.history.rows import detail_rows
from linter.history.score import Score, score
from linter.history.store import History, Spoken, Tally, standing_of, tally_of

# How many earlier days a trend shows.
_DAYS = 24


@dataclass(frozen=True)
class Background:
    """One site: its score now, its points by day (oldest first, with the day of the report), and
    the day since which each open fault stands, by fingerprint."""

    score: Score | None = None
    points: tuple[tuple[date, float], ...] = ()
    since: Mapping[str, date] = field(default_factory=dict)


def score_report(report: Report, answers: Answers, criteria: Criteria) -> Mapping[str, Score]:
    """The score of each site of a report, by its id; the same as the history would give."""
    rows = {
        name: list(found)
        for name, found in detail_rows(report)
        if name in ("site", "rule", "tally")
    }
    spoken = {row["rule"]: Spoken(row["family"], row["engine"]) for row in rows["rule"]}
    tallies: dict[str, list[Tally]] = defaultdict(list)
    for row in rows["tally"]:
        tallies[row["site"]].append(tally_of(row))
    run = {"report": 0, "id": "", "as_of": report.as_of.isoformat()}
    standings = [standing_of({**row, **run}) for row in rows["site"]]
    return {
        one.site.id: score(one, tallies[one.site.id], spoken, answers, criteria)
        for one in standings
    }


def look_back(
    report: Report, history: History | None, answers: Answers, criteria: Criteria
) -> Mapping[str, Background]:
    """What stands behind a report, by site; without a history, the points of this run alone."""
    found = {}
    for site, own in score_report(report, answers, criteria).items():
        points = dict(_points(history, site, report.as_of, answers, criteria))
        if own.value is not None:
            points[report.as_of] = own.value
        since = {}
        if history is not None:
            lives = history.lives(site, report.as_of)
            since = {life.fault.fingerprint: life.first.day for life in lives if not life.mended}
        found[site] = Background(own, tuple(sorted(points.items())), since)
    return found


def look_back_on(
    site: str, until: date, history: History, answers: Answers, criteria: Criteria
) -> Background:
    """What the history alone tells of a site."""
    return Background(points=_points(history, site, until, answers, criteria))


def _points(
    history: History | None, site: str, until: date, answers: Answers, criteria: Criteria
) -> tuple[tuple[date, float], ...]:
    """The points of a site's last run on each day up to `until`."""
    if history is None:
        return ()
    last = {one.as_of: one for one in history.trend(site) if one.as_of <= until}
    standings = [last[day] for day in sorted(last)[-_DAYS:]]
    scores = score_all(history, standings, answers, criteria)
    return tuple((one.standing.as_of, one.value) for one in scores if one.value is not None)
