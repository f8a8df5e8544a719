"""Scripts and styles stand in files, so that the page's security policy can forbid all others.

Why: A page that needs inline scripts cannot forbid them, and what an attacker writes into it then
runs.
Whom it hurts: Everyone who reads the page; at least 90 state sites carried injected links in 2023.
Mend: Move the script or style into a file of the portal, and link that file.
Limits: Speaks only of pages that bear a Content-Security-Policy without 'unsafe-inline', where what
it finds would not work either.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule

_DATA = (
    "application/ld+json",
    "application/json",
    "importmap",
    "speculationrules",
    "text/template",
)


@page_rule(
    "error",
    messages={
        "script": "The script stands in the page, against the page's own security policy.",
        "style": "The style stands in the page, against the page's own security policy.",
        "handler": "The attribute {name} holds a script, against the page's own security policy.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if not _forbids_inline(page):
        return
    yield page.passes(page.tree)
    for element in page.outline.pick("script", "style"):
        if element.tag == "style":
            yield page.fails(element, "style")
        elif element.get("src") is None and element.get("type", "").lower() not in _DATA:
            yield page.fails(element, "script")
    for element in page.outline.elements:
        for name in element.keys():  # noqa: SIM118  # faster than .attrib
            if name.startswith("on"):
                yield page.fails(element, "handler", name=name)
            elif name == "style":
                yield page.fails(element, "style")


def _forbids_inline(page: Page) -> bool:
    policies = [page.headers.get("content-security-policy", "")]
    for meta in page.outline.pick("meta", bearing="content"):
        if meta.get("http-equiv", "").lower() == "content-security-policy":
            policies.append(meta.get("content"))
    return any(policy and "unsafe-inline" not in policy for policy in policies)
