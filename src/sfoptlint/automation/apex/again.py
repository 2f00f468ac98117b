"""A trigger that saves its record again: that save starts it once more, with the statics of that moment.

Apex Developer Guide, "Triggers and Order of Execution". The second save is taken to go well; what it leaves in the box before it
counts, and no third one is looked at.
"""

from collections.abc import Callable
from dataclasses import replace

from sfoptlint.automation.apex.fields import record_field
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.records import box_of, unset
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Origin, RecordCell, Ref, Value
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Effect, Overwrite, Timing, Unknown, Write
from sfoptlint.core import verdict
from sfoptlint.core.expr import AFTER, Expr
from sfoptlint.lang.apex.nodes import Node

Start = Callable[[Walk, State], None]


class WalkAgain(Walk):
    """A walk that goes once more through the trigger where it saves its record again; `start` walks its event before it."""

    start: Start | None = None
    _within = False

    def saves_again(self, record: RecordCell, when: Expr, state: State, node: Node) -> None:
        """Walk the trigger for the save of a record that may be the saved one."""
        start = self.start
        if start is None or self._within or self.event.timing != "after" or self.timing is not Timing.NOW:
            return
        own = self.same_record(record, state) if record.origin is Origin.MADE else record.own
        if state.dead or own is None or record.ref not in (None, AFTER):
            return
        condition = state.known(self.terms.all(when, own))
        aside = state.fork()
        aside.assume(condition)
        if aside.dead:
            return
        with self.stepping(self.place(node), "the record is saved again"):
            self._second(record, aside, start)
        state.assume(self.terms.no(condition))
        join(state, aside)

    def _second(self, record: RecordCell, state: State, start: Start) -> None:
        first = state.store.variables("trigger")
        event, frames, handlers, loops = self.event, self.frames, self.handlers, (self.chunk_loops, self.row_rounds)
        before, found = state.fork(), len(self.effects)
        self.handlers, self.chunk_loops, self.row_rounds, self._within = [], 0, [], True
        self.outer = self.alive
        _hand_over(self, record, state)
        try:
            start(self, state)
        finally:
            self.event, self.frames, self.handlers, self._within = event, frames, handlers, False
            self.chunk_loops, self.row_rounds = loops
            self.outer = frozenset()
        self.effects[found:] = [kept for effect in self.effects[found:] if (kept := _of_the_box(effect)) is not None]
        if state.dead:
            state.become(before)
        state.store.put_back("trigger", first)


def _hand_over(run: Walk, record: RecordCell, state: State) -> None:
    """Let the record as it was saved be the old one, and the one that is saved now the new one."""
    now = state.store["trigger", "record"]
    assert isinstance(now, Ref)
    cell = state.cell(now)
    assert isinstance(cell, RecordCell)
    box = box_of(cell.object).casefold()
    saved: dict[str, Value] = {**cell.fields, box: record_field(run, now, box_of(cell.object), state)}
    given = dict(record.fields)
    if record.origin is Origin.OLD and box not in given:
        given[box] = unset(record, box_of(cell.object), run.terms)
    state.store["trigger", "stored"] = state.new(RecordCell(cell.object, Origin.OLD, fields=saved))
    state.store["trigger", "record"] = state.new(RecordCell(cell.object, Origin.NEW, fields={**saved, **given}))


def _of_the_box(effect: Effect) -> Effect | None:
    match effect.do:
        case Write() | Overwrite():
            return effect
        case Unknown(may=may) as unread if verdict.Effect.REVERT in may:
            return replace(effect, do=replace(unread, may=frozenset({verdict.Effect.REVERT})))
    return None
