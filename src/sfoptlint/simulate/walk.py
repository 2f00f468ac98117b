"""The seam between the order of execution and what runs in it: one automation, one record, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Value
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.core.witness import Values
from sfoptlint.evaluate.world import World
from sfoptlint.simulate.questions import Questions
from sfoptlint.simulate.result import Later, Rejection

if TYPE_CHECKING:
    from sfoptlint.automation.apex.concrete import Transaction


@dataclass(slots=True)
class Memory:
    """What outlives an automation as long as its transaction: the statics of Apex, None before a trigger has run.

    `spent` is what the records of a chunk spent of the limits; they share it.
    """

    spent: dict[tuple[str, Place], int] = field(default_factory=dict)
    statics: "Transaction | None" = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an automation meets: the record as it is and as it was stored, in `world`, and whom to ask for the rest.

    `alike` is how many records of the chunk this one stands for.
    """

    object: str
    world: World
    questions: Questions
    alike: int = 1
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not simulated, and what it may do."""

    reason: str
    may_write: bool = True


@dataclass(frozen=True, slots=True)
class Write:
    """Fields of the saved record get these values; `at` is what writes them."""

    values: Values
    at: Place
    place: str = ""
    """`path#element`, where it is an element with a name."""
    handled: bool = False
    """Where the write fails, the automation goes on by a way of its own."""
    again: bool = False
    """Where a field update changes a value, the workflow rules are looked at once more."""
    statics: "Transaction | None" = None
    """What a save of its own begins with, where it is not what the automation ended with."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What one automation did to one record. `words` say it; empty where its condition does not hold."""

    words: str = ""
    errors: tuple[Rejection, ...] = ()
    writes: tuple[Write, ...] = ()
    later: tuple[Later, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def values(self) -> Values:
        """The values that it leaves in the record; the last write wins."""
        found: dict[str, Value] = {}
        for write in self.writes:
            found |= write.values
        return found


NOTHING = Happened()


class Walk(Protocol):
    """An automation, ready to run."""

    @property
    def component(self) -> ComponentId:
        """What runs."""

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""

    @property
    def at(self) -> Place:
        """Where it is declared."""

    def run(self, seen: Seen) -> Happened:
        """Run it on one record; what it cannot follow is a doubt, never an exception."""


@dataclass(frozen=True, slots=True)
class Unrun:
    """An automation that cannot be run here: it may do anything."""

    component: ComponentId
    phase: Phase
    at: Place
    reason: str
    may_write: bool = True

    def run(self, seen: Seen) -> Happened:
        """Say so."""
        return Happened(doubts=(Doubt(self.reason, self.may_write),))


class Walks(Protocol):
    """Every automation of an org that a save of an object starts, in the order in which a phase runs them."""

    def of(self, object_: str, phase: Phase) -> Sequence[Walk]:
        """Return the automations of one phase."""


@dataclass(frozen=True, slots=True)
class FixedWalks:
    """Automations that were given one by one."""

    walks: Sequence[Walk] = field(default_factory=tuple)

    def of(self, object_: str, phase: Phase) -> Sequence[Walk]:
        """Return those of the phase."""
        return [walk for walk in self.walks if walk.phase is phase]
