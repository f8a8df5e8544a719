"""The reference of all rules: whole, in both languages, and without a fault of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml

from linter.atomic import write_files
from linter.cli.rules import explain
from linter.law.library import all_laws
from linter.lint import Terms, lint
from linter.model import Snapshot
from linter.page import Page
from linter.reports import reference
from linter.rules.catalogue import all_rules
from linter.rules.examples import ExampleFile, examples_of
from linter.rules.rule import Rule
from linter.sites.folder import read_folder
from linter.terms import Outcome, Site, Verdict

FOLDER = Path(__file__).parents[1] / "rules"
OWN = [rule for rule in all_rules().values() if rule.engine != "browser"]


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


@pytest.mark.parametrize("rule", OWN, ids=lambda rule: rule.id)
def test_the_bad_example_is_bad_as_it_is_shown(
    rule: Rule, tmp_path: Path, read_case: Callable[..., Snapshot]
) -> None:
    """What is shown is all there is: of the files alone, with what is told beside them."""
    bad, good = examples_of(rule.id)
    assert bad.files
    assert good.files or good.known
    for file in bad.files:
        named = file.name + ".txt" if file.name.endswith((".pdf", ".docx")) else file.name
        write_files(tmp_path, {named: file.text.encode()})
    if not rule.site_check:
        assert rule.page_check
        page = Page("https://mau.gov.vn/", (tmp_path / "index.html").read_bytes())
        assert {said.outcome for said in rule.page_check(page)} & {Outcome.FAIL, Outcome.REVIEW}
        return
    folder = next(
        path
        for path in (FOLDER / rule.id).glob("fail-*/")
        if len(bad.files) == sum(_is_shown(file) for file in path.rglob("*.*"))
        and all(_stands(path, file) for file in bad.files)
    )
    for file in folder.rglob("*"):  # papers of bytes are named only
        if file.suffix in (".pdf", ".docx"):
            write_files(tmp_path, {file.relative_to(folder).as_posix(): file.read_bytes()})
    case = yaml.safe_load((folder / "case.yml").read_text("utf-8")) or {}
    asked = case.get("params", {}).items()
    params = rule.params(**{key: tuple(v) if isinstance(v, list) else v for key, v in asked})
    day = date.fromisoformat(str(case.get("as_of", "2015-12-18")))
    heard = rule.site_check(read_case(tmp_path, case), params, day)
    assert Outcome.FAIL in {said.outcome for said in heard}


def _stands(folder: Path, file: ExampleFile) -> bool:
    paths = (folder / file.name, folder / f"{file.name}.txt")
    return any(path.exists() and _bare(path.read_text("utf-8")) == file.text for path in paths)


def _is_shown(file: Path) -> bool:
    return file.name != "case.yml" and file.suffix not in (".pdf", ".docx", ".png", ".xlsx")


def _bare(text: str) -> str:
    return re.sub(r'\s+data-expect="\w+"', "", text).strip()


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.id)
def test_each_rule_is_explained_with_a_bad_and_a_good_example(rule: Rule) -> None:
    assert [example.bad for example in examples_of(rule.id)] == [True, False]
    printed = "\n".join(explain(rule, "vi"))
    assert printed.index("Ví dụ sai") < printed.index("Ví dụ đúng")
