"""Workflow rules run on one record: which fire, and what their field updates write, whatever the field.

Every rule looks at the record as it was saved, then the field updates are made. Where an update that asks for it changed a value,
the rules that have not fired yet are looked at once more, five times at most (Salesforce Help, "Field Updates That Re-evaluate
Workflow Rules").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sfoptlint.automation.field_update import opt_out_object, target_object, writes_own_record, written
from sfoptlint.automation.workflow import Planned, fires, idle, planned
from sfoptlint.core.expr import Expr, Interner, Value
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.mappings import Overlaid
from sfoptlint.evaluate.primitives import changed
from sfoptlint.evaluate.world import Path, World
from sfoptlint.metadata.workflow import FieldUpdate, TimeTrigger, Workflow, WorkflowRule
from sfoptlint.model.objects import Objects

MOST_PASSES = 5


@dataclass(frozen=True, slots=True)
class ReadyUpdate:
    """A field update, its value in the core form; `unread` says why that is not known. `field` is spelt as the schema does."""

    update: FieldUpdate
    object: str
    field: str
    value: Expr | None
    unread: str
    waits: TimeTrigger | None


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule, ready to run. `unread` names what it does that cannot be followed: a field update or a flow that is not read."""

    rule: WorkflowRule
    guard: Expr
    updates: tuple[ReadyUpdate, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldWritten:
    """A field gets a value. `target` is the look-up to the record that is written, empty for the saved one itself.

    `waits` says when, None for at once.
    """

    update: FieldUpdate
    object: str
    target: str
    field: str
    value: Value
    at: Place
    waits: TimeTrigger | None = None


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, or of which it is not known: then `doubts` says why, and nothing is written."""

    rule: WorkflowRule
    writes: tuple[FieldWritten, ...] = ()
    doubts: tuple[str, ...] = ()


def ready_rule(rule: WorkflowRule, workflow: Workflow, objects: Objects, interner: Interner) -> ReadyRule | None:
    """Return a rule ready to run; None where no update of a record fires it."""
    if idle(rule):
        return None
    plans = [*planned(rule, workflow)]
    return ReadyRule(
        rule=rule,
        guard=fires(rule, objects, interner).guard,
        updates=tuple(_ready(plan.update, plan, objects, interner) for plan in plans if plan.update is not None),
        unread=tuple(f"{p.action.type} {p.action.name} is not read" for p in plans if p.update is None),
    )


def _ready(update: FieldUpdate, plan: Planned, objects: Objects, interner: Interner) -> ReadyUpdate:
    object_ = target_object(update, objects)
    schema = objects.get(object_).field(update.field) if object_ else None
    found = written(update, objects, interner)
    unread = f"{update.name} writes the Id of {update.lookup}, which is not known" if found.names else found.unread
    return ReadyUpdate(
        update=update,
        object=object_,
        field=schema.name if schema else update.field,
        value=None if found.names else found.value,
        unread=unread,
        waits=plan.waits,
    )


def run_workflow_rule(ready: ReadyRule, world: World) -> Fired | None:
    """Run one rule on the record as it is in the world; None where it does not fire."""
    evaluation = Evaluation(world)
    holds = evaluation.outcome(ready.guard)
    if isinstance(holds, FormulaError):
        return Fired(ready.rule, doubts=(f"whether {ready.rule.full_name} fires: {holds}",))
    if holds is not True:
        return None
    results = [_written(update, evaluation) for update in ready.updates]
    writes = [result for result in results if isinstance(result, FieldWritten)]
    opposite = [write for write in writes if any(_opposite(write, other) for other in writes)]
    unordered = (f"{write.update.name}: nobody says which of the rule's updates comes last" for write in opposite)
    return Fired(
        rule=ready.rule,
        writes=tuple(write for write in writes if write not in opposite),
        doubts=(*ready.unread, *(result for result in results if isinstance(result, str)), *unordered),
    )


def _opposite(one: FieldWritten, other: FieldWritten) -> bool:
    """Whether two writes of one rule give a field different values at the same time: the order is not guaranteed
    (Salesforce Help, "Workflow Rule Considerations").
    """
    places = ((w.object, w.target.casefold(), w.field.casefold(), w.waits) for w in (one, other))
    return len(set(places)) == 1 and changed(one.value, other.value)


def run_workflow_rules(rules: Sequence[ReadyRule], world: World) -> tuple[Fired, ...]:
    """Run all rules of the object; what fires stands in the order in which it does."""
    fired: list[Fired] = []
    waiting = list(rules)
    for _ in range(MOST_PASSES):
        found = [(ready, result) for ready in waiting if (result := run_workflow_rule(ready, world)) is not None]
        fired += (result for _, result in found)
        now = [write for _, result in found for write in result.writes if write.waits is None and not write.target]
        again = any(write.update.reevaluates and _changes(write, world) for write in now)
        world = with_writes(world, now)
        waiting = [ready for ready in waiting if all(ready is not done for done, _ in found)]
        if not again:
            break
    return tuple(fired)


def with_writes(world: World, writes: Iterable[FieldWritten]) -> World:
    """Return the world with these values in the saved record."""
    values: dict[Path, Value] = {(write.field,): write.value for write in writes}
    return replace(world, after=Overlaid(values, world.after)) if values else world


def _written(ready: ReadyUpdate, evaluation: Evaluation) -> FieldWritten | str:
    update = ready.update
    if ready.value is None:
        return ready.unread
    value = evaluation.outcome(ready.value)
    if isinstance(value, FormulaError):
        return f"{update.name}: {value}"
    own = writes_own_record(update)
    at = Place(update.path, update.at.line, update.at.column)
    object_ = opt_out_object(update.object) or update.object if own else ready.object
    return FieldWritten(update, object_, "" if own else update.target, ready.field, value, at, ready.waits)


def _changes(write: FieldWritten, world: World) -> bool:
    before = world.after.get((write.field,))
    return changed(before, write.value)
