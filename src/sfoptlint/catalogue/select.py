"""Which rules run, and how much each weighs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.finding import Severity


def select_rules(
    rules: Iterable[Rule],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, Severity | None] | None = None,
) -> list[Rule]:
    """Return the chosen rules with the severity that the configuration gives them.

    A word of `select` and `ignore` is a rule's id, its name, or the beginning of its id; commas part several words. Raises
    UsageError for a word that names no rule.
    """
    known = list(rules)
    select, ignore = _parted(select), _parted(ignore)
    chosen = known if not select else [rule for rule in known if _named(rule, select)]
    for word in (*select, *ignore):
        if not any(_named(rule, [word]) for rule in known):
            raise UsageError(f"no rule is called {word}{did_you_mean(word, _words(known))}")
    weights = severity or {}
    for word in weights:
        if not any(word in (rule.id, rule.name) for rule in known):
            raise UsageError(f"severity: no rule is called {word}{did_you_mean(word, _words(known))}")
    return [
        replace(rule, severity=weight)
        for rule in chosen
        if not _named(rule, ignore)
        and (weight := weights.get(rule.id, weights.get(rule.name, rule.severity))) is not None
    ]


def find_rule(rules: Iterable[Rule], word: str) -> Rule:
    """Return the rule of this id or name; raise UsageError where there is none."""
    known = list(rules)
    for rule in known:
        if word.casefold() in (rule.id.casefold(), rule.name):
            return rule
    raise UsageError(f"no rule is called {word}{did_you_mean(word, _words(known))}")


def _parted(words: Iterable[str]) -> list[str]:
    return [word.strip() or word for several in words for word in several.split(",")]


def _named(rule: Rule, words: Iterable[str]) -> bool:
    return any(word == rule.name or (word and rule.id.startswith(word.upper())) for word in words)


def _words(rules: Iterable[Rule]) -> list[str]:
    return [word for rule in rules for word in (rule.id, rule.name)]
