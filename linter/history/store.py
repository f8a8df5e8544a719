"""This file is the history: it opens the database, adds runs to it, and reads them back.

SQLite by default, PostgreSQL by address. Rows are added and never changed, so what was reported
can be traced to the run that said it for as long as the database is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from linter.errors import Mistake, UserError
from linter.findings import Report
from linter.history import tables
from linter.history.lives import Life, Look, Moment, Sighting, follow
from linter.history.opening import connect, shown
from linter.history.period import Period
from linter.history.rows import detail_rows, name_run, report_row
from linter.messages import N_
from linter.model import Canary
from linter.terms import Outcome, Site, Verdict

# Rows sent to the database at once, so that memory stays flat whatever a run's size.
_BATCH = 2000


@dataclass(frozen=True)
class Run:
    """One run as it is listed: what was judged together, when, by which law."""

    id: str
    as_of: date
    law: tuple[str, ...]
    verdict: Verdict
    planned: int
    judged: int
    canary: Canary
    archive: str
    version: str
    recorded_at: str
    sites: int


@dataclass(frozen=True)
class Standing:
    """How one site stood in one run. `errors`, `warnings` and `notices` are without `waived`."""

    number: int
    run: str
    as_of: date
    site: Site
    verdict: Verdict
    planned: int
    judged: int
    canary: Canary
    errors: int
    warnings: int
    notices: int
    waived: int
    reviews: int
    untested: int
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How many targets of a site came out how in a run, by rule and clause ("" for none)."""

    rule: str
    requirement: str
    outcome: Outcome
    severity: str
    waived: bool
    targets: int
    pages: int


@dataclass(frozen=True)
class Spoken:
    """A rule that could have spoken in a run."""

    family: str
    engine: str


class History:
    """A database of runs. Raises UserError where it cannot be written or read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, report: Report, archive_digest: str = "") -> str:
        """Remembers a run and returns its id; a run that is known already changes nothing.

        `archive_digest` names the archive of the crawl that was judged, where there is one.
        """
        _refuse_namesakes(report, shown(self._engine))
        run = name_run(report, archive_digest)
        try:
            with self._writing() as connection:
                if _number(connection, run) is None:
                    row = {"id": run, **report_row(report, archive_digest)}
                    result = connection.execute(sa.insert(tables.report).values(row))
                    assert result.inserted_primary_key is not None
                    _add_details(connection, int(result.inserted_primary_key[0]), report)
        except IntegrityError:  # another process has just added the same run
            with self._reading() as connection:
                if _number(connection, run) is None:
                    raise
        return run

    def runs(self, period: Period | None = None) -> list[Run]:
        """The runs of a period, or all, in order."""
        table = tables.report
        sites = sa.select(sa.func.count()).where(tables.site.c.report == table.c.number)
        query = _in_period(sa.select(table, sites.scalar_subquery().label("sites")), period)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(table.c.as_of, table.c.number)).mappings()
            return [_run(row) for row in rows]

    def first_days(self) -> Mapping[str, date]:
        """The day of each site's first run."""
        query = (
            sa.select(tables.site.c.site, sa.func.min(tables.report.c.as_of).label("day"))
            .join(tables.report)
            .group_by(tables.site.c.site)
        )
        with self._reading() as connection:
            rows = connection.execute(query)
            return {row.site: date.fromisoformat(row.day) for row in rows}

    def trend(self, site: str) -> list[Standing]:
        """How a site stood in each of its runs, oldest first."""
        return self.standings(site=site)

    def standings(self, period: Period | None = None, site: str = "") -> list[Standing]:
        """How each site stood in each run of a period, oldest first."""
        query = _in_period(
            sa.select(tables.site, tables.report.c.id, tables.report.c.as_of).join(tables.report),
            period,
        )
        if site:
            query = query.where(tables.site.c.site == site)
        order = (tables.report.c.as_of, tables.report.c.number, tables.site.c.site)
        with self._reading() as connection:
            return [
                standing_of(row) for row in connection.execute(query.order_by(*order)).mappings()
            ]

    def tallies(self, standings: Sequence[Standing]) -> Iterator[tuple[Standing, list[Tally]]]:
        """The tallies of each of these standings."""
        table = tables.tally
        with self._reading() as connection:
            for standing in standings:
                query = sa.select(table).where(
                    table.c.report == standing.number, table.c.site == standing.site.id
                )
                rows = connection.execute(query).mappings()
                yield standing, [tally_of(row) for row in rows]

    def spoken(self, standing: Standing) -> Mapping[str, Spoken]:
        """The rules that could have spoken in that run, by id."""
        table = tables.rule
        query = sa.select(table.c.rule, table.c.family, table.c.engine)
        with self._reading() as connection:
            rows = connection.execute(query.where(table.c.report == standing.number))
            return {row.rule: Spoken(row.family, row.engine) for row in rows}

    def facts(self, standing: Standing) -> list[tuple[str, str, str]]:
        """What the site said of itself in that run, surest first: kind, value, page."""
        table = tables.fact
        query = (
            sa.select(table.c.kind, table.c.value, table.c.page)
            .where(table.c.report == standing.number, table.c.site == standing.site.id)
            .order_by(table.c.confidence.desc(), table.c.ordinal)
        )
        with self._reading() as connection:
            return [(row.kind, row.value, row.page) for row in connection.execute(query)]

    def lives(self, site: str, until: date | None = None) -> Iterator[Life]:
        """The life of each fault of a site, as its runs up to a day tell it."""
        standings = [s for s in self.trend(site) if until is None or s.as_of <= until]
        with self._reading() as connection:
            yield from follow(site, (_look(connection, standing) for standing in standings))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        message = N_("The history could not be written, and stays as it was ({error}).")
        with self._told(message), self._engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            self._told(N_("The history could not be read ({error}).")),
            self._engine.connect() as connection,
        ):
            yield connection

    @contextmanager
    def _told(self, message: str) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            params = {"error": str(getattr(error, "orig", error)).strip().split("\n")[0]}
            raise UserError(Mistake(shown(self._engine), 0, message, params)) from error


def open_history(where: str, *, create: bool = True) -> History:
    """Opens a history by the path of a SQLite file or the address of a database.

    Makes or brings up to date what is there; with `create` False, a missing file is a mistake.
    Raises UserError.
    """
    return History(connect(where, create=create))


def last_of_each(standings: Sequence[Standing]) -> list[Standing]:
    """Each site's last standing among these (oldest first), by the site's id."""
    last = {standing.site.id: standing for standing in standings}
    return [last[site] for site in sorted(last)]


def _in_period(query: sa.Select[Any], period: Period | None) -> sa.Select[Any]:
    if period is None:
        return query
    day = tables.report.c.as_of
    return query.where(day.between(period.start.isoformat(), period.end.isoformat()))


def _number(connection: Connection, run: str) -> int | None:
    query = sa.select(tables.report.c.number).where(tables.report.c.id == run)
    return connection.execute(query).scalar_one_or_none()


def _add_details(connection: Connection, number: int, report: Report) -> None:
    for name, rows in detail_rows(report):
        table = tables.metadata.tables[name]
        while batch := [{"report": number, **row} for row in islice(rows, _BATCH)]:
            if connection.dialect.name == "postgresql":
                _copy(connection, table, batch)
            else:
                connection.execute(sa.insert(table), batch)


def _copy(connection: Connection, table: sa.Table, batch: Sequence[Mapping[str, Any]]) -> None:
    """PostgreSQL takes many rows several times faster by COPY than by one INSERT a row."""
    quote = connection.dialect.identifier_preparer.quote
    names = list(batch[0])
    cursor: Any = connection.connection.cursor()
    columns = ", ".join(quote(name) for name in names)
    with cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
        for row in batch:
            copy.write_row([row[name] for name in names])


def _refuse_namesakes(report: Report, where: str) -> None:
    names = [said.site.id for said in report.sites]
    for name in names:
        if names.count(name) > 1:
            message = N_("Two sites of this run are called {site}; judge them in two runs.")
            raise UserError(Mistake(where, 0, message, {"site": name}))


def _run(row: RowMapping) -> Run:
    return Run(
        id=row["id"],
        as_of=date.fromisoformat(row["as_of"]),
        law=tuple(row["law"].split()),
        verdict=Verdict(row["verdict"]),
        planned=row["planned"],
        judged=row["judged"],
        canary=Canary(row["canary"]),
        archive=row["archive"],
        version=row["version"],
        recorded_at=row["recorded_at"],
        sites=row["sites"],
    )


def standing_of(row: RowMapping | Mapping[str, Any]) -> Standing:
    """A row of the table `site`, with its run's id and day, as a Standing."""
    return Standing(
        number=row["report"],
        run=row["id"],
        as_of=date.fromisoformat(row["as_of"]),
        site=Site(row["site"], row["url"], row["kind"], row["body"], row["name"]),
        verdict=Verdict(row["verdict"]),
        planned=row["planned"],
        judged=row["judged"],
        canary=Canary(row["canary"]),
        **{name: row[name] for name in tables.FINDING_COUNTS},
        questions=tuple(json.loads(row["questions"])),
    )


def tally_of(row: RowMapping | Mapping[str, Any]) -> Tally:
    """A row of the table `tally`."""
    return Tally(
        rule=row["rule"],
        requirement=row["requirement"],
        outcome=Outcome(row["outcome"]),
        severity=row["severity"],
        waived=bool(row["waived"]),
        targets=row["targets"],
        pages=row["pages"],
    )


def _look(connection: Connection, standing: Standing) -> Look:
    finding, rule, unjudged = tables.finding, tables.rule, tables.unjudged
    number, site = standing.number, standing.site.id
    faults = connection.execute(
        sa.select(finding)
        .where(finding.c.report == number, finding.c.site == site)
        .where(finding.c.outcome == str(Outcome.FAIL))
        .order_by(finding.c.ordinal)
    ).mappings()
    rules = sa.select(rule.c.rule).where(rule.c.report == number)
    missed = sa.select(unjudged.c.url).where(unjudged.c.report == number, unjudged.c.site == site)
    return Look(
        Moment(standing.run, standing.as_of),
        tuple(_sighting(row) for row in faults),
        frozenset(connection.execute(rules).scalars()),
        frozenset(connection.execute(missed).scalars()),
    )


def _sighting(row: RowMapping) -> Sighting:
    return Sighting(
        fingerprint=row["fingerprint"],
        rule=row["rule"],
        severity=row["severity"],
        requirements=tuple(row["requirements"].split()),
        page=row["page"],
        message=row["message"],
        params=json.loads(row["params"]),
        waived=row["waived"],
    )
