"""A rule as its folder states it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sfoptlint.core.finding import Severity
from sfoptlint.core.outcome import RuleSummary
from sfoptlint.judge.family import Family
from sfoptlint.ruleapi import Observation

Detector = Callable[[Iterable[Any]], Iterator[Observation]]
"""`detect`: one family's judgements in, observations out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `folder` holds its detector and its examples; `module` is the detector's import name."""

    id: str
    name: str
    summary: str
    severity: Severity
    family: Family
    since: str
    why: str
    help: str
    references: tuple[str, ...]
    folder: Path
    module: str

    def digest(self) -> RuleSummary:
        """Return what a report says of the rule."""
        return RuleSummary(self.id, self.name, self.summary, self.severity, self.help)
