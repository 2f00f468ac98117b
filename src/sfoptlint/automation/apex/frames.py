"""Where a walk stands: the event and the method that are being walked, and the ways out of them."""

from dataclasses import dataclass, field

from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.source_file import SourceFile
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Ref, Value
from sfoptlint.automation.automation import Step
from sfoptlint.core.expr import Expr
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Cause


@dataclass(frozen=True, slots=True)
class Event:
    """What a trigger is told of the save; `timing` is `before`, `after`, or empty outside of triggers."""

    timing: str
    object: str
    operation: str = "update"


@dataclass(frozen=True, slots=True)
class Thrown:
    """An exception on its way: the state in which it was thrown, its class and its place."""

    state: State
    type: str
    value: Value
    at: Place
    cause: Cause
    message: str
    steps: tuple[Step, ...] = ()


@dataclass(slots=True)
class Exits:
    """The ways out of a method's or a loop's body."""

    returns: list[tuple[State, Value]] = field(default_factory=list)
    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)

    def add(self, others: "Exits") -> None:
        """Add other ways out."""
        self.returns += others.returns
        self.breaks += others.breaks
        self.continues += others.continues


@dataclass(frozen=True, slots=True)
class Frame:
    """A method that is being walked: its own number, its class, `this`, and the file it stands in."""

    id: str
    file: SourceFile
    type: ApexType | None = None
    this: Ref | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Something that counts against a limit: under this guard, so many times a transaction.

    `looped`: once for each record of the chunk. `loops`: the loops that it stands in.
    """

    what: str
    guard: Expr
    times: int
    at: Place
    steps: tuple[Step, ...]
    looped: bool = False
    loops: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """What stands in a loop over the chunk, by what is spent and where, and is not spent for each of alike records.

    `once`: the way of the first one shuts it for the others, as a flag does. `apart`: only records that differ spend it.
    """

    once: frozenset[tuple[str, Place]] = frozenset()
    apart: frozenset[tuple[str, Place]] = frozenset()
