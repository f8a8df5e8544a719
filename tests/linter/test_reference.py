"""The reference of all rules: whole, in both languages, and without a fault of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from linter.atomic import write_files
from linter.cli.rules import explain
from linter.law.library import all_laws
from linter.lint import Terms, lint
from linter.reports import reference
from linter.rules.catalogue import all_rules
from linter.rules.examples import examples_of
from linter.sites.folder import read_folder
from linter.terms import Site, Verdict


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    params_of = {name: rule.params for name, rule in all_rules().items()}
    return reference.write(all_rules(), all_laws(params_of).values())


def test_the_reference_passes_our_own_linter(files: Mapping[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "quy-tac"
    write_files(folder, files)
    snapshot = read_folder(folder, Site("quy-tac", "https://quy-tac.mau.gov.vn/"))
    report = lint(snapshot, Terms(date(2015, 12, 18), "P2015-TG", "none"), folder)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS
    assert report.judged == 2 * (len(all_rules()) + 1)


@pytest.mark.slow
def test_the_reference_is_in_order_as_the_browser_shows_it(
    files: Mapping[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "quy-tac"
    write_files(folder, files)
    snapshot = read_folder(folder, Site("quy-tac", "https://quy-tac.mau.gov.vn/"))
    report = lint(snapshot, Terms(date(2015, 12, 18), "P2015-TG", "representative"), folder)
    assert report.findings == ()
    assert report.verdict is Verdict.PASS


def test_a_page_names_duty_sources_and_examples(files: Mapping[str, bytes]) -> None:
    vietnamese = files["vague-link-text.html"].decode()
    assert "Ví dụ sai" in vietnamese
    assert "<mark>&lt;p&gt;Tải mẫu đơn &lt;a href=&#34;/don.html&#34;&gt;tại đây" in vietnamese
    assert "WCAG 2.4.4, 2.4.9" in vietnamese
    english = files["stale-section.en.html"].decode()
    assert "Article 12 of Circular 26/2009" in english
    assert "data-expect" not in vietnamese + english


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.id)
def test_each_rule_is_explained_with_a_bad_and_a_good_example(rule: object) -> None:
    from linter.rules.rule import Rule

    assert isinstance(rule, Rule)
    assert [example.bad for example in examples_of(rule.id)] == [True, False]
    printed = "\n".join(explain(rule, "vi"))
    assert printed.index("Ví dụ sai") < printed.index("Ví dụ đúng")
