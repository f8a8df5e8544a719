"""What is found once for a whole page is what asking each element by itself would find."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from linter import blocks, semantics
from linter.elements import texts_in
from linter.outline import Element
from linter.page import Page
from linter.rules import spam
from linter.rules.accessibility import fake_heading
from linter.rules.writing import justified_text, long_capitals

EXAMPLES = sorted((Path(__file__).parents[1] / "rules").rglob("*.html"))
ASKED = {
    name: function
    for module in (semantics, blocks, fake_heading, justified_text, long_capitals)
    for name, function in vars(module).items()
    if "suspects" in getattr(function, "__dict__", {}) and function.__module__ == module.__name__
}


def read(path: Path) -> Page:
    return Page("https://vi-du.tiengiang.gov.vn/trang/", path.read_bytes())


@pytest.mark.parametrize("name", ASKED)
def test_what_holds_all_the_way_up_may_fail_for_suspects_alone(name: str) -> None:
    holds = ASKED[name]
    own: Callable[[Element], bool] = vars(holds)["own"]
    for path in EXAMPLES:
        for element in read(path).outline.elements:
            told = all(own(node) for node in chain([element], element.iterancestors()))
            assert holds(element) == told, (path, element.tag)


def test_every_kind_of_question_is_among_those() -> None:
    assert {"is_rendered", "is_told", "is_visible", "_is_once", "_stands_free"} <= set(ASKED)


def test_a_reader_meets_each_text_once_and_in_order() -> None:
    for path in EXAMPLES:
        page = read(path)
        told = "".join(texts_in(page.tree, without=()))
        assert told == page.tree.xpath("string()"), path


def test_a_page_that_nobody_holds_leaves_nothing_to_the_collector() -> None:
    gc.collect()
    gc.disable()
    try:
        page = read(EXAMPLES[0])
        assert semantics.is_exposed(page.tree)
        outline = weakref.ref(page.outline)
        del page
        assert outline() is None
    finally:
        gc.enable()


def test_no_word_of_spam_has_a_sign_in_it_by_which_texts_are_parted() -> None:
    for kind in ("strong", "weak", "about_it"):
        pattern = spam._whole_words(kind).pattern
        words = re.sub(r"\\[wd]|\(\?<?[!:]|[][()|?*+]", "", pattern)
        assert re.search(r"\w", words)
        assert not spam._APART.search(words), kind
