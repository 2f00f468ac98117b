"""The walk over a flow's elements: in an order in which each comes after all that lead to it, ways merged where they meet.

A loop's first rounds are walked exactly. What follows is walked once, from a state in which every variable that a round changes
may hold anything: so nothing that can happen is missed, and what rests on such a value is marked as not exact.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sfoptlint.automation.automation import Timing
from sfoptlint.automation.flow.elements import Steps
from sfoptlint.automation.flow.frame import Frame
from sfoptlint.automation.flow.graph import Graph, assigned, graph_of, targets
from sfoptlint.automation.flow.oracle import UNROLLED
from sfoptlint.automation.flow.state import State, merged
from sfoptlint.automation.flow.values import Entry, Listing, One, Record, Value, chosen
from sfoptlint.core.expr import Expr, Type
from sfoptlint.core.logic import any_of, not_
from sfoptlint.metadata.flow.elements import Element, Loop

Key = tuple[str, Timing]


class FlowWalk:
    """One flow being walked, from one of its starts."""

    __slots__ = ("_depth", "_ended", "_frame", "_graph", "_heads", "_interner", "_pending", "_steps", "_walk")

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._walk = frame.walk
        self._interner = frame.walk.interner
        self._graph: Graph = graph_of(frame.flow.elements, ())
        self._pending: dict[Key, list[State]] = {}
        self._ended: list[State] = []
        self._depth = len(frame.rounds)
        self._heads: frozenset[str] = frozenset()
        self._steps = Steps(frame, called)

    def run(self, start: str, state: State) -> State | None:
        """Walk from an element on; return the state at the end, None where no way ends."""
        self._graph = graph_of(self._frame.flow.elements, (start.casefold(),))
        self._arrive(start, state)
        self._drain(None)
        return self._merged(self._ended) if self._ended else None

    def initial(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return what the flow's variables start with, and what the flow is given."""
        return self._steps.scope.initial(given)

    @property
    def steps(self) -> Steps:
        """What the elements do."""
        return self._steps

    def _merged(self, states: list[State]) -> State:
        return merged(states, self._interner, self._field)

    def _field(self, one: One, name: str) -> Expr:
        return self._steps.scope.fields.of(one, (name,))

    def _arrive(self, name: str, state: State) -> None:
        key = name.casefold()
        if key in self._frame.flow.elements:
            self._pending.setdefault((key, state.timing), []).append(state)
        else:
            self._ended.append(state)

    def _drain(self, region: frozenset[str] | None) -> None:
        """Visit what is pending, or what of it stands in the region."""
        order = self._graph.order
        while True:
            ready = [key for key in self._pending if region is None or key[0] in region]
            if not ready:
                return
            key = min(ready, key=lambda k: (order.get(k[0], 0), k[1]))
            state = self._merged(self._pending.pop(key))
            element = self._frame.flow.elements[key[0]]
            if isinstance(element, Loop):
                self._loop(element, state)
            elif key[0] in self._graph.heads:
                self._cycle(element, state)
            else:
                self._visit(element, state)

    def _visit(self, element: Element, state: State) -> None:
        self._walk.visit()
        for name, following in self._steps.take(element, state):
            self._arrive(name, following)

    def _back(self, name: str, timing: Timing) -> State | None:
        states = self._pending.pop((name.casefold(), timing), None)
        return self._merged(states) if states else None

    def _loop(self, loop: Loop, state: State) -> None:
        self._walk.visit()
        head = loop.name.casefold()
        region = self._graph.region(head, (loop.body.casefold(),), self._heads)
        outer, self._heads = self._heads, self._heads | {head}
        listing = self._steps.collection(loop, state)
        left: State | None = state
        exact = self._rounds(listing)
        for number, entry in enumerate(listing.entries[:exact]):
            left = self._round(loop, left, entry, region, number) if left else None
        rest = self._rest(loop, listing, exact)
        if rest and left is not None:
            left = self._anything(loop, left, rest, region)
        self._heads = outer
        if left is not None:
            self._arrive(loop.next, left)

    def _rounds(self, listing: Listing) -> int:
        """Return how many rounds are walked exactly: of all rows of a query, the last listed one stands for those to come."""
        if self._walk.oracle.rounds is None:
            return len(listing.entries)
        listed = len(listing.entries) - (listing.rows is not None)
        return min(listed, UNROLLED[min(self._depth, len(UNROLLED) - 1)])

    def _round(self, loop: Loop, state: State, entry: Entry, region: frozenset[str], number: int) -> State | None:
        """Walk one round where there is this item, and return the state after it, or without it."""
        skipped = state.under(not_(entry.when, self._interner), self._interner)
        entered = state.under(entry.when, self._interner)
        ways = [skipped] if skipped else []
        if entered is not None:
            back = self._body(loop, entered, entry.item, region, number)
            ways += [back] if back else []
        return self._merged(ways) if ways else None

    def _body(self, loop: Loop, state: State, item: Value, region: frozenset[str], number: int) -> State | None:
        """Walk the body once; return the state in which it comes back to the loop."""
        outer = self._steps, self._depth
        self._depth += 1
        self._steps = (
            Steps(replace(self._frame, rounds=(*self._frame.rounds, number)), called) if number else self._steps
        )
        self._arrive(loop.body or loop.name, state.having((loop.item or loop.name).casefold(), item))
        self._drain(region)
        self._steps, self._depth = outer
        return self._back(loop.name, state.timing)

    def _rest(self, loop: Loop, listing: Listing, exact: int) -> tuple[Entry, ...]:
        """Return items that stand for all that come after the rounds that were walked."""
        rest = listing.entries[exact:]
        if listing.rows is not None:
            return rest[:1]
        if rest or not listing.open:
            return rest
        more = self._open(f"{self._frame.key(loop)} more", Type.BOOLEAN, f"{loop.name} has more items")
        return tuple(Entry(more, entry.item) for entry in listing.entries)

    def _open(self, name: str, type_: Type, text: str) -> Expr:
        return self._walk.open(name, self._frame.place(self._frame.flow.at), type_, text)

    def _anything(self, loop: Loop, state: State, rest: tuple[Entry, ...], region: frozenset[str]) -> State | None:
        """Walk the body from a state that holds for every later round, and return what holds after all of them."""
        changes = assigned(self._frame.flow.elements[name] for name in region)
        more = any_of((entry.when for entry in rest), self._interner)
        skipped = state.under(not_(more, self._interner), self._interner)
        wide = state.under(more, self._interner)
        for number in (len(UNROLLED), len(UNROLLED) + 1):
            for entry in rest:
                wide = self._later_round(loop, wide, entry, region, changes, number) if wide else None
        ways = [way for way in (skipped, wide) if way is not None]
        return self._merged(ways) if ways else None

    def _later_round(  # noqa: PLR0913, PLR0917 - a round, and everything that it is walked with
        self, loop: Loop, wide: State, entry: Entry, region: frozenset[str], changes: Iterable[str], number: int
    ) -> State | None:
        wide = self._widened(loop, wide, None, changes)
        entered = wide.under(entry.when, self._interner)
        if entered is None:
            return wide
        back = self._body(loop, entered, entry.item, region, number)
        if back is None:
            return wide.under(not_(entry.when, self._interner), self._interner)
        after = self._widened(loop, wide, back, changes)
        if back.path == entered.path:
            return after
        # Some rounds do not come back: which, is not followed from one round to the next.
        through = self._open(f"{self._frame.key(loop)} through", Type.BOOLEAN, f"{loop.name} comes to its end")
        return after.under(through, self._interner)

    def _widened(self, loop: Loop, state: State, back: State | None, changes: Iterable[str]) -> State:
        """Return a state in which each variable that a round changes may hold anything that a round can leave in it."""
        values = dict(state.values)
        for name in changes:
            held = values.get(name)
            other = back.values.get(name, held) if back else held
            if held is None and other is None:
                continue
            values[name] = self._any_value(loop, name, held, other)
        return replace(state, values=values)

    def _any_value(self, loop: Loop, name: str, held: Value | None, other: Value | None) -> Value:
        value = other if held is None else held
        assert value is not None
        key, text = f"{self._frame.key(loop)} {name}", f"{name} after many rounds of {loop.name}"
        if isinstance(value, Listing):
            more = other if isinstance(other, Listing) else value
            entries = (*value.entries, *(entry for entry in more.entries if entry not in value.entries))
            return Listing(entries, value.rows, open=True)
        if isinstance(value, Record) or isinstance(other, Record):
            if other is held:
                return value
            which = self._open(key, Type.BOOLEAN, text)
            return chosen(which, other or value, value, self._interner, self._field)
        type_ = value.type if value.type is not Type.UNKNOWN else getattr(other, "type", Type.UNKNOWN)
        return self._open(key, type_, text)

    def _cycle(self, head: Element, state: State) -> None:
        """Walk round a cycle that no loop element makes: some rounds exactly, then from any state that a round can leave."""
        name = head.name.casefold()
        region = self._graph.region(name, targets(head), self._heads)
        outer, self._heads = self._heads, self._heads | {name}
        last = self._exact_rounds(head, state, region)
        if last is not None:
            self._later_rounds(head, last, region)
        self._heads = outer

    def _exact_rounds(self, head: Element, state: State, region: frozenset[str]) -> State | None:
        """Return the state before the first round that was not walked; None where there is none."""
        rounds = self._walk.oracle.rounds
        number = 0
        while rounds is None or number < rounds:
            self._visit(head, state)
            self._drain(region)
            back = self._back(head.name, state.timing)
            if back is None:
                return None
            state, number = back, number + 1
        return state

    def _later_rounds(self, head: Element, state: State, region: frozenset[str]) -> None:
        name = head.name.casefold()
        changes = assigned(self._frame.flow.elements[inside] for inside in (*region, name))
        loop = Loop(name=head.name, label=head.label, at=head.at, collection="", item="", body="")
        again = state.under(
            self._open(f"{self._frame.key(head)} more", Type.BOOLEAN, f"{head.name} again"), self._interner
        )
        if again is None:
            return
        for _ in range(2):
            again = self._widened(loop, again, None, changes)
            self._visit(head, again)
            self._drain(region)
            back = self._back(name, state.timing)
            if back is None:
                return
            again = self._widened(loop, again, back, changes)


def called(frame: Frame, state: State, inputs: Callable[[dict[str, Value]], dict[str, Value]]) -> State | None:
    """Walk a flow that another one calls, in variables of its own; return the state at its end."""
    walk = FlowWalk(frame)
    values = inputs(walk.initial({}))
    return walk.run(frame.flow.start.next, replace(state, values=values))
