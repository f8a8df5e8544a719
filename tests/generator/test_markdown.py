"""Our profile of Markdown: source lines for every element, and nothing that the policy forbids."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markdown import mark_lines, render

LINKS = {"mau/van-ban/qd.md": "/van-ban/qd/", "mau/anh/c.jpg": "/anh/c.jpg"}


def html(text: str) -> str:
    return render(text, 1, "mau/tin-tuc", LINKS).html


def placed(text: str, first: int = 10) -> list[tuple[str, int]]:
    markup = render(text, first, "mau/tin-tuc", LINKS)
    root = lxml.html.fromstring(f"<div>{markup.html}</div>")
    elements = [str(e.tag) for e in root.iterdescendants() if isinstance(e.tag, str)]
    assert len(elements) == len(markup.lines)
    return list(zip(elements, markup.lines, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## A\n\nMột\nhai [ba](qd.md)\nbốn", [("h2", 10), ("p", 12), ("a", 13)]),
        ("- a\n- b\n  - c", [("ul", 10), ("li", 10), ("li", 11), ("ul", 12), ("li", 12)]),
        ("- a\n1. b", [("ul", 10), ("li", 10), ("ol", 11), ("li", 11)]),
        ("> a\n>\n> **b**", [("blockquote", 10), ("p", 10), ("p", 12), ("strong", 12)]),
        ("Một.\n\n![Cầu](../anh/c.jpg)", [("p", 10), ("p", 12), ("img", 12)]),
        ("Một <https://a.vn/>.\n", [("p", 10), ("a", 10)]),
        ("    mã\n", [("pre", 10), ("code", 10)]),
    ],
)
def test_every_element_knows_its_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert placed(text) == expected


def test_table_cells_know_their_row() -> None:
    rows = [
        pair
        for pair in placed("| A | B |\n| --- | :-: |\n| 1 | **2** |\n| 3 | 4 |")
        if pair[0] in ("th", "td", "strong")
    ]
    assert rows == [
        ("th", 10), ("th", 10), ("td", 12), ("td", 12), ("strong", 12), ("td", 13), ("td", 13),
    ]  # fmt: skip


def test_a_line_above_a_table_names_it() -> None:
    table = "| A |\n| --- |\n| 1 |"
    named = f"Lịch:\n\nBảng: Lịch *tuần*\n\n{table}"
    root = lxml.html.fromstring(f"<div>{html(named)}</div>")
    assert [p.text_content() for p in root.iter("p")] == ["Lịch:"]
    assert root.xpath("string(//table/*[1][self::caption])") == "Lịch tuần"
    assert ("caption", 12) in placed(named)
    assert "<caption>" not in html(f"Bảng: A\n\nMột.\n\n{table}")


def test_headings_get_ids_that_keep_d_with_stroke() -> None:
    markup = render("## Đường đi\n\n## Đường đi ##\n\n### Ổ", 1, "mau/tin-tuc", {})
    assert [heading.id for heading in markup.headings] == ["duong-di", "duong-di-2", "o"]
    assert [heading.text for heading in markup.headings] == ["Đường đi", "Đường đi", "Ổ"]


def test_links_become_public_paths() -> None:
    assert 'href="/van-ban/qd/#muc"' in html("[a](../van-ban/qd.md#muc)")
    assert 'src="/anh/c.jpg"' in html("![a](../anh/c.jpg)")
    assert 'href="https://a.vn/"' in html("[a](https://a.vn/)")


def test_no_html_and_no_style_gets_through() -> None:
    text = "<script>x</script>\n\n<b onclick=x>y</b>\n\n| a |\n| :-: |\n| b |\n"
    assert "<script" not in html(text)
    assert "<b " not in html(text)
    assert "style=" not in html(text)


def test_numbered_and_bulleted_lists_stay_apart() -> None:
    assert html("- a\n- b\n1. c\n2. d").count("<li>") == 4
    assert "<ol>" in html("- a\n1. c")


_WORD = st.sampled_from(
    ["một", "hai", "**đậm**", "*nghiêng*", "[x](https://a.vn/)", "`mã`", "3 < 4"]
)
_LINE = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_BLOCK = st.one_of(
    st.lists(_LINE, min_size=1, max_size=3).map("\n".join),
    _LINE.map(lambda line: "## " + line),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda ls: "\n".join("- " + x for x in ls)),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda ls: "\n".join("> " + x for x in ls)),
    st.just("| a | b |\n| --- | --- |\n| c | d |"),
    st.just("---"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_BLOCK, min_size=1, max_size=5).map("\n\n".join))
def test_marks_change_nothing_and_leave_nothing(text: str) -> None:
    markup = render(text, 1, "mau/tin-tuc", LINKS)
    assert "\ue000" not in markup.html
    assert "\ue001" not in markup.html
    root = lxml.html.fromstring(f"<div>{markup.html}</div>")
    elements = [e for e in root.iterdescendants() if isinstance(e.tag, str)]
    assert len(elements) == len(markup.lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in markup.lines)
    assert list(markup.lines) == sorted(markup.lines)


def test_marks_stand_where_they_cannot_be_read_as_text() -> None:
    (row,) = mark_lines(["| a | b |"], 7)
    assert row == "| a | b \ue0007\ue001|"
    (heading,) = mark_lines(["## A ##"], 7)
    assert heading == "## A\ue0007\ue001 ##"
