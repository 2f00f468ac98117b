"""A flow or process as guarded effects."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from sfoptlint.automation import automation
from sfoptlint.automation.automation import Automation, Block, Effect, Overwrite, Phase, Unknown, Write
from sfoptlint.automation.flow.entry import walk_from_start
from sfoptlint.automation.flow.events import Event, MayFail, Save, Touch, Unread
from sfoptlint.automation.flow.fields import Fields
from sfoptlint.automation.flow.frame import VISITS, Actions, BudgetSpentError, Frame, Walk
from sfoptlint.automation.flow.oracle import Symbolic
from sfoptlint.automation.flow.start import Trigger
from sfoptlint.automation.flow.values import One
from sfoptlint.core.expr import (
    AFTER,
    Const,
    Expr,
    Field,
    Free,
    FreeKind,
    Interner,
    Primitive,
    RecordKind,
    Type,
    nodes,
    substitute,
)
from sfoptlint.core.logic import any_of, false, not_, true
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects

MOST_NODES: Final = 10_000
"""Nodes of all guards together; the largest of 412 real flows has 9,740."""

MOST_EFFECTS: Final = 200
"""Effects, each of which is decided."""

Flows = Callable[[str], Flow | None]
"""Finds the flow that a call runs."""


def compile_flow(  # noqa: PLR0913, PLR0917 - a flow, and everything that it is read against
    flow: Flow,
    trigger: Trigger,
    inactive: str,
    objects: Objects,
    interner: Interner,
    flows: Flows,
    visits: int = VISITS,
    actions: Actions | None = None,
) -> Automation:
    """Return what a flow does, under which guards; never raises. `inactive` says why this version never runs."""
    started = trigger.saved and trigger.object in list(OptOutObject) and trigger.phase is not Phase.ELSEWHERE
    object_ = OptOutObject(trigger.object) if started or _deletes(trigger) else None
    oracle = Symbolic(interner)
    walk = Walk(objects, interner, oracle, flows, trigger.object if trigger.saved else "")
    walk.first_node, walk.most_visits, walk.actions = len(interner), visits, actions
    frame = Frame(flow, walk, before=trigger.phase is Phase.BEFORE_SAVE_FLOW)
    at = frame.place(flow.start.at)
    idle = inactive or trigger.idle
    spent = ""
    if not (idle and object_):
        try:
            walk_from_start(frame, trigger)
        except BudgetSpentError as error:
            spent = str(error)
    effects = list(_distinct(_effects(walk, object_)))
    if flow.unread:
        unread = f"the flow has parts that are not read: {', '.join(flow.unread)}"
        effects.append(Effect(true(interner), Unknown(unread), at))
    too_many = _too_many(effects)
    if too_many and any(walk.acted.values()):
        # What its actions do is too much to be told; that they are reached at all may be ruled out without it.
        return compile_flow(flow, trigger, inactive, objects, interner, flows, visits)
    if too_many:
        effects, spent = [], too_many
    if spent:
        effects.append(Effect(true(interner), Unknown(spent), at))
    if idle:
        effects = [replace(effect, guard=false(interner)) for effect in effects if isinstance(effect.do, Overwrite)]
    return Automation(
        component=ComponentId("Flow", flow.full_name),
        object=object_,
        phase=trigger.phase,
        at=at,
        effects=tuple(effects),
        axioms=(*oracle.axioms, *_of_actions(walk), *_identities(effects, oracle, Fields(objects, interner))),
        gaps=tuple(walk.gaps.values()),
        idle=idle,
    )


def _of_actions(walk: Walk) -> Iterator[Expr]:
    return (axiom for acted in walk.acted.values() if acted is not None for axiom in acted.axioms)


def _deletes(trigger: Trigger) -> bool:
    return trigger.saved and bool(trigger.idle) and trigger.object in list(OptOutObject)


def _distinct(effects: Iterator[Effect]) -> Iterator[Effect]:
    """Yield each effect once: a cycle of calls meets the same one many times. Of writes the order counts, and each is kept."""
    met: set[tuple[Expr, automation.Do, automation.Timing]] = set()
    for effect in effects:
        key = (effect.guard, effect.do, effect.timing)
        if key not in met or isinstance(effect.do, Write):
            met.add(key)
            yield effect


def _too_many(effects: list[Effect]) -> str:
    """Return which budget the effects are beyond, empty where they are within all."""
    if sum(not isinstance(effect.do, automation.MayFail) for effect in effects) > MOST_EFFECTS:
        return f"budget: more than {MOST_EFFECTS} effects"
    guards = nodes(*(effect.guard for effect in effects))
    if next(islice(guards, MOST_NODES, None), None) is not None:
        return f"budget: its guards have more than {MOST_NODES} nodes"
    return ""


def _identities(effects: list[Effect], oracle: Symbolic, fields: Fields) -> Iterator[Expr]:
    """Yield for each field of a row that may be the saved record: if it is, the field is the record's own."""
    interner = oracle.interner
    read = [node for node in nodes(*(effect.guard for effect in effects)) if isinstance(node, Field)]
    asked = {node.record for node in read if node.path == ("Id",)}
    for node in read:
        itself = oracle.own.get(node.record)
        if itself is not None and node.record in asked and node.path != ("Id",):
            row = One(node.record, itself.object)
            ids = (fields.of(row, ("Id",)), fields.of(itself, ("Id",)))
            another = not_(interner.call(Primitive.SAME, ids, Type.BOOLEAN, ci=True), interner)
            # A flow compares text without regard to case: what is the same is then the same for it.
            same = interner.call(Primitive.SAME, (node, fields.of(itself, node.path)), Type.BOOLEAN, ci=True)
            yield any_of((another, same), interner)


def _effects(walk: Walk, object_: OptOutObject | None) -> Iterator[Effect]:
    for event in walk.events:
        match event.do:
            case Save(fields=fields) if object_ is not None:
                value = fields.get(OPT_OUT_FIELD[object_].casefold())
                if value is not None:
                    yield _effect(event, Write(value))
            case Touch() as touch if touch.object in list(OptOutObject):
                yield _overwrite(walk, event, touch)
            case Block() as block:
                yield _effect(event, block)
            case Unread(reason=reason, may=may) if object_ is not None:
                yield _effect(event, Unknown(reason, may))
            case MayFail(what=what):
                yield _effect(event, automation.MayFail(what))


def _effect(event: Event, do: automation.Do) -> Effect:
    return Effect(event.guard, do, event.at, event.timing, event.steps, event.place)


def _overwrite(walk: Walk, event: Event, touch: Touch) -> Effect:
    """Records of an object are written elsewhere; where the box is not among their fields, nothing of it is lost."""
    object_, interner = OptOutObject(touch.object), walk.interner
    value = touch.fields.get(OPT_OUT_FIELD[object_].casefold())
    if value is None or touch.what != "update":
        return replace(_effect(event, Overwrite(object_, false(interner), everyone=False)), guard=false(interner))
    settled = dict(_settled(walk, event.guard, object_, value))
    guard = substitute(event.guard, settled, interner)
    return replace(_effect(event, Overwrite(object_, value, touch.everyone)), guard=guard)


def _settled(walk: Walk, guard: Expr, object_: OptOutObject, value: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Yield what holds of the records that are written: they are there, and their box has the other value."""
    box = OPT_OUT_FIELD[object_]
    for node in nodes(guard):
        match node:
            case Free(kind=FreeKind.FOUND, name=name) if name.partition("[")[0] in walk.everyone:
                yield node, true(walk.interner)
            case Field(record=record, path=(name,)) if name == box and isinstance(value, Const):
                if record.kind is RecordKind.ROW or (record == AFTER and not walk.saved):
                    yield node, not_(walk.interner.const(value.value is True, Type.BOOLEAN), walk.interner)
