"""This file reads the dates that pages write, and says why what looks like one is none.

All days are days in Asia/Ho_Chi_Minh. A time without a zone may be local or UTC (many systems write
so), hence may mean two days where these differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from linter.vietnamese import fold

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# The Democratic Republic was proclaimed on 2 September 1945: no agency has papers from before.
FIRST_YEAR = 1945
# The day on which programs begin to count time: what they write where they know no date.
_TIME_ZERO = date(1970, 1, 1)
# From this hour on, a time in UTC is the next day in Vietnam.
_UTC_HOUR = 17

_FORM = "%Y%m%d %H%M%z"
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)"
    r"(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)
_WRITTEN = re.compile(
    r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])"
    r"|ngay\s+(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4})"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: the days it may mean, or the `fault` for which it means none.

    `fault` is "no-such-day" (29 February of a common year), "too-old" (before the state was
    founded) or "unset" (no day, written as zero); the two days are then date.max and date.min.
    `zoneless` says that a time of day stands there without its zone.
    """

    text: str
    earliest: date = date.max
    latest: date = date.min
    fault: str = ""
    zoneless: bool = False


@lru_cache(maxsize=1 << 12)  # several rules ask of the same line
def read_day(text: str) -> Written | None:
    """The first date written in a text: ISO, dd/mm/yyyy and its kin, or in words; else None."""
    if match := _ISO.search(text):
        return _read_iso(match)
    if match := _WRITTEN.search(fold(text)):
        day, month, year = [part for part in match.groups() if part]
        return _written(match[0], int(year), int(month), int(day))
    return None


def exact_day(text: str) -> date | None:
    """The first date written in a text, where it means one day for sure."""
    written = read_day(text)
    if written is None or written.fault or written.earliest != written.latest:
        return None
    return written.earliest


def read_http_day(text: str) -> Written | None:
    """A date as mail and RSS write it (RFC 5322), which always has a zone; else None."""
    from email.utils import parsedate_to_datetime, parsedate_tz  # noqa: PLC0415  # slow to load

    text = text.strip()
    try:
        moment = parsedate_to_datetime(text)
        local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    except (TypeError, ValueError, OverflowError):
        parts = parsedate_tz(text)
        return _written(text, *parts[:3]) if parts else None
    return _written(text, local.year, local.month, local.day)


def _read_iso(match: re.Match[str]) -> Written:
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    found = _written(match[0].strip(), year, month, day)
    hour, minute, zone = match.group(4, 5, 6)
    last = found.earliest == date.max  # some systems write it for "no end"; no day comes after it
    if found.fault or last or hour is None or int(hour) > 23 or int(minute) > 59:
        return found
    if zone is None:
        later = timedelta(days=int(hour) >= _UTC_HOUR)
        return Written(found.text, found.earliest, found.latest + later, zoneless=True)
    offset = zone.replace(":", "").replace("Z", "+0000")
    try:
        moment = datetime.strptime(f"{year:04}{month:02}{day:02} {hour}{minute}{offset}", _FORM)
    except ValueError:
        return found
    local = moment.astimezone(VIETNAM)
    return _written(found.text, local.year, local.month, local.day)


def _written(text: str, year: int, month: int, day: int) -> Written:
    try:
        found = date(year, month, day)
    except ValueError:
        return Written(text, fault="no-such-day")
    if year < FIRST_YEAR:
        return Written(text, fault="too-old")
    if found == _TIME_ZERO:
        return Written(text, fault="unset")
    return Written(text, found, found)
