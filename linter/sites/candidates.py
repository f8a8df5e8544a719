"""This file finds sites that audits met and nobody has listed: hosts that audited sites link to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from linter.hosts import is_local_name
from linter.sites.archive import Note, records

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Candidate:
    """A host, and the sites (by id) whose pages link to it."""

    host: str
    sites: tuple[str, ...]


def find_candidates(archives: Path, known: Collection[str]) -> list[Candidate]:
    """Hosts in the newest archive of each site; those that most sites link to first.

    `known` are hosts, without www., that need no proposing.
    """
    seen: dict[str, set[str]] = defaultdict(set)
    for folder in sorted(path for path in archives.glob("*") if path.is_dir()):
        newest = max(folder.glob("*.warc.gz"), default=None)
        for record in records(newest) if newest else ():
            if isinstance(record, Note):
                for host in record.data.get("hosts", ()):
                    seen[host.removeprefix("www.")].add(folder.name)
    found = [
        Candidate(host, tuple(sorted(sites)))
        for host, sites in seen.items()
        if host and host not in known and not _is_platform(host) and _is_public(host)
    ]
    return sorted(found, key=lambda candidate: (-len(candidate.sites), candidate.host))


def _is_public(host: str) -> bool:
    """An address of numbers is no site to propose, a name of this machine is one for trials."""
    return host.endswith(".localhost") or ("." in host and not is_local_name(host))


@cache
def _platforms() -> tuple[str, ...]:
    data = yaml.safe_load((_HERE / "candidates.yml").read_text("utf-8"))
    return tuple(data["platforms"])


def _is_platform(host: str) -> bool:
    return any(host == name or host.endswith("." + name) for name in _platforms())
