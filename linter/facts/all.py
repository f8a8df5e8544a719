"""This file reads every kind of fact of a site, for reports and scores."""

from __future__ import annotations

from collections.abc import Mapping

from linter.facts import contacts, functions, identity, latest, persons, services
from linter.facts.reading import Reader
from linter.model import Fact, Snapshot

READERS: Mapping[str, Reader] = {
    "organisation": identity.organisations,
    "governing-body": identity.governing_bodies,
    "responsible-person": persons.responsible_persons,
    "editorial-board": identity.editorial_boards,
    "phone": contacts.phones,
    "email": contacts.emails,
    "address": contacts.addresses,
    "licence": identity.licences,
    "licence-date": identity.licence_dates,
    "licence-authority": identity.licence_authorities,
    "source-rule": identity.source_rules,
    "search": functions.searches,
    "sitemap": functions.sitemaps,
    "feed": functions.feeds,
    "latest-update": latest.latest_updates,
    "language": functions.languages,
    "declared-language": functions.declared_languages,
    "fax": services.faxes,
    "feedback": services.feedbacks,
    "moderation-rules": services.moderation_rules,
    "emc-label": services.emc_labels,
    "rating": services.ratings,
    "national-services": services.national_services,
    "government-portal": services.government_portals,
}


def read_facts(snapshot: Snapshot) -> tuple[Fact, ...]:
    """All that the site says of itself, kind by kind, the surest first."""
    return tuple(fact for read in READERS.values() for fact in read(snapshot))
