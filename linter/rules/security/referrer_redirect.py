"""No script sends visitors to a stranger's site because of where they come from.

Why: “If the visitor comes from Google, go to the betting site” is how a planted script hides from
those who type the address.
Whom it hurts: Citizens who come by a search engine.
Mend: Delete the script, find out how it came in, change passwords, report the incident.
Limits: Reads scripts within the page. A script that only counts referrers is none.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.hosts import host_of, is_stranger
from linter.rules.rule import page_rule

_ASKS = re.compile(r"document\.referrer|navigator\.userAgent", re.I)
_ENGINE = re.compile(r"google|bing|yahoo|coccoc|baidu|googlebot|android|iphone|mobile", re.I)
_GOES = re.compile(
    r"location(?:\.href)?\s*=\s*[\"'](https?:[^\"']+)|"
    r"location\.(?:replace|assign)\(\s*[\"'](https?:[^\"']+)|window\.open\(\s*[\"'](https?:[^\"']+)"
)


@page_rule(
    "error",
    messages={"sends": "A script sends visitors on to {host} by where they come from."},
)
def rule(page: Page) -> Iterator[Observation]:
    for script in page.outline.pick("script"):
        text = (script.text or "").replace("\\/", "/")
        if not (_ASKS.search(text) and _ENGINE.search(text)):
            continue
        hosts = [host_of(next(filter(None, match))) for match in _GOES.findall(text)]
        strangers = [host for host in hosts if is_stranger(host, page)]
        if strangers:
            yield page.fails(script, "sends", host=strangers[0])
        else:
            yield page.passes(script)
