"""An automation: where in the order of execution it runs, and what it does under which guard."""

from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core.expr import Expr, Free
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause, ComponentId, OptOutObject


class Phase(StrEnum):
    """The step of a save (Apex Developer Guide, Triggers and Order of Execution)."""

    CUSTOM_VALIDATION = "validation rules"


@dataclass(frozen=True, slots=True)
class Block:
    """The save is rejected, with this status code of the API and this message; `field` is where the message is shown."""

    cause: Cause
    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens when the guard is TRUE; `at` is what does it."""

    guard: Expr
    do: Block
    at: Place


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not understood: the atom that stands for it in the guards, where it is, and why."""

    atom: Free
    at: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Automation:
    """One automation of one object.

    `axioms` hold in every world and stand beside the guards, never inside them.
    """

    component: ComponentId
    object: OptOutObject
    phase: Phase
    effects: tuple[Effect, ...]
    axioms: tuple[Expr, ...] = ()
    gaps: tuple[Gap, ...] = ()
