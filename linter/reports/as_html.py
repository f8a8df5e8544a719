"""This file writes a report as a static site: an overview of all sites and a page for each.

It needs nothing but its own files and holds under a strict Content-Security-Policy. Lists are
bounded (MOST_CAUSES, MOST_LINES) and say how many more there are; the JSON report has them all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from linter.findings import Finding, PageVerdict, Report, SiteVerdict
from linter.history.background import Background
from linter.reports.charts import Bar, Spark, bars, spark
from linter.reports.html_words import HERE, environment, words
from linter.reports.menders import MOST_CAUSES, group_causes
from linter.reports.wording import Cause, fold_causes, say_omission
from linter.terms import Outcome, Severity, Verdict

STATIC = ("report.css", "report.js")
# No list of lines (pages, facts, mistakes) shows more.
MOST_LINES = 100

_WEIGHTS = (
    (Severity.ERROR, "errors"),
    (Severity.WARNING, "warnings"),
    (Severity.NOTICE, "notices"),
)


@dataclass(frozen=True)
class Row:
    """One site in the overview, with how many findings it has of each weight."""

    said: SiteVerdict
    file: str
    errors: int
    warnings: int
    notices: int
    reviews: int
    untested: int
    behind: Background = field(default_factory=Background)

    @property
    def points(self) -> float | None:
        """Points of a hundred on what was judged; None where nothing was."""
        return self.behind.points[-1][1] if self.behind.points else None

    @property
    def trend(self) -> Spark | None:
        """The points of the site's runs as a line."""
        return spark(self.behind.points)

    @property
    def bar(self) -> list[Bar]:
        """Its findings by weight."""
        return bars([(name, getattr(self, name)) for _, name in _WEIGHTS])


@dataclass(frozen=True)
class Evidence:
    """Pictures of a site: whole pages by address, places of findings by fingerprint."""

    pages: Sequence[tuple[str, bytes]] = ()
    places: Mapping[str, bytes] = field(default_factory=dict)


def write(
    report: Report,
    lang: str,
    mistakes: Sequence[str] = (),
    behind: Mapping[str, Background] | None = None,
    evidence: Mapping[str, Evidence] | None = None,
) -> Mapping[str, bytes]:
    """Every file of the report by name; `mistakes` are lines on what could not be built."""
    behind, evidence = behind or {}, evidence or {}
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.site].append(finding)
    unjudged: dict[str, list[PageVerdict]] = defaultdict(list)
    for page in report.pages:
        if page.why:
            unjudged[page.site].append(page)
    rows = [_row(s, findings[s.site.id], behind.get(s.site.id, Background())) for s in report.sites]
    files = dict(write_overview(report, rows, lang, mistakes))
    told = words(report, lang)
    for row in rows:
        site = row.said.site.id
        seen = evidence.get(site, Evidence())
        files.update(_write_site(row, findings[site], unjudged[site], told, seen))
    return files


def write_overview(
    report: Report, rows: Sequence[Row], lang: str, mistakes: Sequence[str] = ()
) -> Mapping[str, bytes]:
    """The first page, with a row for each site, and what all pages share."""
    shared = [cause for cause in fold_causes(report.findings) if cause.sites > 1]
    verdicts = Counter(row.said.verdict for row in rows)
    text = (
        environment()
        .get_template("index.jinja")
        .render(
            **words(report, lang),
            rows=rows,
            scored=any(row.points is not None for row in rows),
            moved=any(row.trend for row in rows),
            verdicts=bars([(str(verdict), verdicts[verdict]) for verdict in _ORDER]),
            shared=shared[:MOST_CAUSES],
            more_shared=max(0, len(shared) - MOST_CAUSES),
            mistakes=mistakes[:MOST_LINES],
            more_mistakes=max(0, len(mistakes) - MOST_LINES),
        )
    )
    static = {name: (HERE / name).read_bytes() for name in STATIC}
    return {"index.html": text.encode("utf-8", errors="replace"), **static}


_ORDER = (Verdict.PASS, Verdict.FAIL, Verdict.COULD_NOT_TELL)


def write_site(
    report: Report, lang: str, behind: Background, evidence: Evidence
) -> Mapping[str, bytes]:
    """The page of the one site of a report."""
    row = _row(report.sites[0], report.findings, behind)
    unjudged = [page for page in report.pages if page.why]
    return _write_site(row, report.findings, unjudged, words(report, lang), evidence)


def _write_site(
    row: Row,
    findings: Sequence[Finding],
    unjudged: Sequence[PageVerdict],
    told: Mapping[str, object],
    evidence: Evidence,
) -> Mapping[str, bytes]:
    stem = row.file.removesuffix(".html")
    whole = {f"{stem}-{n}.png": png for n, (_, png) in enumerate(evidence.pages, 1)}
    places = {name: f"{stem}-{name}.png" for name in evidence.places}
    causes = fold_causes(tuple(sorted(findings, key=lambda finding: finding.known)))
    by_outcome = {o: [c for c in causes if c.first.outcome is o] for o in Outcome}
    text = environment().get_template("site.jinja").render(
        **told,
        row=row,
        said=row.said,
        name=row.said.site.name or row.said.site.id,
        groups=group_causes(by_outcome[Outcome.FAIL]),
        reviews=_bounded(by_outcome[Outcome.REVIEW]),
        untested=_bounded(by_outcome[Outcome.UNTESTED]),
        unjudged=unjudged[:MOST_LINES],
        more_unjudged=max(0, len(unjudged) - MOST_LINES),
        omitted=[say_omission(omission, str(told["lang"])) for omission in row.said.omitted],
        facts=row.said.facts[:MOST_LINES],
        more_facts=max(0, len(row.said.facts) - MOST_LINES),
        pictures=list(zip(whole, [url for url, _ in evidence.pages], strict=True)),
        places=places,
    )  # fmt: skip
    shown = {places[name]: png for name, png in evidence.places.items()}
    return {row.file: text.encode("utf-8", errors="replace"), **whole, **shown}


def _bounded(causes: Sequence[Cause]) -> tuple[Sequence[Cause], int]:
    return causes[:MOST_CAUSES], max(0, len(causes) - MOST_CAUSES)


def _row(said: SiteVerdict, own: Sequence[Finding], behind: Background) -> Row:
    outcomes = Counter(finding.outcome for finding in own)
    fails = Counter(
        finding.severity
        for finding in own
        if finding.outcome is Outcome.FAIL and not finding.waived
    )
    return Row(
        said,
        file=file_of(said.site.id),
        **{name: fails[severity] for severity, name in _WEIGHTS},
        reviews=outcomes[Outcome.REVIEW],
        untested=outcomes[Outcome.UNTESTED],
        behind=behind,
    )


def file_of(site_id: str) -> str:
    """The name of a site's page beside the overview."""
    return f"site-{''.join(char if char.isalnum() else '-' for char in site_id)}.html"
