"""This file holds the tables of the history: what is remembered of each run, and never changed.

Only rows are added. The migrations beside this file make the tables; a test holds both alike.
Text is TEXT and numbers are INTEGER or REAL, which SQLite's STRICT tables and PostgreSQL share;
days are ISO 8601 text, lists and mappings are JSON text.
"""

from __future__ import annotations

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
)

metadata = MetaData()
# Columns of `site`: unwaived fails by severity, waived fails, reviews and untested targets.
FINDING_COUNTS = ("errors", "warnings", "notices", "waived", "reviews", "untested")


def _report_key() -> Column[int]:
    return Column("report", Integer, ForeignKey("report.number"), primary_key=True)


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _count(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=False, autoincrement=False)


# One run: all that was judged together. `id` is made of its content, `number` orders runs of a day.
report = Table(
    "report",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("id"),
    _text("as_of"),
    _text("law"),
    _text("verdict"),
    _count("planned"),
    _count("judged"),
    _text("canary"),
    _text("browser"),
    _text("axe"),
    _text("version"),
    _text("archive"),
    Column("recorded_at", Text, nullable=False, server_default=func.current_timestamp()),
    UniqueConstraint("id", name="report_id"),
    Index("report_as_of", "as_of", "number"),
    sqlite_strict=True,
)

# One site as one run saw it; `questions` are the clauses that waited for a person.
site = Table(
    "site",
    metadata,
    _report_key(),
    _text("site", key=True),
    _text("url"),
    _text("kind"),
    _text("body"),
    _text("name"),
    _text("verdict"),
    _count("planned"),
    _count("judged"),
    _text("canary"),
    *map(_count, FINDING_COUNTS),
    _text("questions"),
    Index("site_reports", "site", "report"),
    sqlite_strict=True,
)

# The rules that could have spoken: a fault is mended only where its rule looked and was silent.
rule = Table(
    "rule",
    metadata,
    _report_key(),
    _text("rule", key=True),
    _text("family"),
    _text("engine"),
    _text("severity"),
    sqlite_strict=True,
)

# How many targets and pages came out how, by rule and clause ("" for none).
tally = Table(
    "tally",
    metadata,
    _report_key(),
    _text("site", key=True),
    _text("rule", key=True),
    _text("requirement", key=True),
    _text("outcome", key=True),
    _text("severity", key=True),
    _count("waived", key=True),
    _count("targets"),
    _count("pages"),
    sqlite_strict=True,
)

# Each target that failed, wants a person or could not be tested. `ordinal` counts in the run.
finding = Table(
    "finding",
    metadata,
    _report_key(),
    _count("ordinal", key=True),
    _text("site"),
    _text("fingerprint"),
    _text("rule"),
    _text("requirements"),
    _text("outcome"),
    _text("severity"),
    _text("page"),
    _text("selector"),
    _text("snippet"),
    _text("file"),
    _count("line"),
    _text("message"),
    _text("params"),
    _text("waived"),
    Index("finding_site", "site", "report"),
    sqlite_strict=True,
)

# Each page that should have been judged and was not.
unjudged = Table(
    "unjudged",
    metadata,
    _report_key(),
    _count("ordinal", key=True),
    _text("site"),
    _text("url"),
    _text("why"),
    sqlite_strict=True,
)

# What each site said of itself.
fact = Table(
    "fact",
    metadata,
    _report_key(),
    _count("ordinal", key=True),
    _text("site"),
    _text("kind"),
    _text("value"),
    _text("page"),
    _text("selector"),
    Column("confidence", REAL, nullable=False),
    sqlite_strict=True,
)
