"""The rules' pages: what they say, and that a stale one is named."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sfoptlint.catalogue.load import built_in_folder, load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.catalogue.scaffold import begin_rule
from sfoptlint.catalogue.select import find_rule
from sfoptlint.handbook.document import command, stale_pages
from sfoptlint.handbook.page import index_page, rule_page

RULES = load_rules()
HEADINGS = ["What it finds", "Why", "Example", "Fine", "Fix", "Suppress", "References", "Since"]


def headings(page: str) -> list[str]:
    return re.findall(r"^## (.*)$", page, re.MULTILINE)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_every_page_has_the_fixed_headings_in_their_order(rule: Rule) -> None:
    expected = [heading for heading in HEADINGS if heading != "References" or rule.references]

    assert headings(rule_page(rule, RULES)) == expected


def test_a_page_shows_the_file_and_the_frame_without_colour() -> None:
    page = rule_page(find_rule(RULES, "OPT601"), RULES)

    assert "```xml\n<?xml" in page
    assert re.search(r"^```text\nwarning\[OPT601\]: .*\n *--> .*:\d+:\d+$", page, re.MULTILINE)
    assert "\x1b" not in page


def test_a_page_suppresses_what_its_example_finds() -> None:
    page = rule_page(find_rule(RULES, "OPT606"), RULES)
    found = re.search(r'artifact: "(\w+):', page)

    assert found is not None
    assert found[1] in {"Layout", "FlexiPage"}


def test_a_finding_about_a_suppression_is_switched_off_instead() -> None:
    page = rule_page(find_rule(RULES, "OPT902"), RULES)

    assert "```yaml\nseverity: { OPT902: off }\n```" in page


def test_a_rule_whose_examples_show_nothing_yet_has_a_page(tmp_path: Path) -> None:
    begin_rule("ABC620", "without-examples", "page", tmp_path)
    rules = load_rules([tmp_path])
    page = rule_page(find_rule(rules, "ABC620"), rules)

    assert headings(page) == ["What it finds", "Why", "Fine", "Fix", "Suppress", "References", "Since"]


def test_the_index_links_every_rule_to_its_page() -> None:
    links = re.findall(r"\[(\w+)\]\(([^)]+)\)", index_page(RULES))

    assert sorted(rule_id for rule_id, _ in links) == [rule.id for rule in RULES]
    assert all((built_in_folder() / target).is_file() for _, target in links)


def test_links_of_a_page_lead_to_examples() -> None:
    for rule in RULES:
        for target in re.findall(r"\]\(([^)]+)\)", rule_page(rule, RULES)):
            assert (rule.folder / target).is_dir(), f"{rule.id}: {target}"


def test_a_stale_page_is_named_and_the_others_are_not() -> None:
    root = built_in_folder()
    rules = [replace(rule, help="Do nothing.") if rule.id == "OPT603" else rule for rule in RULES]

    stale = stale_pages(rules, root)

    assert [file.relative_to(root).as_posix() for file in stale] == ["OPT603_membership_list_without_state/README.md"]


def test_a_missing_page_is_stale(tmp_path: Path) -> None:
    begin_rule("ABC621", "without-a-page", "page", tmp_path)

    stale = stale_pages(load_rules([tmp_path]), tmp_path)

    assert sorted(file.relative_to(tmp_path).as_posix() for file in stale) == [
        "ABC621_without_a_page/README.md",
        "README.md",
    ]


def test_the_pages_of_this_checkout_are_fresh() -> None:
    result = CliRunner().invoke(command, ["--check"])

    assert (result.exit_code, result.output) == (0, "")
