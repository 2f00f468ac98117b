"""Every rule's examples: the bad ones yield that rule and nothing else, the good ones nothing."""

from pathlib import Path

import pytest

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.handbook.example import ExampleKind, examples_of, lint_example

RULES = load_rules()


def _cases(kind: ExampleKind) -> list[object]:
    return [pytest.param(rule, case, id=f"{rule.id}-{case.name}") for rule in RULES for case in examples_of(rule, kind)]


@pytest.mark.parametrize(("rule", "case"), _cases(ExampleKind.BAD))
def test_a_bad_case_yields_its_rule_and_nothing_else(rule: Rule, case: Path) -> None:
    outcome = lint_example(case, RULES)

    assert {finding.rule for finding in outcome.findings} == {rule.id}, [f.message for f in outcome.findings]
    assert outcome.internal_errors == ()


@pytest.mark.parametrize(("rule", "case"), _cases(ExampleKind.GOOD))
def test_a_good_case_is_silent(rule: Rule, case: Path) -> None:
    outcome = lint_example(case, RULES)

    assert [finding.message for finding in outcome.findings] == []
    assert outcome.internal_errors == ()


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
@pytest.mark.parametrize("kind", ExampleKind)
def test_a_rule_has_two_cases_of_each_kind(rule: Rule, kind: ExampleKind) -> None:
    assert len(examples_of(rule, kind)) >= 2


@pytest.mark.parametrize(("rule", "case"), _cases(ExampleKind.BAD))
def test_a_bad_case_points_at_a_file_that_is_there(rule: Rule, case: Path) -> None:
    for finding in lint_example(case, RULES).findings:
        assert (case / finding.place.path).is_file()
