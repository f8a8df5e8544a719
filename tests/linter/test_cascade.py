"""Style sheets that are broken, or written to keep us busy, are read as far as they go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.cascade import Cascade
from linter.page import Page
from linter.rules.security.hiding import Hiding

BODY = '<div class="a" id="b"><a href="https://x.example/">x</a></div>'
PIECES = (
    ".a #b { } ( ) [ ] :hover :not( @media|print @import|'x.css'; url( display:none left:-999px; "
    "position:absolute; !important ; /* */ <!-- --> \\ \" ' * > + ~ , ::before "
    ":nth-child(2n+ a :is("
).split()


def how(css: str) -> str:
    page = Page("https://vi-du.mau.gov.vn/", BODY.encode())
    return Hiding(page, [Cascade([css])]).how(page.outline.pick("a")[0])[0]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_no_sheet_breaks_the_reader(pieces: list[str]) -> None:
    assert isinstance(how(" ".join(pieces).replace("|", " ")), str)


@pytest.mark.parametrize(
    "busy",
    [
        "@media screen{" * 3000 + "x{top:0}",
        "a " * 50_000 + "{display:none}",
        ".a" * 50_000 + "{display:none}",
        ":not(" * 5000 + "a{display:none}",
        "(" * 100_000,
    ],
)
def test_what_no_designer_writes_is_left_out(busy: str) -> None:
    assert how(".a{display:none}\n" + busy) == "display:none"


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("a{display:none} #b a{display:inline}", ""),
        ("#b a{display:inline} a{display:none!important}", "display:none"),
        (".a{display:none} @media print{.a{display:block}}", "display:none"),
        ("@media (min-width:1px){.a{display:none}}", ""),
        ("@supports (display:grid){.a{display:none}}", "display:none"),
        (".a{display:none} .a.open{display:block}", ""),
        (".a{visibility:hidden} a{visibility:visible}", ""),
        ("div > a{font-size:0}", "font-size:0"),
        (".A{display:none}", ""),
    ],
)
def test_the_weightiest_rule_counts(css: str, said: str) -> None:
    assert how(css) == said
