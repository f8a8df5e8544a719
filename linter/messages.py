"""This file turns a message and its data into the reader's language, at the edge only.

English text is the key (gettext's way); Vietnamese stands in locale/vi/<domain>.po beside the
package that speaks. A domain is a file: "messages" for mistakes and screens, a rule family's name
for its rules, "axe" for axe-core's. Data is filled in after translation, so a sentence is never
put together from pieces.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from linter.compiled import compiled

LANGUAGES = ("vi", "en")
# Where catalogues lie; who builds on the linter adds a folder of its own by speak_for().
_FOLDERS = [Path(__file__).parent / "locale"]

# Why a page or a target could not be looked at. Collectors and rules name these keys.
REASONS: Mapping[str, str] = {
    "not-rendered": "No browser has looked at this page.",
    "rule-broke": "The rule {rule} broke on this page ({error}). This is a fault of the tool.",
    "unreachable": "The address did not answer ({error}).",
    "status": "The server answered with status {status}.",
    "too-large": "The page is larger than {limit} bytes.",
    "too-deep": "Elements of the page stand more than {limit} deep within one another; browsers do "
    "not show that as it is written.",
    "no-text": "There is nothing to read: the page is empty, or is no text.",
    "unreadable": "The file cannot be read ({error}).",
    "judge-ended": "The process that judged it was ended from outside, most often for want of "
    "memory. With --jobs 1 there is more memory for each.",
    "too-slow": "The page was not ready within {seconds} seconds.",
    "browser-missing": "No Chromium with ChromeDriver was found on this machine; on Debian: "
    "apt-get install chromium-headless-shell chromium-driver.",
    "browser-old": "{version} is too old; at least version {oldest} is needed.",
    "browser-broken": "Chromium did not start ({error}).",
    "browser-crashed": "The browser crashed on this page, twice.",
    "browser-hung": "The browser stopped answering on this page, twice.",
    "browser-error": "The browser could not show this page ({error}).",
    "download": "The address is a file to download, not a page.",
    "redirects": "The address redirects without end.",
    "moved": "The page sends the browser on to {address}, which is another page.",
    "restless": "The page kept replacing itself while it was looked at.",
    "axe-failed": "axe-core did not finish on this page ({error}).",
    "canary-missed": "The page with known faults came back clean: the browser run is void.",
    "no-pages": "There was no page to judge.",
    "not-html": "The address answered with {type}, not with an HTML page.",
    "frame-unjudged": "The frame {frame} could not be looked into.",
    "private-address": "The address leads into a private network; it was not followed.",
    "robots-forbid": "The site's robots.txt forbids us to look at it.",
    "robots-unavailable": "The site's robots.txt could not be read (status {status}).",
    "cut-short": "The answer ended before the length that the server had announced.",
    "blocked-page": "The server showed a notice that we are blocked, not the page.",
    "parked-page": "The server showed a parked, expired or empty domain, not the page.",
    "login-page": "The server showed a login form, not the page.",
    "moved-away": "The address leads to another host: {address}.",
    "needs-scripts": "The page shows nothing without scripts, and no browser has looked at it.",
    "certificate-unknown": "Whether browsers trust the certificate of {host} could not be told "
    "({error}).",
    "audit-broke": "The audit of this site broke ({error}). This is a fault of the tool.",
}


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for "translate this later"
    """Marks text for translation and returns it unchanged."""
    return text


@cache
def _catalogue(folder: Path, lang: str, domain: str) -> Mapping[tuple[str, str], str]:
    """A domain's file, and those of its parts: messages.po, messages-audit.po."""
    found: dict[tuple[str, str], str] = {}
    for name in (f"{domain}.po", f"{domain}-*.po"):
        for path in sorted((folder / lang).glob(name)):
            data = path.read_bytes()
            lines = compiled(path.parent, path.stem, data, partial(_read_po, data, lang))
            found.update(((context, text), told) for context, text, told in lines)
    return found


def _read_po(data: bytes, lang: str) -> list[tuple[str, str, str]]:
    """A catalogue's context, text and translation, line by line."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  # slow to load, and seldom needed

    return [
        (message.context or "", str(message.id), str(message.string))
        for message in read_po(BytesIO(data), locale=lang)
        if message.id and message.string and not message.fuzzy
    ]


def speak_for(folder: Path) -> None:
    """Adds a folder of catalogues (<lang>/<domain>.po) to those that translate() asks."""
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)


def translate(text: str, lang: str, domain: str = "messages", context: str = "") -> str:
    """`text` (English) in the reader's language; English where no translation is known."""
    if lang == "en":
        return text
    for folder in _FOLDERS:
        known = _catalogue(folder, lang, domain).get((context, text))
        if known is not None:
            return known
    return text


def _wanted(text: str) -> str:
    """What a schema says in Vietnamese, in English (locale/en/schemas.po); else as it is."""
    for folder in _FOLDERS:
        known = _catalogue(folder, "en", "schemas").get(("", text))
        if known is not None:
            return known
    return text


class _Filler(string.Formatter):
    """str.format that leaves an unknown name visible, and knows how a language writes data.

    {day:date} is a date, {day:weekday} a date with its day of the week, {days:days} a list of ISO
    dates with spaces between, {word:word} a text of the catalogue, {wanted:wanted}
    what a schema says of a key.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        if isinstance(key, str):
            return kwargs.get(key, "{" + key + "}")
        return super().get_value(key, args, kwargs)

    def format_field(self, value: Any, format_spec: str) -> str:
        match format_spec:
            case "date":
                return format_date(str(value), self.lang)
            case "weekday":
                return format_weekday(str(value), self.lang)
            case "days":
                return format_days(str(value).split(), self.lang)
            case "word":
                return translate(str(value), self.lang)
            case "wanted":
                return _wanted(str(value)) if self.lang == "en" else str(value)
        if isinstance(value, (date, datetime)):
            return format_date(value.isoformat(), self.lang)
        return str(super().format_field(value, format_spec))


def fill(text: str, params: Mapping[str, Any], lang: str) -> str:
    """`text` with its {names} replaced by the data."""
    return _Filler(lang).vformat(text, (), dict(params)) if "{" in text else text


def say(
    text: str,
    params: Mapping[str, Any],
    lang: str,
    domain: str = "messages",
    context: str = "",
) -> str:
    """translate, then fill."""
    return fill(translate(text, lang, domain, context), params, lang)


def say_reason(reason: str, params: Mapping[str, Any], lang: str) -> str:
    """The sentence of a key of REASONS."""
    return say(REASONS[reason], params, lang, context="reason")


def format_date(iso: str, lang: str) -> str:
    """2015-12-18 as 18/12/2015 (vi) or 18 December 2015 (en); other text comes back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    if lang == "vi":
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day} {day:%B} {day.year}"


_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def format_weekday(iso: str, lang: str) -> str:
    """2026-05-02 as 02/05/2026 (thứ Bảy), or Saturday 2 May 2026."""
    try:
        name = _WEEKDAYS[lang][date.fromisoformat(iso[:10]).weekday()]
    except ValueError:
        return iso
    written = format_date(iso, lang)
    return f"{written} ({name})" if lang == "vi" else f"{name} {written}"


def format_days(days: Sequence[str], lang: str) -> str:
    """Days in order, more than two that follow each other as a span; a word for none."""
    runs: list[list[date]] = []
    for day in map(date.fromisoformat, days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    told: list[str] = []
    for run in runs:
        if len(run) > 2:
            ends = [format_weekday(day.isoformat(), lang) for day in (run[0], run[-1])]
            told.append(" – ".join(ends))
        else:
            told += [format_weekday(day.isoformat(), lang) for day in run]
    return ", ".join(told) or translate(N_("none"), lang)
