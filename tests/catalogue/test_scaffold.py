"""A rule that is begun can be loaded at once, and takes no other rule's place."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sfoptlint import ruleapi
from sfoptlint.catalogue.load import detector_of, load_rules
from sfoptlint.catalogue.scaffold import JUDGEMENTS, begin_rule, command
from sfoptlint.core.errors import UsageError
from sfoptlint.engine.folder import lint_folder
from sfoptlint.judge.family import Family


def test_a_begun_rule_loads_and_finds_nothing_yet(tmp_path: Path) -> None:
    folder = begin_rule("ABC610", "some-name", "page", tmp_path)

    assert folder == tmp_path / "ABC610_some_name"
    assert [len(list((folder / kind).glob("*/sfoptlint.yml"))) for kind in ("bad", "good")] == [1, 1]
    rule = next(rule for rule in load_rules([tmp_path]) if rule.id == "ABC610")
    assert (rule.name, rule.family) == ("some-name", Family.PAGE)
    assert list(detector_of(rule)([object()])) == []
    assert lint_folder(next((folder / "bad").iterdir()), [rule], date(2026, 6, 1)).findings == ()


@pytest.mark.parametrize("family", Family)
def test_every_family_names_what_its_detectors_are_given(family: Family) -> None:
    assert hasattr(ruleapi, JUDGEMENTS[family])


@pytest.mark.parametrize(
    ("rule_id", "name", "family", "complaint"),
    [
        ("OPT601", "some-name", "page", "OPT601 is taken by"),
        ("OPT699", "look-alike-related-list", "page", "look-alike-related-list is taken by"),
        ("OPT699", "some-name", "pages", "not pages; did you mean page?"),
        ("OPT69", "some-name", "page", "an id is like OPT601"),
        ("OPT699", "Some Name", "page", "a name like"),
        ("", "", "", "an id is like OPT601"),
    ],
)
def test_what_cannot_be_begun_is_refused(tmp_path: Path, rule_id: str, name: str, family: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint.replace("?", r"\?")):
        begin_rule(rule_id, name, family, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_id_begun_before_in_the_same_folder_is_taken(tmp_path: Path) -> None:
    begin_rule("ABC611", "first-name", "access", tmp_path)

    with pytest.raises(UsageError, match="ABC611 is taken"):
        begin_rule("ABC611", "second-name", "access", tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ABC612_some_name").write_text("in the way")

    with pytest.raises(UsageError, match="cannot be written"):
        begin_rule("ABC612", "some-name", "page", tmp_path)


def test_the_command_says_what_is_next_and_refuses_in_one_line(tmp_path: Path) -> None:
    begun = CliRunner().invoke(command, ["ABC613", "some-name", "input", "--rules", str(tmp_path)])
    again = CliRunner().invoke(command, ["ABC613", "some-name", "input", "--rules", str(tmp_path)])

    assert (begun.exit_code, again.exit_code) == (0, 2)
    assert "make accept" in begun.stdout
    assert again.stderr.count("\n") == 1
