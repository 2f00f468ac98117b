"""What a walk meets: everything that a flow does, to the record that is saved and to others, each under its guard."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfoptlint.automation.automation import Block, Step, Timing
from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr
from sfoptlint.core.location import Place


@dataclass(frozen=True, slots=True)
class Save:
    """Fields of the saved record get these values, by their names in lower case. `again`: by a save of its own."""

    fields: Mapping[str, Expr]
    again: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """Records other than the saved one are created, updated or deleted (`what`).

    `everyone`: whatever its fields hold, a record is among them; conditions on the opt-out box are left aside.
    """

    what: str
    object: str
    fields: Mapping[str, Expr]
    everyone: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that may do any of `may` and was not followed, for this reason."""

    reason: str
    may: frozenset[verdict.Effect] = frozenset({verdict.Effect.BLOCK, verdict.Effect.REVERT})


@dataclass(frozen=True, slots=True)
class MayFail:
    """Something that is taken to go well, and fails the save where it does not."""

    what: str


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A path of this name runs after the commit."""

    path: str
    timing: Timing


Happening = Block | Save | Touch | Unread | MayFail | Scheduled


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens where the guard holds; `place` is `path#element`."""

    guard: Expr
    do: Happening
    at: Place
    timing: Timing
    steps: tuple[Step, ...]
    place: str
