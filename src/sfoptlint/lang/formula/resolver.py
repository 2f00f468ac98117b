"""What lowering needs from outside, and what it gives back."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sfoptlint.core.expr import Expr, Free
from sfoptlint.core.location import Place
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import Diagnostic
from sfoptlint.lang.formula.nodes import Span


class BlankMode(StrEnum):
    """How a blank number is read: a formula field's `formulaTreatBlanksAs`.

    Validation rules, workflow and flows have no such setting; there a blank stays blank.
    """

    BLANK = "blank_as_blank"
    ZERO = "blank_as_zero"


class Resolver(Protocol):
    """Knows what the names in a formula stand for."""

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        """Return what the name reads, with its type, or None where nothing is known of it.

        A field is a `Field` of its record, spelt as the schema spells it, its type UNKNOWN where the schema does not say; a
        percent field goes through `percent`; a formula field is its own formula, lowered in its own blank mode; a label or
        a custom metadata record of the tree is a `Const`; a value of the user or the org is a `Global`.
        A polymorphic step comes as one name, `Owner:User`.
        """


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of the formula that became a free atom, and why; it matters only where the verdict depends on the atom."""

    diagnostic: Diagnostic
    atom: Free


@dataclass(frozen=True, slots=True)
class Lowered:
    """A formula in the core form, three-valued as formulas are: a condition goes through `truth`."""

    expr: Expr
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The formula's text, the place of its first character (a free atom says both), and how the platform reads it.

    Without a context every function counts as allowed.
    """

    text: str
    place: Place
    blanks: BlankMode = BlankMode.BLANK
    context: Context | None = None
