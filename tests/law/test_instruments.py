"""The data of the laws: mistakes are told by file and line, and no clause is missing anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

import linter.law
from linter.errors import UserError
from linter.law.choice import own_laws
from linter.law.coverage import State, coverage, write
from linter.law.instrument import article_of, cite_clause
from linter.law.library import all_laws, choose_laws, read_profiles
from linter.messages import fill
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
        path = tmp_path / "content" / "law-mau.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        try:
            all_laws(PARAMS, own_laws(path.parent))
        except UserError as error:
            assert {mistake.file for mistake in error.mistakes} == {"content/law-mau.yml"}
            return [(m.line, fill(m.message, m.params, "en")) for m in error.mistakes]
        return []

    return mistakes


def test_a_good_law_is_read_and_chosen_by_its_id(
    read: Callable[[str], list[tuple[int, str]]], tmp_path: Path
) -> None:
    assert read(GOOD) == []
    own = own_laws(tmp_path / "content")
    laws = choose_laws("P2015-TG,mau", date(2015, 12, 18), PARAMS, own)
    assert [law.id for law in laws][-1] == "mau"
    in_force = choose_laws("in-force", date(2016, 1, 1), PARAMS, own)
    assert "mau" not in {law.id for law in in_force}


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("missing-section", "missing-sectoin", 15, "rule missing-sectoin; did you mean missing-s"),
        ("missing-section", "x", 15, "no rule x. `congtin rules` lists them all"),
        ("{section: news}", "{section: [news]}", 16, "“['news']”: it is one word or text"),
        ("{section: news}", "{sektion: news}", 16, "no parameter sektion; it knows: section"),
        ("{section: news}", "{section: weather}", 16, "does not know: weather. It knows: intro"),
        ("    with: {section: news}\n", "", 11, "section is missing: the rule needs it under with"),
        ('["1", "2"]', '["1", "2", "3"]', 8, "Article 3 has no clause in requirements: add one"),
        ('["1", "2"]', '["1", "2", "1"]', 8, "Article 1 stands twice in articles: take one out"),
        ('["1", "2"]', '["1"]', 17, "Article 2 is missing from articles: add it there"),
        ("from: 2015-02-01", "from: 2016-02-01", 6, "until must be a day after from"),
        ("until: 2015-12-31", "until: 2015-02-29", 6, "in_force.until cannot be “2015-02-29”"),
        ("until: 2015-12-31", "until: 31/12/2015", 6, "năm-tháng-ngày, ví dụ 2015-07-16"),
        ('at: "2.a"', 'at: "2..a"', 17, "requirements.2.at cannot be “2..a”"),
        ("[component]", "[komponent]", 13, "cannot be “komponent”; choose one of: main, comp"),
        ("sure: full", "sure: full\n    fine: {from: 20, to: 10}", 15, "exchange from and to"),
        (
            "    sure: full\n",
            "    sure: full\n    in_force: {from: 2015-01-01}\n",
            15,
            "longer than its law: keep its from and until within in_force of the law",
        ),
        (
            'read: "dữ',
            'superseded_by: nd43-2011\nread: "dữ',
            7,
            "until of mau must lie before 1 October 2011",
        ),
        (
            'read: "dữ',
            'superseded_by: nd99-2099\nread: "dữ',
            7,
            "not described: mend the id, or write",
        ),
        ("id: mau", "id: nd43-2011", 1, "in nd43-2011.yml too: give this one another id"),
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


NUMBERED = GOOD.replace("rule: missing-section", "rule: stale-section").replace(
    "{section: news}", "{section: news, most: 5}"
)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("most: 5", "most: five", "most cannot be “five”: it is a whole number of at least 0"),
        ("most: 5", "most: -5", "most cannot be “-5”: it is a whole number of at least 0"),
        ("most: 5", "most: [5]", "most cannot be “['5']”: it is a whole number"),
        ("{section: news, most: 5}", "{section: nwes, most: 5}", "does not know: nwes"),
        ("stale-section", "wrong-domain", "it knows: pattern, full_name"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(
    read: Callable[[str], list[tuple[int, str]]], old: str, new: str, words: str
) -> None:
    assert read(NUMBERED) == []
    found = read(NUMBERED.replace(old, new))
    assert any(at == 16 and words in text for at, text in found), found


@pytest.mark.parametrize(
    ("rule", "values", "words"),
    [
        ("wrong-domain", '{pattern: "[a-z"}', "“[a-z”: it is a regular expression"),
        ("wrong-domain", "{pattern: a, full_name: yes}", "“yes”: it is true or false"),
        ("missing-field", "{section: news, fields: author}", "“author”: it is a list of words"),
        ("missing-field", "{section: news, fields: [author, x]}", "does not know: x. It knows: "),
        ("missing-edition", "{lang: en, sections: [news]}", "does not know: news. It knows: intro"),
        ("missing-metadata", "{elements: [titel]}", "does not know: titel. It knows: title"),
        ("missing-metadata", "{elements: [title], pages: [x]}", "does not know: x. It knows: home"),
        ("incomplete-header", "{links: [x]}", "does not know: x. It knows: home"),
        ("page-without-search", "{section: x}", "does not know: x."),
        ("buried-section", "{section: x, most: 3}", "does not know: x."),
        ("pdf-only", "{section: x, wanted: [xlsx]}", "does not know: x."),
        ("missing-subject", "{section: x, subjects: [map]}", "does not know: x."),
        (
            "late-item",
            "{section: news, event: sung, days: 2, working: true}",
            "does not know: sung. It knows: signed",
        ),
    ],
)
def test_a_value_that_its_rule_cannot_use_is_told(
    read: Callable[[str], list[tuple[int, str]]], rule: str, values: str, words: str
) -> None:
    text = GOOD.replace("rule: missing-section", f"rule: {rule}")
    found = read(text.replace("{section: news}", values))
    assert any(at == 16 and words in said for at, said in found), found


def test_a_number_changed_from_a_day_on_may_not_overlap_the_old_one(
    read: Callable[[str], list[tuple[int, str]]],
) -> None:
    entry = NUMBERED[NUMBERED.index('  - at: "1"') : NUMBERED.index('  - at: "2.a"')]
    new = entry.replace("most: 5", "most: 3").replace(
        "sure: full", "sure: full\n    in_force: {from: 2015-07-01, until: 2015-12-31}"
    )
    ((line, text),) = read(NUMBERED + new)
    assert line == 22
    assert "asks the same twice on the same day (see line 11): give the older one" in text
    old = entry.replace(
        "sure: full", "sure: full\n    in_force: {from: 2015-02-01, until: 2015-06-30}"
    )
    assert read(NUMBERED.replace(entry, old + new)) == []
    # For other bodies, or as a milder demand beside the grave one, both may stand.
    assert read(NUMBERED + new.replace("component", "main")) == []
    assert read(NUMBERED + new.replace("sure: full", "sure: full\n    severity: warning")) == []


def test_one_duty_may_not_stand_twice_on_one_day(
    read: Callable[[str], list[tuple[int, str]]],
) -> None:
    again = GOOD[GOOD.index('  - at: "1"') : GOOD.index('  - at: "2.a"')]
    ((line, text),) = read(GOOD + again)
    assert line == 22
    assert "The clause 1 asks the same twice on the same day (see line 11)" in text
    first = again.replace(
        "sure: full", "sure: full\n    in_force: {from: 2015-02-01, until: 2015-06-30}"
    )
    then = again.replace("sure: full", "sure: full\n    in_force: {from: 2015-07-01}")
    ((_, text),) = read(GOOD.replace(again, first + then))
    assert "The clause 1 is in force longer than its law" in text
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
        "cd linter/law && congtin rules --coverage all --lang en > README.md"
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
