"""Every rule by its examples: a bad one yields the rule and nothing else, a good one, a near miss, yields nothing."""

from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.engine.folder import lint_folder

RULES = load_rules()
TODAY = date(2026, 6, 1)
NEAR = 12
"""Lines that may differ between a near miss and what it misses: one element of metadata, or a file that is named otherwise."""


def examples(kind: str) -> list[tuple[Rule, Path]]:
    return [(rule, case) for rule in RULES for case in sorted((rule.folder / kind).glob("*"))]


def named(example: object) -> str:
    return example.id if isinstance(example, Rule) else getattr(example, "name", str(example))


@pytest.mark.parametrize(("rule", "case"), examples("bad"), ids=named)
def test_a_bad_example_yields_its_rule_and_nothing_else(rule: Rule, case: Path) -> None:
    outcome = lint_folder(case, RULES, TODAY)
    assert not outcome.internal_errors
    assert {(finding.rule, finding.name) for finding in outcome.findings} == {(rule.id, rule.name)}
    assert all(finding.replayed is not False for finding in outcome.findings)
    assert all(finding.excerpt is not None or rule.id == "OPT901" for finding in outcome.findings)


@pytest.mark.parametrize(("rule", "case"), examples("good"), ids=named)
def test_a_good_example_is_silent(rule: Rule, case: Path) -> None:
    outcome = lint_folder(case, RULES, TODAY)
    assert not outcome.internal_errors
    assert [f"{finding.rule}: {finding.message}" for finding in outcome.findings] == []


@pytest.mark.parametrize(("rule", "case"), examples("good"), ids=named)
def test_a_good_example_is_a_near_miss_of_a_bad_one(rule: Rule, case: Path) -> None:
    apart, nearest = min((differing_lines(bad, case), bad.name) for bad in (rule.folder / "bad").iterdir())
    assert apart <= NEAR, f"{apart} lines lie between it and bad/{nearest}; let them differ in what matters alone"


def differing_lines(one: Path, other: Path) -> int:
    return sum(line.startswith(("- ", "+ ")) for line in ndiff(lines_of(one), lines_of(other)))


def lines_of(case: Path) -> list[str]:
    """Every file's path, then its lines."""
    found: list[str] = []
    for file in sorted(path for path in case.rglob("*") if path.is_file()):
        found += [file.relative_to(case).as_posix(), *file.read_text(encoding="utf-8", errors="replace").splitlines()]
    return found


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_every_rule_has_two_examples_of_each(rule: Rule) -> None:
    for kind in ("bad", "good"):
        assert len(list((rule.folder / kind).glob("*"))) >= 2
