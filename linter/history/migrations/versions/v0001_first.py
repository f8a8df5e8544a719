"""This migration makes the first tables and the view of each site's latest run."""

import sqlalchemy as sa
from alembic import op

revision = "v0001"
down_revision = None


def _text(name: str, *, key: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _count(name: str, *, key: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer, primary_key=key, nullable=False, autoincrement=False)


def _report() -> "sa.Column[int]":
    return sa.Column("report", sa.Integer, sa.ForeignKey("report.number"), primary_key=True)


def upgrade() -> None:
    """Adds everything."""
    op.create_table(
        "report",
        sa.Column("number", sa.Integer, primary_key=True),
        *map(_text, ("id", "as_of", "law", "verdict")),
        *map(_count, ("planned", "judged")),
        *map(_text, ("canary", "browser", "axe", "version", "archive")),
        sa.Column(
            "recorded_at", sa.Text, nullable=False, server_default=sa.func.current_timestamp()
        ),
        sa.UniqueConstraint("id", name="report_id"),
        sqlite_strict=True,
    )
    op.create_index("report_as_of", "report", ["as_of", "number"])
    op.create_table(
        "site",
        _report(),
        _text("site", key=True),
        *map(_text, ("url", "kind", "body", "name", "verdict")),
        *map(_count, ("planned", "judged")),
        _text("canary"),
        *map(_count, ("errors", "warnings", "notices", "waived", "reviews", "untested")),
        _text("questions"),
        sqlite_strict=True,
    )
    op.create_index("site_reports", "site", ["site", "report"])
    op.create_table(
        "rule",
        _report(),
        _text("rule", key=True),
        *map(_text, ("family", "engine", "severity")),
        sqlite_strict=True,
    )
    op.create_table(
        "tally",
        _report(),
        *(_text(name, key=True) for name in ("site", "rule", "requirement", "outcome", "severity")),
        _count("waived", key=True),
        *map(_count, ("targets", "pages")),
        sqlite_strict=True,
    )
    op.create_table(
        "finding",
        _report(),
        _count("ordinal", key=True),
        *map(_text, ("site", "fingerprint", "rule", "requirements", "outcome", "severity")),
        *map(_text, ("page", "selector", "snippet", "file")),
        _count("line"),
        *map(_text, ("message", "params", "waived")),
        sqlite_strict=True,
    )
    op.create_index("finding_site", "finding", ["site", "report"])
    op.create_table(
        "unjudged",
        _report(),
        _count("ordinal", key=True),
        *map(_text, ("site", "url", "why")),
        sqlite_strict=True,
    )
    op.create_table(
        "fact",
        _report(),
        _count("ordinal", key=True),
        *map(_text, ("site", "kind", "value", "page", "selector")),
        sa.Column("confidence", sa.REAL, nullable=False),
        sqlite_strict=True,
    )
    op.execute(
        """
        CREATE VIEW latest AS
        SELECT site, report, as_of FROM (
            SELECT site.site, site.report, report.as_of, row_number() OVER (
                PARTITION BY site.site ORDER BY report.as_of DESC, report.number DESC
            ) AS age
            FROM site JOIN report ON report.number = site.report
        ) AS aged WHERE age = 1
        """
    )
