"""Where a flow begins: the start's conditions, its paths, and what `$Record` stands for there."""

from dataclasses import replace
from typing import Final

from sfoptlint.automation.automation import Step, Timing
from sfoptlint.automation.flow.events import Event, Scheduled
from sfoptlint.automation.flow.frame import Frame, Reads
from sfoptlint.automation.flow.start import Trigger
from sfoptlint.automation.flow.state import State, as_it_was
from sfoptlint.automation.flow.values import One, Value, record_of
from sfoptlint.automation.flow.walk import FlowWalk
from sfoptlint.core.expr import AFTER, PRIOR, Expr, Primitive, RecordRef, Type
from sfoptlint.core.logic import all_of, not_
from sfoptlint.lang.formula.building import truth
from sfoptlint.metadata.flow.elements import Path
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.metadata.flow.parts import Operand

EVERY_PATH: Final = "*"


def walk_from_start(frame: Frame, trigger: Trigger, path: str = EVERY_PATH) -> None:
    """Walk from the start: every path, or the one of this name; the path that runs at once has an empty name."""
    flow, walk = frame.flow, frame.walk
    begun = FlowWalk(frame)
    state = State((), begun.initial(_record(flow, trigger, frame)))
    state = state.after(Step(frame.place(flow.start.at), _words(flow, trigger)))
    entered = state.under(_entry(begun, flow, trigger, state, again=path not in (EVERY_PATH, "")), walk.interner)
    if entered is None:
        return
    for later in flow.start.paths:
        if later.next:
            _later(frame, later, entered, path)
    if flow.start.next and path in (EVERY_PATH, ""):
        begun.run(flow.start.next, entered)


def _later(frame: Frame, later: Path, state: State, path: str) -> None:
    walk, name = frame.walk, later.name or later.kind
    asynchronous = later.kind.casefold() == "asyncaftercommit"
    timing = Timing.ASYNC if asynchronous else Timing.LATER
    words = "after the commit" if asynchronous else f"later: {name}"
    at = frame.place(frame.flow.start.at)
    counted = replace(state, timing=timing).after(Step(at, words)).under(_counts(frame, later, state), walk.interner)
    if counted is None:
        return
    if path in (EVERY_PATH, ""):
        guard = counted.guard(walk.interner)
        walk.events.append(
            Event(guard, Scheduled(name, timing), at, timing, counted.steps, f"{frame.flow.path}#{name}")
        )
    if path in (EVERY_PATH, name):
        FlowWalk(frame).run(later.next, counted)


def _counts(frame: Frame, later: Path, state: State) -> Expr:
    """Return whether the moment of a path is known: a date field that it counts from must not be blank."""
    walk = frame.walk
    if not later.field:
        return walk.interner.const(True, Type.BOOLEAN)
    scope = FlowWalk(frame).steps.scope
    value = scope.scalar(scope.resolve(f"$Record.{later.field}", state, Reads(walk.interner)))
    blank = walk.interner.call(Primitive.BLANK, (value,), Type.BOOLEAN)
    return walk.oracle.settle(not_(blank, walk.interner))


def _record(flow: Flow, trigger: Trigger, frame: Frame) -> dict[str, Value]:
    if not trigger.object:
        return {}
    interner = frame.walk.interner
    now, before = (record_of(One(ref, trigger.object), interner) for ref in (AFTER, PRIOR))
    found: dict[str, Value] = {"$record": now}
    if trigger.saved:
        found["$record__prior"] = before
    for variable, value in (("ObjectVariable", now), ("OldObjectVariable", before)):
        if variable in flow.process:
            found[flow.process[variable].casefold()] = value
    return found


def _entry(begun: FlowWalk, flow: Flow, trigger: Trigger, state: State, *, again: bool) -> Expr:
    """Return the start's conditions. With `on_change` the record must not have met them before; `again`: but for a path that
    runs later it must meet them still.
    """
    interner = begun.steps.scope.interner
    guard = _conditions(begun, flow, AFTER, trigger.object, state)
    before = as_it_was(state)
    if flow.start.on_change and before is not None and not again:
        prior = _conditions(begun, flow, PRIOR, trigger.object, before)
        guard = all_of((guard, not_(prior, interner)), interner)
    return guard


def _conditions(begun: FlowWalk, flow: Flow, ref: RecordRef, object_: str, state: State) -> Expr:
    scope, start = begun.steps.scope, flow.start
    reads = Reads(scope.interner)
    guards: list[Expr] = []
    if start.formula:
        asked = scope.formulas.lowered(start.formula, scope.place, state, reads, Type.BOOLEAN)
        guards.append(scope.frame.walk.oracle.settle(truth(asked, scope.interner)))
    if start.criteria.conditions and object_:

        def right(operand: Operand | None) -> Value:
            return scope.operand(operand, state, reads, "the start")

        guards.append(begun.steps.conditions.filtered(start.criteria, One(ref, object_), right, reads))
    return all_of(guards, scope.interner)


def _words(flow: Flow, trigger: Trigger) -> str:
    name = flow.label or flow.full_name
    if trigger.saved:
        return f"{name} starts: {trigger.object} is updated"
    return f"{name} starts by itself" + (f" for each {trigger.object}" if trigger.object else "")
