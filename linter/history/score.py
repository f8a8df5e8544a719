"""This file scores sites by a criteria set, and ranks them: pure functions of remembered rows.

What could not be told lowers no score: points are given on what was judged, and what was not is
counted beside them. A finding accepted by a waiver costs points all the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linter.answers import Answers
from linter.history.criteria import Criteria, Criterion
from linter.history.store import Spoken, Standing, Tally
from linter.model import Canary
from linter.terms import Outcome, Verdict


@dataclass(frozen=True)
class Loss:
    """Points lost for one ground: `failed` of `total` places broke the rule or clause.

    `rule` is empty where a person answered that the clause is broken.
    """

    rule: str
    clause: str
    points: float
    failed: int
    total: int


@dataclass(frozen=True)
class Mark:
    """What one criterion gave: `points` of `judged`, which is less than its points in doubt.

    `doubts` are the clauses and rules that could not be told; with nothing judged it may be empty.
    """

    criterion: Criterion
    judged: float
    points: float
    losses: tuple[Loss, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """The points of one site in one run."""

    standing: Standing
    marks: tuple[Mark, ...]

    @property
    def judged(self) -> float:
        """How many of the hundred points could be judged."""
        return sum(mark.judged for mark in self.marks)

    @property
    def value(self) -> float | None:
        """Points of a hundred on what was judged, as printed; None where nothing was."""
        if self.judged == 0:
            return None
        return round(100 * sum(mark.points for mark in self.marks) / self.judged, 1)


@dataclass(frozen=True)
class Placed:
    """A site in the ranking; `place` is None where too little was judged.

    `tied` says that another site has the same place, `since` is the day of its first run.
    `commended`: the criteria set proposes it. `crowded`: it has the points for that, but so many
    have the same that not all of them fit within the places: none of these is proposed.
    """

    score: Score
    place: int | None
    tied: bool
    since: date
    is_new: bool
    commended: bool
    crowded: bool = False


def score(
    standing: Standing,
    tallies: Sequence[Tally],
    spoken: Mapping[str, Spoken],
    answers: Answers,
    criteria: Criteria,
) -> Score:
    """Scores a site as one run saw it; `spoken` are the rules that could have spoken there."""
    marks = []
    for criterion in criteria.criteria:
        if criterion.measure == "share":
            grounds = _grounds(standing, tallies, answers, criterion)
            marks.append(_share(criterion, grounds))
        else:
            marks.append(_deduct(standing, tallies, spoken, criterion))
    return Score(standing, tuple(marks))


@dataclass(frozen=True)
class _Ground:
    """One clause or rule that a share of the points hangs on."""

    rule: str
    clause: str
    passed: int
    failed: int


def _grounds(
    standing: Standing, tallies: Iterable[Tally], answers: Answers, criterion: Criterion
) -> list[_Ground]:
    counts: dict[tuple[str, str], dict[Outcome, int]] = defaultdict(lambda: defaultdict(int))
    for tally in tallies:
        if criterion.asks_clause(tally.requirement):
            key = (tally.rule, tally.requirement)
        elif criterion.asks_rule(tally.rule, "", "none"):
            key = (tally.rule, "")
        else:
            continue
        counts[key][tally.outcome] += tally.targets
    grounds = [
        _Ground(rule, clause, count[Outcome.PASS], count[Outcome.FAIL])
        for (rule, clause), count in sorted(counts.items())
    ]
    for clause in standing.questions:
        if criterion.asks_clause(clause):
            answer = answers.to_clause(standing.site.id, clause, standing.as_of)
            said = answer.outcome if answer else ""
            grounds.append(_Ground("", clause, int(said == "pass"), int(said == "fail")))
    return grounds


def _share(criterion: Criterion, grounds: Sequence[_Ground]) -> Mark:
    judged = points = 0.0
    losses, doubts = [], []
    for ground in grounds:
        each = criterion.points / len(grounds)
        total = ground.passed + ground.failed
        if not total:
            doubts.append(ground.clause or ground.rule)
            continue
        lost = each * ground.failed / total
        judged += each
        points += each - lost
        if lost:
            losses.append(Loss(ground.rule, ground.clause, lost, ground.failed, total))
    return Mark(criterion, judged, points, _dearest_first(losses), tuple(doubts))


def _deduct(
    standing: Standing,
    tallies: Iterable[Tally],
    spoken: Mapping[str, Spoken],
    criterion: Criterion,
) -> Mark:
    asked = {
        rule for rule, card in spoken.items() if criterion.asks_rule(rule, card.family, card.engine)
    }
    void = criterion.engine == "browser" and standing.canary is not Canary.SEEN
    if not asked or not standing.judged or void:
        return Mark(criterion, 0.0, 0.0, (), ())
    by_rule: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.rule in asked:
            by_rule[tally.rule].append(tally)
    losses, doubts = [], []
    left = criterion.points
    for rule, own in sorted(by_rule.items()):
        if any(tally.outcome is Outcome.UNTESTED for tally in own):
            doubts.append(rule)
        loss = _cost(rule, _one_clause(own), standing, criterion)
        if loss and loss.points and left > 0:
            taken = min(left, loss.points)
            left -= taken
            losses.append(Loss(rule, "", taken, loss.failed, loss.total))
    return Mark(criterion, criterion.points, left, _dearest_first(losses), tuple(doubts))


def _one_clause(tallies: Sequence[Tally]) -> list[Tally]:
    """The tallies under one clause: a target under two clauses is still one target."""
    first = min(tally.requirement for tally in tallies)
    return [tally for tally in tallies if tally.requirement == first]


def _cost(
    rule: str, tallies: Sequence[Tally], standing: Standing, criterion: Criterion
) -> Loss | None:
    """What a broken rule costs: its severity's price by the share of places that break it."""
    fails = [tally for tally in tallies if tally.outcome is Outcome.FAIL]
    if not fails:
        return None
    failed = sum(tally.targets for tally in fails)
    total = failed + sum(t.targets for t in tallies if t.outcome is Outcome.PASS)
    if total == failed:  # the rule counts no passes: weigh it by pages
        failed, total = min(sum(t.pages for t in fails), standing.judged), standing.judged
    price = max(criterion.deduct[tally.severity] for tally in fails)
    return Loss(rule, "", price * failed / total, failed, total)


def _dearest_first(losses: list[Loss]) -> tuple[Loss, ...]:
    return tuple(sorted(losses, key=lambda loss: (-loss.points, loss.clause, loss.rule)))


def rank(
    scores: Sequence[Score], since: Mapping[str, date], end: date, criteria: Criteria
) -> list[Placed]:
    """Sites by points, best first; equal points as printed share a place, and the next is left out.

    Sites of which too little was judged come last, without a place.
    """
    young = end - timedelta(days=criteria.new_for_days)
    able = [s for s in scores if s.value is not None and s.judged >= criteria.least_judged]
    able.sort(key=lambda s: (-(s.value or 0), s.standing.site.id))
    values = [s.value or 0.0 for s in able]
    able_to_pass = Counter(s.value for s in able if s.standing.verdict is Verdict.PASS)
    placed = []
    for one, value in zip(able, values, strict=True):
        place = values.index(value) + 1
        first = since[one.standing.site.id]
        worthy = value >= criteria.commend_points and place <= criteria.commend_places
        good = worthy and one.standing.verdict is Verdict.PASS
        fits = place - 1 + able_to_pass[value] <= criteria.commend_places
        tied = values.count(value) > 1
        placed.append(
            Placed(one, place, tied, first, first > young, good and fits, good and not fits)
        )
    for one in sorted(scores, key=lambda s: s.standing.site.id):
        if one not in able:
            first = since[one.standing.site.id]
            placed.append(Placed(one, None, False, first, first > young, False))
    return placed
