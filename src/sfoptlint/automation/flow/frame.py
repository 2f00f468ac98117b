"""What a walk carries through a flow and the flows that it calls."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from sfoptlint.automation.automation import Effect, Gap, Step
from sfoptlint.automation.flow.events import Event, Happening
from sfoptlint.automation.flow.oracle import Oracle
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Listing, Record
from sfoptlint.core.expr import AFTER, Const, Expr, Free, FreeKind, Interner, Type
from sfoptlint.core.location import Place, Position
from sfoptlint.core.logic import all_of
from sfoptlint.metadata.flow.elements import Element
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects

VISITS = 3_000
"""Elements that one walk visits, counted each time; real flows need 137 in 99 of 100 cases."""
NODES = 100_000
"""Nodes that one walk makes on the way."""


EVENTS = 2_000
"""Effects that one walk meets, those to other records included."""


class BudgetSpentError(Exception):
    """A walk got too long; the message says which budget is used up."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What the Apex of an action does to the save, and what holds of the values in its guards."""

    effects: tuple[Effect, ...]
    axioms: tuple[Expr, ...]


Actions = Callable[[str, str, Mapping[str, Expr | None], Interner], Acted | None]
"""Walks the Apex of an action: by its class, the saved object and what it is given, None for the saved record.

None where the class is not followed.
"""


@dataclass
class Walk:
    """One walk: where it asks, and what it met so far.

    `saved` is the saved record's object, empty where none is saved; `everyone` has the keys of queries that leave no record out,
    `spelt` the fields that were written by their names in lower case.
    """

    objects: Objects
    interner: Interner
    oracle: Oracle
    flows: Callable[[str], Flow | None]
    saved: str
    events: list[Event] = field(default_factory=list)
    gaps: dict[str, Gap] = field(default_factory=dict)
    queries: dict[Hashable, Record | Listing] = field(default_factory=dict)
    everyone: set[str] = field(default_factory=set)
    spelt: dict[str, str] = field(default_factory=dict)
    visits: int = 0
    first_node: int = 0
    most_visits: int = VISITS
    actions: Actions | None = None
    acted: dict[Hashable, Acted | None] = field(default_factory=dict)

    def act(self, target: str, handed: Mapping[str, Expr | None]) -> Acted | None:
        """Return what the Apex of an action does, asked once; its nodes have a budget of their own."""
        key = (target.casefold(), frozenset(handed.items()))
        if self.actions is not None and key not in self.acted:
            made = len(self.interner)
            self.acted[key] = self.actions(target, self.saved, handed, self.interner)
            self.first_node += len(self.interner) - made
        return self.acted.get(key)

    def visit(self) -> None:
        """Count one element; raise BudgetSpentError where it is one too many."""
        self.visits += 1
        if self.visits > self.most_visits:
            raise BudgetSpentError(f"budget: more than {self.most_visits} element visits")
        if len(self.events) > EVENTS:
            raise BudgetSpentError(f"budget: more than {EVENTS} effects on the way")
        if len(self.interner) - self.first_node > NODES:
            raise BudgetSpentError(f"budget: more than {NODES} nodes of guards")

    def open(self, name: str, at: Place, type_: Type, text: str, reason: str = "") -> Expr:
        """Return what stands for a part that is not modelled; with a reason it is a gap."""
        reads = (self.interner.field(AFTER, ("Id",), Type.TEXT),)
        atom = self.interner.free(Free(name, type_, FreeKind.OPAQUE, at, text, reads))
        if reason:
            self.gaps.setdefault(name, Gap(atom, at, reason))
        return self.oracle.settle(atom)


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow being walked. `calls` are the elements that called it, the outermost first; `before` says that it runs before
    the save, so that what it gives `$Record` is what is saved. `outer` is where the outermost flow calls, None in it.
    """

    flow: Flow
    walk: Walk
    before: bool = False
    calls: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    outer: Place | None = None

    def place(self, at: Position) -> Place:
        """Return a place in the flow's file."""
        return Place(self.flow.path, at.line, at.column)

    def key(self, element: Element) -> str:
        """Return the name of a spot in a witness: `path#element`, with the way there where it is met more than once."""
        way = "".join(f"@{name}" for name in reversed(self.calls)) + "".join(f"~{number}" for number in self.rounds)
        return f"{self.flow.path}#{element.name}{way}"

    def happens(self, do: Happening, element: Element, state: State, when: Expr | None = None) -> None:
        """Note what happens here, under the guard of the way here and this one."""
        guard = all_of((*state.path, *((when,) if when is not None else ())), self.walk.interner)
        if isinstance(guard, Const) and guard.value is not True:
            return
        here = self.place(element.at)
        at = self.outer or here
        steps = (*state.steps, Step(here, element.label or element.name))
        self.walk.events.append(Event(guard, do, at, state.timing, steps, f"{self.flow.path}#{element.name}"))


@dataclass
class Reads:
    """What reading values asks for: `faults` are guards under which the flow fails because there is no such row.

    `doubts` are those under which nobody can say. `under` is what holds where something is read.
    """

    interner: Interner
    under: list[Expr] = field(default_factory=list)
    faults: list[Expr] = field(default_factory=list)
    doubts: list[Expr] = field(default_factory=list)

    def absent(self, when: Expr, *, surely: bool = True) -> None:
        """Note that there is no row where the guard holds."""
        guard = all_of((*self.under, when), self.interner)
        if isinstance(guard, Const) and guard.value is not True:
            return
        (self.faults if surely else self.doubts).append(guard)
