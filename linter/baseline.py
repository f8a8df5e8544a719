"""This file compares a run with an earlier one: what is new, what is still open, what was mended.

The baseline is the JSON report of the earlier run. Its faults are told and fail nothing, so that
an old site can be held to the rules from today on; each is known by its fingerprint, not counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.findings import Report
from linter.messages import N_
from linter.terms import Outcome, Verdict

SCHEMA = "congtin.report/1"


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that failed in the earlier run; `text` says it in words."""

    rule: str
    site: str
    page: str
    text: str


@dataclass(frozen=True)
class Baseline:
    """The faults of an earlier run by fingerprint, and what it left to a person; or nothing."""

    faults: Mapping[str, Fault] = field(default_factory=dict)
    reviews: frozenset[str] = frozenset()

    @property
    def fingerprints(self) -> frozenset[str]:
        """What the judge knows already."""
        return self.reviews.union(self.faults)


def read_baseline(path: Path) -> Baseline:
    """The faults of a JSON report (congtin.report/1). Raises UserError for anything else."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema"] != SCHEMA:
            raise ValueError(data["schema"])
        findings = data["findings"]
        reviews = {e["fingerprint"] for e in findings if e["outcome"] == Outcome.REVIEW}
        faults = {
            entry["fingerprint"]: Fault(entry["rule"], entry["site"], entry["page"], entry["text"])
            for entry in findings
            if entry["outcome"] == Outcome.FAIL and not entry["waived"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = N_("This is no JSON report of an earlier run ({error}).")
        raise UserError(Mistake(str(path), 0, message, {"error": str(error)})) from error
    return Baseline(faults, frozenset(reviews))


def tell_mended(report: Report, baseline: Baseline) -> Report:
    """The report with the faults of the baseline that were looked for again and not found."""
    if not baseline.faults:
        return report
    return replace(report, mended=tuple(sorted(_mended(report, baseline))))


def _mended(report: Report, baseline: Baseline) -> Iterator[str]:
    found = {finding.fingerprint for finding in report.findings}
    rules = {card.id for card in report.rules}
    told = {said.site.id: said.verdict for said in report.sites}
    pages = {page.url: page.verdict for page in report.pages}
    for name, fault in baseline.faults.items():
        # A page that is gone is mended only where the site as a whole could be judged.
        verdict = pages.get(fault.page, told.get(fault.site, Verdict.COULD_NOT_TELL))
        if name not in found and fault.rule in rules and verdict is not Verdict.COULD_NOT_TELL:
            yield f"{fault.page}: {fault.text} [{fault.rule}]"
