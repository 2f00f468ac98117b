"""Which rules run: by id, by name, by prefix, and by the severity that the configuration gives them."""

import pytest

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.select import find_rule, select_rules
from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Severity

RULES = load_rules()
IDS = [rule.id for rule in RULES]
PAGES = [rule_id for rule_id in IDS if rule_id.startswith("OPT6")]


def chosen(*select: str, ignore: tuple[str, ...] = ()) -> list[str]:
    return [rule.id for rule in select_rules(RULES, select=select, ignore=ignore)]


def test_without_a_word_all_rules_run() -> None:
    assert chosen() == IDS


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("OPT601",), ["OPT601"]),
        (("opt601",), ["OPT601"]),
        (("look-alike-related-list",), ["OPT602"]),
        (("OPT6",), PAGES),
        (("OPT602", "OPT601", "OPT601"), ["OPT601", "OPT602"]),
    ],
)
def test_rules_are_selected_by_id_name_and_prefix(words: tuple[str, ...], ids: list[str]) -> None:
    assert chosen(*words) == ids


def test_what_is_ignored_is_left_out_of_what_is_selected() -> None:
    assert chosen("OPT6", ignore=("OPT601", "look-alike-related-list")) == PAGES[2:]
    assert chosen("OPT6", ignore=("OPT6",)) == []


@pytest.mark.parametrize("word", ["OPT7X", "look-alike", "", " "])
def test_a_word_that_names_no_rule_is_refused(word: str) -> None:
    for select, ignore in (([word], []), ([], [word])):
        with pytest.raises(UsageError, match=f"^no rule is called {word}"):
            select_rules(RULES, select=select, ignore=ignore)


def test_a_mistyped_name_brings_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"did you mean look-alike-related-list\?"):
        chosen("lookalike-related-list")


@pytest.mark.parametrize("word", ["OPT603", "membership-list-without-state"])
def test_the_configuration_weighs_a_rule_by_id_or_name(word: str) -> None:
    rules = {rule.id: rule.severity for rule in select_rules(RULES, severity={word: Severity.ERROR})}

    assert rules["OPT603"] is Severity.ERROR
    assert rules["OPT605"] is Severity.NOTE


@pytest.mark.parametrize("word", ["OPT603", "membership-list-without-state"])
def test_a_rule_that_is_off_does_not_run_even_when_it_is_selected(word: str) -> None:
    assert [r.id for r in select_rules(RULES, severity={word: None})] == [i for i in IDS if i != "OPT603"]
    assert select_rules(RULES, select=["OPT603"], severity={word: None}) == []


@pytest.mark.parametrize("word", ["OPT6", "opt603", "membership-list"])
def test_a_severity_is_given_to_one_rule_by_its_full_word(word: str) -> None:
    with pytest.raises(UsageError, match=f"^severity: no rule is called {word}"):
        select_rules(RULES, severity={word: None})


def test_a_rule_is_found_by_id_or_name() -> None:
    for word in ("OPT603", "opt603", "membership-list-without-state"):
        assert find_rule(RULES, word).id == "OPT603"
    with pytest.raises(UsageError, match=r"^no rule is called OPT604x; did you mean OPT604\?$"):
        find_rule(RULES, "OPT604x")
