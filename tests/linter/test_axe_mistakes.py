"""Where axe-core is known to be wrong, nothing is said; where it is right beside that, it is."""

from __future__ import annotations

import pytest

from linter.page import Page, Rendered
from linter.rules.catalogue import all_rules
from linter.terms import Outcome

URL = "https://vi-du.mau.gov.vn/"


@pytest.mark.parametrize(
    ("rule", "wrong", "right", "data"),
    [
        ("aria-required-children", '<p role="list" aria-busy="true">', '<p role="list">', None),
        ("aria-required-parent", '<li role="listitem">', '<p role="listitem">', None),
        ("aria-roles", '<p role="image">', '<p role="picture">', None),
        ("autocomplete-valid", '<input type="file" autocomplete="x">', "<input>", None),
        ("html-lang-valid", '<html xml:lang="x">', '<html lang="x">', None),
        ("image-alt", '<b role="button" aria-label="x"><img></b>', "<b><img></b>", None),
        (
            "scrollable-region-focusable",
            "<p><iframe></iframe></p>",
            '<p><iframe tabindex="-1"></iframe></p>',
            None,
        ),
        (
            "presentation-role-conflict",
            '<img alt="" aria-label="">',
            '<img alt="" aria-label="x">',
            None,
        ),
        (
            "input-image-alt",
            '<input type="image" role="none" disabled>',
            '<input type="image" role="none">',
            None,
        ),
        ("button-name", '<button class="w"></button>', "<button></button>", None),
    ],
)
def test_axe_is_corrected_on_elements(rule: str, wrong: str, right: str, data: object) -> None:
    assert said(rule, wrong, data) == []
    assert said(rule, right, data) == [Outcome.FAIL]


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        ("aria-valid-attr", ["aria-colindextext"], ["aria-colindextext", "aria-x"]),
        ("td-headers-attr", {"messageKey": "cell-header-not-th"}, {"messageKey": "self"}),
        ("nested-interactive", {"messageKey": "notHidden"}, None),
    ],
)
def test_axe_is_corrected_by_what_it_says(rule: str, wrong: object, right: object) -> None:
    assert said(rule, "<p>", wrong) == []
    assert said(rule, "<p>", right) == [Outcome.FAIL]


def said(rule: str, html: str, data: object) -> list[Outcome]:
    """What we say where axe-core fails the innermost element of the page."""
    sheet = "<head><title>Mẫu</title><style>.w::before{content:'Lưu'}</style></head>"
    whole = html if html.startswith("<html") else f"<html>{sheet}<body>{html}</body></html>"
    source = Page(URL, whole.encode())
    inside = source.outline.pick("img") or source.outline.elements
    element = {"image-alt": inside[-1]}.get(rule, source.outline.elements[0])
    if not html.startswith("<html") and rule != "image-alt":
        element = source.tree.find("body")[0]
    shown = "".join(f' {name}="{value}"' for name, value in element.items())
    node = {
        "css": "x",
        "path": element.getroottree().getpath(element),
        "html": f"<{element.tag}{shown}>",
        "text": "",
        "checks": [{"id": "x", "data": data}],
    }
    axe = {"violations": [{"id": rule, "nodes": [node]}], "incomplete": [], "passes": {}}
    check = all_rules()[f"axe/{rule}"].page_check
    assert check
    return [one.outcome for one in check(Page(URL, whole.encode(), rendered=Rendered(axe=axe)))]
