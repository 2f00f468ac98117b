"""An automation: where in the order of execution it runs, and what it does under which guard."""

from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Free
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause, ComponentId, OptOutObject


class Phase(StrEnum):
    """The step of a save (Apex Developer Guide, Triggers and Order of Execution), in its order."""

    BEFORE_SAVE_FLOW = "before-save flows"
    BEFORE_TRIGGER = "before triggers"
    CUSTOM_VALIDATION = "validation rules"
    DUPLICATE_RULE = "duplicate rules"
    LOCK = "record lock"
    AFTER_TRIGGER = "after triggers"
    WORKFLOW = "workflow rules"
    PROCESS = "processes"
    AFTER_SAVE_FLOW = "after-save flows"
    ELSEWHERE = "elsewhere"
    """By itself, or on the save of another record."""


class Timing(StrEnum):
    """When an effect happens, seen from the save that starts it."""

    NOW = "now"
    """In the same transaction."""
    ASYNC = "async"
    """After the commit, at once: an asynchronous path, a queueable."""
    LATER = "later"
    """At a moment of its own: a scheduled path, a time-dependent action."""


@dataclass(frozen=True, slots=True)
class Block:
    """The save is rejected, with this status code of the API and this message; `field` is where the message is shown."""

    cause: Cause
    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """The opt-out box of the saved record gets this value; a blank one is FALSE. The last write wins."""

    value: Expr


@dataclass(frozen=True, slots=True)
class Overwrite:
    """The box of other records gets this value, which no update of theirs started.

    `everyone`: no record is left out by a free condition; a filter on the box itself is none. In the guard `AFTER` and
    `PRIOR` are the record whose save starts this, not the one that is written.
    """

    object: OptOutObject
    value: Expr
    everyone: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that is handed the record and was not read: it may do any of `may`, for this reason.

    `objects` are those of which it may overwrite other records.
    """

    reason: str
    may: frozenset[verdict.Effect] = frozenset({verdict.Effect.BLOCK, verdict.Effect.REVERT})
    objects: frozenset[OptOutObject] = frozenset()


@dataclass(frozen=True, slots=True)
class MayFail:
    """Something that is taken to go well, and fails the save where it does not: `what` names it in a sentence."""

    what: str


Do = Block | Write | Overwrite | Unknown | MayFail


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from the start of an automation to what it does, in words."""

    at: Place
    words: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens when the guard is TRUE; `at` is what does it, `steps` lead there.

    `place` names the spot in a witness: `path#element`, or `path:line` where it is empty.
    """

    guard: Expr
    do: Do
    at: Place
    timing: Timing = Timing.NOW
    steps: tuple[Step, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was not understood: the atom that stands for it in the guards, where it is, and why."""

    atom: Free
    at: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Automation:
    """One automation; `at` is where it is declared; `object` is whose update starts it, None where no update of the
    three objects does.

    `effects` stand in the order in which they happen. `axioms` hold in every world and stand beside the guards, never inside
    them. `idle` says why the automation does nothing at all: it is inactive, or runs on create alone; empty where it is not.
    """

    component: ComponentId
    object: OptOutObject | None
    phase: Phase
    at: Place
    effects: tuple[Effect, ...]
    axioms: tuple[Expr, ...] = ()
    gaps: tuple[Gap, ...] = ()
    idle: str = ""
