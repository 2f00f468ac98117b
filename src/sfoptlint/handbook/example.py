"""A rule's examples: small trees in its folder, each linted as a project of its own.

`bad/<case>` yields that rule and no other, `good/<case>` is a near miss and yields nothing.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from sfoptlint.catalogue.rule import Rule
from sfoptlint.catalogue.select import select_rules
from sfoptlint.config import read_settings
from sfoptlint.core.outcome import Outcome
from sfoptlint.core.settings import CONFIG_NAME, Settings
from sfoptlint.engine.opening import open_paths
from sfoptlint.engine.run import Request, run
from sfoptlint.source.directory import DirectorySource

EXAMPLE_DAY = date(2026, 1, 1)
"""The day that every example is linted on, so that a page stays the same."""


class ExampleKind(StrEnum):
    """The folders of a rule's examples."""

    BAD = "bad"
    GOOD = "good"


def examples_of(rule: Rule, kind: ExampleKind) -> list[Path]:
    """Return the folders of a rule's examples, sorted by name."""
    folder = rule.folder / kind
    return sorted(case for case in folder.iterdir() if case.is_dir()) if folder.is_dir() else []


def lint_example(case: Path, rules: Sequence[Rule], today: date = EXAMPLE_DAY) -> Outcome:
    """Lint one example with the configuration that stands in it; raise UsageError where that is wrong."""
    file = case / CONFIG_NAME
    settings = read_settings(file, CONFIG_NAME) if file.is_file() else Settings()
    request = Request(
        root=case.name,
        opened=open_paths([case]),
        settings=settings,
        rules=select_rules(rules, severity=settings.severity),
        today=today,
        config=DirectorySource(case),
    )
    return run(request)
