"""What an automation changes of the saved record, whichever field it is, for those that run after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Expr
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId


@dataclass(frozen=True, slots=True)
class Change:
    """Where the guard holds, fields get these values, by their names as the schema spells them; `at` is what does it."""

    guard: Expr
    fields: Mapping[str, Expr]
    at: Place


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one automation changes in the save that starts it, in order; `again`: by a save of its own, after the first."""

    component: ComponentId
    phase: Phase
    changes: tuple[Change, ...]
    axioms: tuple[Expr, ...]
    again: bool
