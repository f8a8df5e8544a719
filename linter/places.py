"""This file picks the faults of a report that are shown with a picture, and has those taken.

Pictures are for faults that stand: neither accepted by a waiver nor known from the baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from linter.findings import Finding, Report
from linter.lint import Terms
from linter.model import Snapshot
from linter.page import Page
from linter.reports.as_html import Evidence
from linter.reports.wording import fold_causes
from linter.sites.archive import ENDINGS, Picture, records
from linter.sites.folder import path_of
from linter.terms import Outcome, Severity, Site

# No report shows more pictures: of one site, and in all.
MOST_OF_SITE = 10
MOST = 60


def picture_places(
    report: Report, origins: Mapping[str, Path | None], terms: Terms
) -> Mapping[str, Evidence]:
    """Pictures of the places of the report's faults, for each site of `origins`.

    An origin is the folder or the archive that the site was read from: a folder is served from
    here, an archive has its own pictures; for None the browser goes to the site's addresses.
    """
    found: dict[str, Evidence] = {}
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.site].append(finding)
    left = 0 if terms.browser == "none" or terms.grid else MOST
    for site in (said.site for said in report.sites if said.site.id in origins):
        origin = origins[site.id]
        if origin and origin.name.endswith(ENDINGS):
            found[site.id] = evidence_of(r for r in records(origin) if isinstance(r, Picture))
        elif wanted := worth_showing(findings[site.id])[: min(left, MOST_OF_SITE)]:
            found[site.id] = Evidence(places=dict(_take(wanted, site, origin, terms)))
            left -= len(wanted)
    return found


def evidence_of(pictures: Iterable[Picture]) -> Evidence:
    """The pictures that an audit has put into an archive; those of places bear a name after #."""
    named = [(*picture.url.partition("#"), picture.png) for picture in pictures]
    return Evidence(
        [(url, png) for url, _, name, png in named if not name],
        {name: png for _, _, name, png in named if name},
    )


def worth_showing(findings: Sequence[Finding]) -> list[Finding]:
    """The first place of each fault that stands and is to be seen; notices are not worth it."""
    return [
        cause.first
        for cause in fold_causes(tuple(findings))
        if cause.first.outcome is Outcome.FAIL
        and cause.first.severity is not Severity.NOTICE
        and cause.first.selector
        and not cause.first.waived
        and not cause.first.known
    ]


def _take(
    wanted: Sequence[Finding], site: Site, folder: Path | None, terms: Terms
) -> Iterator[tuple[str, bytes]]:
    from linter.browser.pictures import take_places  # noqa: PLC0415  # selenium is slow to load
    from linter.browser.render import Order, open_evidence  # noqa: PLC0415
    from linter.browser.serve import Loopback, answers_of_folder  # noqa: PLC0415

    if folder is None:
        yield from take_places(((f.fingerprint, f.page, f.selector) for f in wanted), Order())
        return
    pages = {
        url: Page(url, path.read_bytes())
        for url in dict.fromkeys(finding.page for finding in wanted)
        if (path := folder / path_of(url, site)).is_file()
    }
    answers = answers_of_folder(Snapshot(site, tuple(pages.values())), folder)
    kept = open_evidence(Order(cache=terms.cache), answers)
    left: dict[str, Finding] = {}
    for finding in wanted:
        known = None
        if kept and terms.browser != "all" and finding.page in pages:
            known = kept.get_picture(pages[finding.page], finding.selector)
        if known is None:
            left[finding.fingerprint] = finding
        else:
            yield finding.fingerprint, known
    if not left:
        return
    parts = urlsplit(site.url)
    with Loopback(f"{parts.scheme}://{parts.netloc}", answers) as server:
        places = ((name, server.look_at(f.page), f.selector) for name, f in left.items())
        for name, png in take_places(places, Order(), offline=True):
            finding = left[name]
            if kept and finding.page in pages:
                kept.put_picture(pages[finding.page], finding.selector, png, server.trace())
            yield name, png
