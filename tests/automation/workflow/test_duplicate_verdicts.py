"""Whether a duplicate rule runs on an update of the box, and what it does then."""

from collections.abc import Sequence

import pytest

from sfoptlint.core.verdict import Direction, Effect
from tests.automation.workflow.verdicts import NEVER, SOMETIMES, UNKNOWN, Answer, judged, verdicts
from tests.workflow_files import BOX, duplicate_rule, items, matching_rules

PATH = "duplicateRules/Contact.Twice.duplicateRule-meta.xml"
TWICE = "DuplicateRule:Contact.Twice"
MATCHING = "matchingRules/Contact.matchingRule-meta.xml"


def blocks(rule: str, *fields: str) -> Answer:
    return verdicts(judged({PATH: rule, MATCHING: matching_rules(*fields)}, TWICE), Effect.BLOCK)


def conditions(*wanted: tuple[str, str, str]) -> str:
    return f"<duplicateRuleFilter>{items(*wanted, tag='duplicateRuleFilterItems')}</duplicateRuleFilter>"


@pytest.mark.parametrize(
    ("action", "operations", "expected"),
    [
        ("Block", [], (SOMETIMES, SOMETIMES)),
        ("Allow", ["Alert", "Report"], (SOMETIMES, SOMETIMES)),
        ("Allow", ["Report"], (NEVER, NEVER)),
        ("Allow", [], (NEVER, NEVER)),
    ],
)
def test_what_it_does_to_an_update(action: str, operations: Sequence[str], expected: Answer) -> None:
    rule = duplicate_rule(action=action, operations=operations)
    assert blocks(rule, "Email", BOX) == expected
    assert blocks(rule, "Email") == (NEVER, NEVER)


def test_a_condition_about_the_box_makes_it_run() -> None:
    assert blocks(duplicate_rule(conditions((BOX, "equals", "True"))), "Email") == (SOMETIMES, NEVER)
    assert blocks(duplicate_rule(conditions(("Email", "notEqual", ""))), "Email") == (NEVER, NEVER)


def test_the_reason_says_what_the_rule_looks_at() -> None:
    found = judged({PATH: duplicate_rule(), MATCHING: matching_rules("Email")}, TWICE)
    assert BOX in found[Effect.BLOCK, Direction.OPT_OUT].reason
    assert verdicts(found, Effect.REVERT) == (NEVER, NEVER)


def test_matching_rules_that_are_not_in_the_tree() -> None:
    assert blocks(duplicate_rule(matching="Hidden"), "Email") == (UNKNOWN, UNKNOWN)
    assert blocks(duplicate_rule(matching="Standard_Contact_Match_Rule_v1_1"), "Email") == (NEVER, NEVER)
    assert blocks(duplicate_rule(matching="Hidden", active=False), "Email") == (NEVER, NEVER)


def test_a_rule_that_searches_another_object_names_the_fields_it_compares() -> None:
    mapped = "<mappingFields><inputField>{}</inputField><outputField>Email</outputField></mappingFields>"
    mapping = f"<objectMapping><inputObject>Contact</inputObject>{mapped}</objectMapping>"
    rule = duplicate_rule(matching="Hidden", object_="Lead").replace("</matchingRule>", f"</matchingRule>{mapping}")
    assert blocks(rule.format("Email"), "Email") == (NEVER, NEVER)
    assert blocks(rule.format(BOX), "Email") == (SOMETIMES, SOMETIMES)
