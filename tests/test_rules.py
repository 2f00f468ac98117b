"""Every rule by its examples: a bad one yields the rule and nothing else, a good one, a near miss, yields nothing."""

from datetime import date
from pathlib import Path

import pytest

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.engine.folder import lint_folder

RULES = load_rules()
TODAY = date(2026, 6, 1)


def examples(kind: str) -> list[tuple[Rule, Path]]:
    return [(rule, case) for rule in RULES for case in sorted((rule.folder / kind).glob("*"))]


def named(example: object) -> str:
    return example.id if isinstance(example, Rule) else getattr(example, "name", str(example))


@pytest.mark.parametrize(("rule", "case"), examples("bad"), ids=named)
def test_a_bad_example_yields_its_rule_and_nothing_else(rule: Rule, case: Path) -> None:
    outcome = lint_folder(case, RULES, TODAY)
    assert not outcome.internal_errors
    assert {(finding.rule, finding.name) for finding in outcome.findings} == {(rule.id, rule.name)}
    assert all(finding.excerpt is not None or rule.id == "OPT901" for finding in outcome.findings)


@pytest.mark.parametrize(("rule", "case"), examples("good"), ids=named)
def test_a_good_example_is_silent(rule: Rule, case: Path) -> None:
    outcome = lint_folder(case, RULES, TODAY)
    assert not outcome.internal_errors
    assert [f"{finding.rule}: {finding.message}" for finding in outcome.findings] == []


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_every_rule_has_two_examples_of_each(rule: Rule) -> None:
    for kind in ("bad", "good"):
        assert len(list((rule.folder / kind).glob("*"))) >= 2
