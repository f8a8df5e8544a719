"""The data of the laws: mistakes are told by file and line, and no clause is missing anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

import linter.law
from linter.errors import UserError
from linter.law.coverage import State, coverage, write
from linter.law.instrument import article_of, cite_clause
from linter.law.library import all_laws, choose_laws, own_laws, read_profiles
from linter.rules.catalogue import all_rules

ROOT = Path(__file__).parent.parent.parent
PARAMS = {name: rule.params for name, rule in all_rules().items()}
LAWS = all_laws(PARAMS)

GOOD = """\
id: mau
number: "1/2015/MAU"
short: {vi: "Văn bản Mẫu", en: "Sample Act"}
title: {vi: "Mẫu", en: "Sample"}
signed: 2015-01-01
in_force: {from: 2015-02-01, until: 2015-12-31}
read: "dữ liệu mẫu"
articles: ["1", "2"]
whole: true
requirements:
  - at: "1"
    says: {vi: "Có tin", en: "News"}
    for: [component]
    sure: full
    rule: missing-section
    with: {section: news}
  - at: "2.a"
    says: {vi: "Có người", en: "Someone"}
    for: [component]
    sure: excerpt
    person: {vi: "Ai?", en: "Who?"}
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], list[tuple[int, str]]]:
    """The mistakes of a law that a province would write, as (line, text)."""

    def mistakes(text: str) -> list[tuple[int, str]]:
        path = tmp_path / "law-mau.yml"
        path.write_text(text, "utf-8")
        try:
            all_laws(PARAMS, own_laws(tmp_path))
        except UserError as error:
            assert {mistake.file for mistake in error.mistakes} == {path.as_posix()}
            return [(m.line, m.message.format(**m.params)) for m in error.mistakes]
        return []

    return mistakes


def test_a_good_law_is_read_and_chosen_by_its_id(
    read: Callable[[str], list[tuple[int, str]]], tmp_path: Path
) -> None:
    assert read(GOOD) == []
    laws = choose_laws("P2015-TG,mau", date(2015, 12, 18), PARAMS, own_laws(tmp_path))
    assert [law.id for law in laws][-1] == "mau"
    in_force = choose_laws("in-force", date(2016, 1, 1), PARAMS, own_laws(tmp_path))
    assert "mau" not in {law.id for law in in_force}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("rule: missing-section", "rule: missing-sectoin", 15, "no rule missing-sectoin"),
        ("{section: news}", "{section: [news]}", 16, "section has the wrong type"),
        ("{section: news}", "{sektion: news}", 16, "no parameter sektion"),
        ("{section: news}", "{section: weather}", 16, "does not know: weather"),
        ("    with: {section: news}\n", "", 11, "section is missing"),
        ('["1", "2"]', '["1", "2", "3"]', 8, "Article 3 has no clause"),
        ('["1", "2"]', '["1"]', 17, "Article 2 is missing from articles"),
        ("from: 2015-02-01", "from: 2016-02-01", 6, "end of force lies before its start"),
        (
            "    sure: full\n",
            "    sure: full\n    in_force: {from: 2015-01-01}\n",
            15,
            "longer than",
        ),
        ('read: "dữ', 'superseded_by: nd43-2011\nread: "dữ', 7, "in force on the same day"),
        ('read: "dữ', 'superseded_by: nd99-2099\nread: "dữ', 7, "is not described"),
        ("id: mau", "id: nd43-2011", 1, "described twice"),
        ("sure: full", "sure: certain", 14, "choose one of"),
        ("sure: excerpt", "sure: excerpt\n    status: not-available", 17, "exactly one of"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    read: Callable[[str], list[tuple[int, str]]], old: str, new: str, line: int, words: str
) -> None:
    assert old in GOOD
    found = read(GOOD.replace(old, new, 1))
    assert any(at == line and words in text for at, text in found), found


def test_one_duty_may_not_stand_twice_on_one_day(
    read: Callable[[str], list[tuple[int, str]]],
) -> None:
    again = GOOD[GOOD.index('  - at: "1"') : GOOD.index('  - at: "2.a"')]
    assert [text for _, text in read(GOOD + again)] == [
        "The clause 1 asks the same twice on the same day."
    ]
    first = again.replace(
        "sure: full", "sure: full\n    in_force: {from: 2015-02-01, until: 2015-06-30}"
    )
    then = again.replace("sure: full", "sure: full\n    in_force: {from: 2015-07-01}")
    assert [text for _, text in read(GOOD.replace(again, first + then))] == [
        "The clause 1 is in force longer than its law."
    ]
    then = then.replace("2015-07-01", "2015-07-01, until: 2015-12-31")
    assert read(GOOD.replace(again, first + then)) == []


def test_each_law_is_followed_by_the_one_that_replaced_it_on_the_next_day() -> None:
    for law in LAWS.values():
        after = LAWS.get(law.superseded_by)
        if after is not None:
            assert law.in_force[1] is not None
            assert after.in_force[0] == law.in_force[1] + timedelta(days=1), law.id


def test_each_profile_names_laws_that_live_in_its_time() -> None:
    for name, ids in read_profiles().items():
        assert set(ids) <= set(LAWS), name


def test_the_coverage_table_has_every_clause_of_every_article() -> None:
    table = write(LAWS.values(), "en")
    for law in LAWS.values():
        rows = coverage(law)
        assert {row.clause for row in rows} == {duty.id for duty in law.requirements}
        assert {article_of(row.clause.partition("/")[2]) for row in rows} == set(law.articles)
        for row in rows:
            assert f"| `{row.clause.partition('/')[2]}` |" in table
            assert row.rules or row.state not in (State.CHECKED, State.PARTLY)


def test_the_coverage_table_in_the_documents_is_current() -> None:
    text = (Path(linter.law.__file__).parent / "README.md").read_text("utf-8")
    assert text == write(LAWS.values(), "en"), (
        "congtin rules --coverage all --lang en > linter/law/README.md"
    )


def test_a_clause_is_cited_as_lawyers_do() -> None:
    short = {"vi": "Nghị định 43/2011/NĐ-CP", "en": "Decree 43/2011"}
    assert cite_clause("17.1.đ", short) == {
        "vi": "điểm đ khoản 1 Điều 17 Nghị định 43/2011/NĐ-CP",
        "en": "Article 17(1)(đ) of Decree 43/2011",
    }
    assert cite_clause("8", short)["vi"] == "Điều 8 Nghị định 43/2011/NĐ-CP"


def test_no_certainty_is_claimed_for_texts_that_were_not_had() -> None:
    for law in LAWS.values():
        for duty in law.requirements:
            if duty.status == "not-available":
                assert not duty.rule
                assert not duty.person
    sure = {duty.sure for duty in LAWS["tt26-2009"].requirements}
    assert "full" not in sure
