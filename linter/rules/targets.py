"""This file tells whether two links or frames lead to the same, as far as a program can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from linter.page import Observation, Page
from linter.rules.places import say
from linter.terms import Outcome

Target = Mapping[str, Any]
# Pages that share at least this part of the words of the shorter one may say the same.
_ALIKE = 0.5


def judge_names(
    page: Page, find_others: Callable[[Sequence[Target]], list[Target]], frames: bool = False
) -> Iterator[Observation]:
    """What a rule says of each name that several links, or frames, bear: "other" of each that
    `find_others` finds to lead somewhere else."""
    assert page.rendered
    targets = page.rendered.probes["targets"]
    if "failed" in targets:
        yield page.untested(targets["failed"])
        return
    for group in targets["groups"]:
        if bool(group["frame"]) is not frames:
            continue
        others = find_others(group["targets"])
        for other in others:
            params = {"name": group["name"], "address": other["address"][:120]}
            yield say(page, Outcome.FAIL, other, "other", params)
        if not others:
            yield page.passes()


def differ_from_first(targets: Sequence[Target]) -> list[Target]:
    """Those that differ from the first."""
    return [other for other in targets[1:] if differ(other, targets[0])]


def differ(one: Target, other: Target) -> bool:
    """Whether the two surely lead to different things; False also where nobody can tell."""
    if _plain(one["final"]) == _plain(other["final"]):
        return False
    ours, theirs = one["words"], other["words"]
    if ours is None or theirs is None:
        return _host(one["final"]) != _host(other["final"])
    if not ours or not theirs:
        return bool(ours) != bool(theirs)
    # Who is reached here is not reached there.
    reached, reached_there = {*one.get("contacts", ())}, {*other.get("contacts", ())}
    if reached and reached_there and not reached & reached_there:
        return True
    return len({*ours} & {*theirs}) < _ALIKE * min(len(ours), len(theirs))


def _plain(address: str) -> str:
    """An address without what changes nothing: scheme, www, index.html, a last slash, fragment."""
    plain = re.sub(r"^https?://(www\.)?|#.*$", "", address)
    return re.sub(r"/?(index\.\w+)?$", "", plain)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def differ_in_context(targets: Sequence[Target]) -> list[Target]:
    """Those that differ from an earlier one of the same context."""
    return [
        other
        for number, other in enumerate(targets)
        if any(
            one["context"] == other["context"] and differ(one, other) for one in targets[:number]
        )
    ]
