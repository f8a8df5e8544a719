"""This file tells who can mend a fault, by the file that it comes from, and groups causes so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from linter.findings import Finding
from linter.messages import N_
from linter.reports.wording import Cause, source_of


class Mender(StrEnum):
    """Who can mend a fault."""

    EDITORS = "editors"
    PORTAL_TEAM = "portal-team"
    DEVELOPERS = "developers"
    SITE = "site"


# In the order in which they are told.
MENDERS: Mapping[Mender, str] = {
    Mender.EDITORS: N_("In the content: for the editors"),
    Mender.PORTAL_TEAM: N_("In the portal's settings: for the portal team"),
    Mender.DEVELOPERS: N_("In the theme that all portals share: for its developers"),
    Mender.SITE: N_("On the site as a whole: for who runs it"),
}
# No group shows more; the rest is counted, and stands in the JSON report.
MOST_CAUSES = 200


@dataclass(frozen=True)
class Group:
    """The causes that one mender can mend: the first ones, and how many there are in all."""

    mender: Mender
    shown: tuple[Cause, ...]
    total: int

    @property
    def rest(self) -> int:
        """How many causes are not shown."""
        return self.total - len(self.shown)


def mender_of(finding: Finding) -> Mender:
    """Who can mend a finding; a site that we did not build has no source files."""
    place = source_of(finding)
    if place is None:
        return Mender.SITE
    file = place.file
    if file.startswith("content/"):
        return Mender.EDITORS if file.endswith(".md") else Mender.PORTAL_TEAM
    return Mender.DEVELOPERS


def group_causes(causes: Iterable[Cause]) -> list[Group]:
    """Causes by who can mend them; within a group they keep their order, the gravest first."""
    groups: dict[Mender, list[Cause]] = defaultdict(list)
    for cause in causes:
        groups[mender_of(cause.first)].append(cause)
    return [
        Group(mender, tuple(groups[mender][:MOST_CAUSES]), len(groups[mender]))
        for mender in MENDERS
        if groups[mender]
    ]
