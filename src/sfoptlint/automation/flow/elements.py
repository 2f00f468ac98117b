"""What each element does to the state of a flow, and which element comes next."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sfoptlint.automation.automation import Block, Step, Timing
from sfoptlint.automation.flow.assign import Assigning
from sfoptlint.automation.flow.calls import Calls, Inline
from sfoptlint.automation.flow.conditions import Conditions
from sfoptlint.automation.flow.database import Database
from sfoptlint.automation.flow.events import MayFail, Unread
from sfoptlint.automation.flow.frame import Frame, Reads
from sfoptlint.automation.flow.scope import Scope
from sfoptlint.automation.flow.state import State, as_it_was
from sfoptlint.automation.flow.values import Entry, Listing, Record
from sfoptlint.core.expr import Const, Expr, Type
from sfoptlint.core.logic import all_of, any_of, not_
from sfoptlint.core.verdict import Cause, Effect
from sfoptlint.lang.formula.building import truth
from sfoptlint.metadata.flow.elements import (
    Assignment,
    Call,
    CustomError,
    Decision,
    Element,
    Filter,
    GetRecords,
    Loop,
    Other,
    Outcome,
    Wait,
    WriteRecords,
)

FAULT: Final = "CANNOT_EXECUTE_FLOW_TRIGGER"
"""The status code of a save that an unhandled fault of a flow rejects (SOAP API Developer Guide, StatusCode)."""
REJECTED: Final = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
_HARMLESS: Final = frozenset({"screens", "transforms"})

_BLOCKS: Final = frozenset({Effect.BLOCK})

Ways = Iterator[tuple[str, State]]


class Steps:
    """The elements of one flow at work."""

    __slots__ = ("_assigning", "_calls", "_conditions", "_database", "_frame", "_interner", "scope")

    def __init__(self, frame: Frame, inline: Inline) -> None:
        self._frame = frame
        self._interner = frame.walk.interner
        self.scope = Scope(frame)
        self._conditions = Conditions(self.scope)
        self._assigning = Assigning(self.scope)
        self._database = Database(self.scope, self._conditions)
        self._calls = Calls(self.scope, inline)

    @property
    def conditions(self) -> Conditions:
        """What decides conditions."""
        return self._conditions

    def take(self, element: Element, state: State) -> list[tuple[str, State]]:
        """Do what the element does; return the elements that come next, each with the state it is met in."""
        if element.unread:
            self._frame.happens(Unread(f"it has parts that are not read: {', '.join(element.unread)}"), element, state)
        match element:
            case Decision():
                return list(self._decide(element, state))
            case Wait():
                return list(self._wait(element, state))
            case CustomError():
                return list(self._reject(element, state))
            case Assignment() | GetRecords() | WriteRecords() | Call() | Filter():
                return list(self._do(element, state))
            case Other():
                return list(self._other(element, state))
            case Loop():
                raise AssertionError("a loop is walked by the walk")

    def _do(self, element: Assignment | GetRecords | WriteRecords | Call | Filter, state: State) -> Ways:
        reads = Reads(self._interner)
        match element:
            case Assignment():
                done: State | None = self._assigning.assign(element, state, reads)
            case GetRecords():
                done = self._database.get(element, state, reads)
            case WriteRecords():
                done = self._database.write(element, state, reads)
            case Call():
                done = self._calls.call(element, state, reads)
            case Filter():
                done = self._filter(element, state, reads)
        yield from self._failing(element, state, reads)
        fine = done.under(not_(any_of(reads.faults, self._interner), self._interner), self._interner) if done else None
        if fine is None:
            return
        if not isinstance(element, Assignment | Filter | GetRecords) and (
            element.fault or not self._is_subflow(element)
        ):
            key = self._frame.key(element)
            if self._frame.walk.oracle.fails(key):
                yield from self._failed(element, state, any_of((), self._interner), fails=True)
                return
            if not element.fault and state.timing is Timing.NOW:
                self._frame.happens(MayFail(_what(element)), element, state)
        yield element.next, fine

    @staticmethod
    def _is_subflow(element: Element) -> bool:
        return isinstance(element, Call) and element.kind in ("subflow", "flow")

    def _failing(self, element: Element, state: State, reads: Reads) -> Ways:
        """What was read of a row that is not there makes the element fail."""
        doubt = any_of(reads.doubts, self._interner)
        if not _never(doubt):
            reason = "a formula reads a row that may not be there; whether it fails then is not known"
            self._frame.happens(Unread(reason, may=_BLOCKS), element, state, doubt)
        fault = any_of(reads.faults, self._interner)
        if not _never(fault):
            yield from self._failed(element, state, fault)

    def _failed(self, element: Element, state: State, when: Expr, *, fails: bool = False) -> Ways:
        if not fails and state.under(when, self._interner) is None:
            return
        there = state if fails else state.under(when, self._interner)
        assert there is not None
        if element.fault:
            yield element.fault, there.after(Step(self._frame.place(element.at), f"{element.label} fails"))
            return
        what = "fails" if fails else "reads a field of a row that is not there"
        self._frame.happens(Block(Cause.EXCEPTION, FAULT, f"{element.label} {what}"), element, there)

    def _decide(self, decision: Decision, state: State) -> Ways:
        left: State | None = state
        for outcome in decision.outcomes:
            if left is None:
                return
            met, left = self._outcome(decision, outcome, left)
            if met is not None:
                words = f"{decision.label or decision.name}: {outcome.label or outcome.name}"
                taken = met.having(outcome.name.casefold(), self._interner.const(True, Type.BOOLEAN))
                yield outcome.next, taken.after(Step(self._frame.place(outcome.at), words))
        if left is not None:
            words = f"{decision.label or decision.name}: none of its outcomes"
            yield decision.next, left.after(Step(self._frame.place(decision.at), words))

    def _outcome(self, decision: Decision, outcome: Outcome, state: State) -> tuple[State | None, State | None]:
        """Return the state in which the outcome is taken, and the one in which it is not."""
        reads = Reads(self._interner)
        guard = self._conditions.met(outcome.criteria, state, reads)
        if outcome.on_change:
            before = as_it_was(state)
            prior = self._conditions.met(outcome.criteria, before, Reads(self._interner)) if before else None
            guard = all_of((guard, not_(prior, self._interner)), self._interner) if prior else guard
        for _ in self._failing(decision, state, reads):
            raise AssertionError("a decision has no fault path")
        fine = state.under(not_(any_of(reads.faults, self._interner), self._interner), self._interner)
        if fine is None:
            return None, None
        return fine.under(guard, self._interner), fine.under(not_(guard, self._interner), self._interner)

    def _wait(self, wait: Wait, state: State) -> Ways:
        waited: list[Expr] = []
        for event in wait.events:
            guard = self._conditions.met(event.criteria, state, Reads(self._interner))
            waited.append(guard)
            there = state.under(guard, self._interner)
            if there is not None:
                words = f"{wait.label or wait.name}: later"
                later = replace(there, timing=Timing.LATER).after(Step(self._frame.place(wait.at), words))
                yield event.next, self._assigning.freed(event.outputs, later, self._frame.key(wait))
        at_once = state.under(not_(any_of(waited, self._interner), self._interner), self._interner)
        if at_once is not None and wait.next:
            yield wait.next, at_once

    def _reject(self, error: CustomError, state: State) -> Ways:
        message = error.messages[0] if error.messages else None
        text, field = (message.text, message.field) if message else ("", "")
        self._frame.happens(Block(Cause.ERROR, REJECTED, text, field), error, state)
        yield error.next, state

    def _other(self, other: Other, state: State) -> Ways:
        if other.kind not in _HARMLESS:
            self._frame.happens(Unread(f"{other.name} is of a kind that is not followed: {other.kind}"), other, state)
        if other.object:
            state = state.having(other.name.casefold(), self._assigning.strangers(other.name, other.object))
        yield other.next, state

    def _filter(self, element: Filter, state: State, reads: Reads) -> State:
        value = self.scope.resolve(element.collection, state, reads)
        if isinstance(value, Listing) and element.kind == "SortCollectionProcessor":
            made = self._limited(element, value)
        elif isinstance(value, Listing) and element.kind == "FilterCollectionProcessor":
            made = self._filtered(element, value, state)
        else:
            made = self._assigning.strangers(element.name, "")
        return state.having(element.name.casefold(), made)

    def _limited(self, element: Filter, listing: Listing) -> Listing:
        """Return the first items; which those of a collection are, once it is sorted, is open, but rows of a query are alike."""
        if element.limit is None or (element.limit >= len(listing.entries) and not listing.open):
            return listing
        entries = listing.entries[: element.limit]
        if listing.rows is None:
            entries = tuple(self._open(element, number, entry) for number, entry in enumerate(listing.entries))
        return Listing(entries, open=listing.open and element.limit > len(listing.entries))

    def _filtered(self, element: Filter, listing: Listing, state: State) -> Listing:
        """Return the items that pass. Where there are more than are listed, one may pass of which nothing is known."""
        entries = [self._passing(element, number, entry, state) for number, entry in enumerate(listing.entries)]
        if listing.open and listing.entries:
            entries.append(self._open(element, len(entries), listing.entries[-1]))
        return Listing(tuple(entries), open=listing.open)

    def _passing(self, element: Filter, number: int, entry: Entry, state: State) -> Entry:
        """Return an item under the guard that it passes; what a row lacks makes no filter fail, as far as anybody says."""
        there = state.having(element.item.casefold(), entry.item)
        reads = Reads(self._interner)
        if element.formula:
            asked = self.scope.formulas.lowered(element.formula, self.scope.place, there, reads, Type.BOOLEAN)
            passes = self.scope.frame.walk.oracle.settle(truth(asked, self._interner))
        elif element.criteria.conditions:
            passes = self._conditions.met(element.criteria, there, reads)
        else:
            return self._open(element, number, entry)
        return Entry(all_of((entry.when, passes), self._interner), entry.item)

    def _open(self, element: Filter, number: int, entry: Entry) -> Entry:
        key = f"{self._frame.key(element)}[{number}]"
        kept = self.scope.frame.walk.open(key, self.scope.place, Type.BOOLEAN, f"an item is kept by {element.name}")
        return Entry(all_of((entry.when, kept), self._interner), entry.item)

    def collection(self, loop: Loop, state: State) -> Listing:
        """Return what a loop goes through."""
        value = self.scope.resolve(loop.collection, state, Reads(self._interner))
        if isinstance(value, Listing):
            return value
        if isinstance(value, Record) or (isinstance(value, Const) and value.value is None):
            return Listing(())
        return self._assigning.strangers(f"{loop.name} items", "")


def _never(guard: Expr) -> bool:
    return isinstance(guard, Const) and guard.value is not True


def _what(element: WriteRecords | Call) -> str:
    name = element.label or element.name
    return f"{name} ({element.kind})" if isinstance(element, Call) else f"{name} ({element.what} records)"
