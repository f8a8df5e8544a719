"""This file takes stock of a period: how each site stands, what moved, what was not judged at all.

Every report for people is written from an Account, so that all of them give the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from linter.answers import Answers
from linter.history.criteria import Criteria
from linter.history.lives import Life
from linter.history.period import Period
from linter.history.score import Placed, Score, rank, score
from linter.history.store import History, Run, Standing, last_of_each
from linter.terms import Site


@dataclass(frozen=True)
class Movement:
    """What became of a site's faults in a period. `days` are those that each mended one stood."""

    new: int
    mended: int
    still_open: int
    days: tuple[int, ...]

    @property
    def days_to_mend(self) -> float | None:
        """How long a fault mended in the period had stood, in the middle; None for no such."""
        return median(self.days) if self.days else None


@dataclass(frozen=True)
class Account:
    """One period as the history tells it.

    `placed` holds every site judged in the period, as it stood last, ranked. `before` are the
    scores at the end of the period before. `unjudged` are expected sites that no run of the period
    judged; `left` are ids of judged sites that are no longer expected. `watched` are the open
    faults of the criterion that the criteria set watches, oldest first.
    """

    period: Period
    criteria: Criteria
    runs: tuple[Run, ...]
    placed: tuple[Placed, ...]
    before: Mapping[str, Score]
    movements: Mapping[str, Movement]
    watched: tuple[Life, ...]
    oldest: tuple[Life, ...]
    unjudged: tuple[Site, ...]
    left: frozenset[str]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The last standing of each site judged in the period."""
        return tuple(one.score.standing for one in self.placed)

    def change(self, site: str) -> float | None:
        """How many points a site gained since the period before; None where one is not known."""
        then = self.before[site].value if site in self.before else None
        now = next((p.score.value for p in self.placed if p.score.standing.site.id == site), None)
        return round(now - then, 1) if then is not None and now is not None else None


# How many of the oldest open faults an account keeps.
_OLDEST = 20


def take_account(
    history: History,
    period: Period,
    criteria: Criteria,
    answers: Answers,
    expected: Sequence[Site],
) -> Account:
    """Takes stock of a period; `expected` are the sites that should have been judged in it,
    none where nobody has said which."""
    standings = last_of_each(history.standings(period))
    earlier = last_of_each(history.standings(period.before))
    scores = score_all(history, standings, answers, criteria)
    since = history.first_days()
    judged = {standing.site.id for standing in standings}
    movements: dict[str, Movement] = {}
    still_open: list[Life] = []
    for site in sorted(judged):
        lives = list(history.lives(site, period.end))
        movements[site] = _movement(lives, period)
        still_open.extend(life for life in lives if life.mended is None)
    still_open.sort(key=lambda life: (life.first.day, life.site, life.fault.rule))
    return Account(
        period=period,
        criteria=criteria,
        runs=tuple(history.runs(period)),
        placed=tuple(rank(scores, since, period.end, criteria)),
        before={
            one.standing.site.id: one for one in score_all(history, earlier, answers, criteria)
        },
        movements=movements,
        watched=tuple(life for life in still_open if _is_watched(life, criteria)),
        oldest=tuple(still_open[:_OLDEST]),
        unjudged=tuple(site for site in expected if site.id not in judged),
        left=frozenset(judged - {site.id for site in expected}) if expected else frozenset(),
    )


def score_all(
    history: History, standings: Sequence[Standing], answers: Answers, criteria: Criteria
) -> list[Score]:
    """The score of each of these standings."""
    return [
        score(standing, tallies, history.spoken(standing), answers, criteria)
        for standing, tallies in history.tallies(standings)
    ]


def _movement(lives: Sequence[Life], period: Period) -> Movement:
    def within(day: date) -> bool:
        return period.start <= day <= period.end

    mended = [life for life in lives if life.mended and within(life.mended.day)]
    return Movement(
        new=sum(within(life.first.day) for life in lives),
        mended=len(mended),
        still_open=sum(life.mended is None for life in lives),
        days=tuple(sorted(life.days(period.end) for life in mended)),
    )


def _is_watched(life: Life, criteria: Criteria) -> bool:
    watched = criteria.watched
    return watched.asks_rule(life.fault.rule, "", "none") or any(
        watched.asks_clause(clause) for clause in life.fault.requirements
    )
