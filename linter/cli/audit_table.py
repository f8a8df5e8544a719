"""This file tells how an audit ended: a table on the screen, and the first page of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from linter.atomic import write_files
from linter.audit import Row
from linter.cli.command import tell
from linter.findings import Report, SiteVerdict
from linter.history.background import Background
from linter.messages import N_, say_reason, translate
from linter.model import Canary
from linter.reports import as_html
from linter.reports.wording import VERDICTS
from linter.terms import Site, Verdict, fold_verdicts

_COLUMNS = (
    N_("Site"),
    N_("Verdict"),
    N_("Pages judged"),
    N_("Errors"),
    N_("Warnings"),
    N_("For a person"),
    N_("Not judged"),
    N_("Remark"),
)


def write_overview(
    folder: Path,
    rows: Sequence[Row],
    sites: Sequence[Site],
    as_of: date,
    lang: str,
    behind: Mapping[str, Background],
) -> None:
    """The first page of the report, made of rows: the sites' own pages stand beside it."""
    kinds = {site.id: site for site in sites}
    said = [
        SiteVerdict(kinds[row.id], row.verdict, row.planned, row.judged, Canary(row.canary))
        for row in rows
    ]
    report = Report(
        as_of=as_of,
        law=rows[0].law,
        verdict=fold_verdicts(row.verdict for row in rows),
        rules=(),
        sites=tuple(said),
        pages=(),
        findings=(),
        axe=next((row.axe for row in rows if row.axe), ""),
        browser=next((row.browser for row in rows if row.browser), ""),
    )
    lines = [
        as_html.Row(
            one,
            as_html.file_of(row.id),
            row.errors,
            row.warnings,
            row.notices,
            row.reviews,
            row.untested,
            behind[row.id],
        )
        for one, row in zip(said, rows, strict=True)
    ]
    write_files(folder, as_html.write_overview(report, lines, lang))


def show(rows: Sequence[Row], lang: str) -> None:
    """The table at the end, in the order of the inventory."""
    table = Table(show_lines=False)
    for number, heading in enumerate(_COLUMNS):
        table.add_column(
            translate(heading, lang, "reports"), justify="right" if 2 <= number <= 6 else "left"
        )
    for row in rows:
        table.add_row(
            row.name or row.id,
            translate(VERDICTS[row.verdict], lang, "reports"),
            f"{row.judged}/{row.planned}",
            *(str(count) for count in (row.errors, row.warnings, row.reviews, row.untested)),
            say_reason(row.why, row.params or {}, lang) if row.why else "",
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    console.print(table)
    params = {
        "sites": len(rows),
        **{str(verdict): sum(row.verdict is verdict for row in rows) for verdict in Verdict},
    }
    params["unknown"] = params.pop("could-not-tell")
    tell(N_("{sites} sites: {pass} pass, {fail} fail, {unknown} could not be told."), params, lang)
