"""Where a flow begins: the start's conditions, its paths, and what `$Record` stands for there."""

from dataclasses import replace

from sfoptlint.automation.automation import Step, Timing
from sfoptlint.automation.flow.events import Event, Scheduled
from sfoptlint.automation.flow.frame import Frame, Reads
from sfoptlint.automation.flow.start import Trigger
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import One, Value, record_of
from sfoptlint.automation.flow.walk import FlowWalk
from sfoptlint.core.expr import AFTER, PRIOR, Expr, Primitive, Type
from sfoptlint.core.logic import all_of, not_
from sfoptlint.lang.formula.building import as_prior, truth
from sfoptlint.metadata.flow.elements import Path
from sfoptlint.metadata.flow.flow import Flow


def walk_from_start(frame: Frame, trigger: Trigger) -> None:
    """Walk every path of a flow that the start leads to."""
    flow, walk = frame.flow, frame.walk
    begun = FlowWalk(frame)
    state = State((), {**begun.initial, **_record(flow, trigger, frame)})
    state = state.after(Step(frame.place(flow.start.at), _words(flow, trigger)))
    entered = state.under(_entry(begun, flow, trigger, state), walk.interner)
    if entered is None:
        return
    if flow.start.next:
        begun.run(flow.start.next, entered)
    for path in flow.start.paths:
        if path.next:
            _later(frame, path, entered)


def _later(frame: Frame, path: Path, state: State) -> None:
    walk = frame.walk
    asynchronous = path.kind.casefold() == "asyncaftercommit"
    timing = Timing.ASYNC if asynchronous else Timing.LATER
    words = "after the commit" if asynchronous else f"later: {path.name}"
    later = replace(state, timing=timing).after(Step(frame.place(frame.flow.start.at), words))
    begun = FlowWalk(frame)
    if path.field and not asynchronous:
        record = later.values["$record"]
        value = begun.steps.scope.member(record, (path.field,), Reads(walk.interner), path.field)
        blank = walk.interner.call(Primitive.BLANK, (begun.steps.scope.scalar(value),), Type.BOOLEAN)
        counted = later.under(walk.oracle.settle(not_(blank, walk.interner)), walk.interner)
        if counted is None:
            return
        later = counted
    at = frame.place(frame.flow.start.at)
    guard = later.guard(walk.interner)
    name = path.name or path.kind
    walk.events.append(Event(guard, Scheduled(name, timing), at, timing, later.steps, f"{frame.flow.path}#{name}"))
    begun.run(path.next, later)


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


def _entry(begun: FlowWalk, flow: Flow, trigger: Trigger, state: State) -> Expr:
    """Return the start's conditions. With `on_change` the record must not have met them before."""
    scope, start = begun.steps.scope, flow.start
    interner, reads = scope.interner, Reads(scope.interner)
    guards: list[Expr] = []
    if start.formula:
        guards.append(truth(scope.formulas.lowered(start.formula, scope.place, state, reads, Type.BOOLEAN), interner))
    if start.criteria.conditions and trigger.object:
        one = One(AFTER, trigger.object)
        met = begun.steps.conditions.filtered(
            start.criteria, one, lambda operand: scope.operand(operand, state, reads, "the start"), reads
        )
        guards.append(met)
    guard = all_of(guards, interner)
    if start.on_change and trigger.saved:
        before = scope.frame.walk.oracle.settle(as_prior(guard, interner))
        guard = all_of((guard, not_(before, interner)), interner)
    return scope.frame.walk.oracle.settle(guard)


def _words(flow: Flow, trigger: Trigger) -> str:
    name = flow.label or flow.full_name
    if trigger.saved:
        return f"{name} starts: {trigger.object} is updated"
    return f"{name} starts by itself" + (f" for each {trigger.object}" if trigger.object else "")
