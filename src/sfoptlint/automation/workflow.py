"""A workflow rule: when it fires, and what its field updates do to the opt-out box.

Rules run after the save, on the record as it was saved (Apex Developer Guide, Triggers and Order of Execution, step 11). A field
update on another record saves that record; only those of an opt-out box matter here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sfoptlint.automation.automation import Automation, Do, Effect, Overwrite, Phase, Step, Timing, Unknown, Write
from sfoptlint.automation.criteria import CriteriaCompiler, Met
from sfoptlint.automation.field_update import is_box, opt_out_object, target_object, writes_own_record, written
from sfoptlint.automation.transition import newly
from sfoptlint.automation.update_refused import refusals
from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Interner, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of, false, true
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.lang.formula.building import truth
from sfoptlint.metadata.workflow import FieldUpdate, Taken, TimeTrigger, Workflow, WorkflowRule
from sfoptlint.model.objects import Objects

ON_CREATE = "it runs when a record is created, not when one is updated"
INACTIVE = "the rule is not active"
_REVERT = frozenset({verdict.Effect.REVERT})


@dataclass(frozen=True, slots=True)
class Planned:
    """A field update that the rule makes, at once or at its time; None where its definition is not in the tree."""

    update: FieldUpdate | None
    action: Taken
    waits: TimeTrigger | None = None


def planned(rule: WorkflowRule, workflow: Workflow) -> Iterator[Planned]:
    """Yield the rule's field updates in the order in which the file has them, and its starts of flows."""
    for trigger in (None, *rule.time_triggers):
        for action in rule.actions if trigger is None else trigger.actions:
            if action.type in ("FieldUpdate", "FlowAction"):
                yield Planned(workflow.updates.get(action.name.casefold()), action, trigger)


def fires(rule: WorkflowRule, objects: Objects, interner: Interner) -> Met:
    """Return when a save fires the rule."""
    name = opt_out_object(rule.object) or rule.object
    met = _compiler(name, objects, interner).met(rule.criteria, rule.path)
    match rule.trigger:
        case "onCreateOnly":
            created = interner.call("ISNEW", (), Type.BOOLEAN)
            return replace(met, guard=all_of((created, met.guard), interner))
        case "onCreateOrTriggeringUpdate":
            return replace(met, guard=newly(met.guard, objects.get(name), interner))
    return met


def idle(rule: WorkflowRule) -> str:
    """Return why no update fires the rule, empty where one may."""
    if not rule.active:
        return INACTIVE
    return ON_CREATE if rule.trigger == "onCreateOnly" else ""


def compile_workflow_rule(
    rule: WorkflowRule, workflow: Workflow, objects: Objects, interner: Interner
) -> Automation | None:
    """Return what the rule does; None where it is of another object and writes no opt-out box."""
    object_ = opt_out_object(rule.object)
    plans = [*planned(rule, workflow)]
    if object_ is None and not any(_target(plan, objects) for plan in plans):
        return None
    met = fires(rule, objects, interner) if rule.active else Met(false(interner))
    rules = _Rule(rule, object_, met.guard, objects, interner)
    return Automation(
        component=ComponentId("WorkflowRule", rule.full_name),
        object=object_,
        phase=Phase.WORKFLOW if object_ else Phase.ELSEWHERE,
        at=_place(rule.path, rule),
        effects=tuple(rules.effects(plans, workflow)),
        gaps=met.gaps,
        idle=idle(rule) if object_ else "",
    )


def _target(plan: Planned, objects: Objects) -> OptOutObject | None:
    """Return the object whose box an update writes."""
    if plan.update is None:
        return None
    object_ = opt_out_object(target_object(plan.update, objects))
    return object_ if is_box(plan.update.field, object_) else None


@dataclass(frozen=True, slots=True)
class _Rule:
    """One rule being compiled."""

    rule: WorkflowRule
    object: OptOutObject | None
    guard: Expr
    objects: Objects
    interner: Interner

    def effects(self, plans: list[Planned], workflow: Workflow) -> Iterator[Effect]:
        if self.object and self.rule.unread:
            reason = f"the rule has parts that are not read: {', '.join(self.rule.unread)}"
            yield Effect(true(self.interner), Unknown(reason), _place(self.rule.path, self.rule))
        for plan in plans:
            if plan.update is not None:
                yield from self._update(plan.update, plan, plans)
            elif self.object:
                yield self._missing(plan, workflow)

    def _update(self, update: FieldUpdate, plan: Planned, plans: list[Planned]) -> Iterator[Effect]:
        target = _target(plan, self.objects)
        opposite = self._opposite(update, plan, plans) if target is not None else None
        if opposite is not None:
            # The order in which one rule's actions run is not guaranteed (Salesforce Help, "Workflow Rule Considerations").
            reason = f"{update.name} and {opposite.name} write the box, and nobody says which of them comes last"
            yield self._effect(update, plan, Unknown(reason, _REVERT))
        elif target is not None:
            yield self._writing(update, plan, target)
        elif self.object and writes_own_record(update) and plan.waits is None:
            for guard, block in refusals(update, self.objects, self.interner):
                yield self._effect(update, plan, block, guard)

    def _opposite(self, update: FieldUpdate, plan: Planned, plans: list[Planned]) -> FieldUpdate | None:
        """Return an update of the rule that gives the box of the same record another value at the same time."""
        value = written(update, self.objects, self.interner).value
        for other in plans:
            beside = other.update
            if beside is None or other.waits is not plan.waits or beside.target.casefold() != update.target.casefold():
                continue
            if _target(other, self.objects) and written(beside, self.objects, self.interner).value is not value:
                return beside
        return None

    def _writing(self, update: FieldUpdate, plan: Planned, target: OptOutObject) -> Effect:
        if update.unread:
            reason = f"{update.name} has parts that are not read: {', '.join(update.unread)}"
            return self._effect(update, plan, Unknown(reason, _REVERT))
        found = written(update, self.objects, self.interner)
        if found.value is None:
            return self._effect(update, plan, Unknown(f"{update.name}: {found.unread}", _REVERT))
        if writes_own_record(update):
            return self._effect(update, plan, Write(found.value))
        return self._effect(update, plan, Overwrite(target, truth(found.value, self.interner), everyone=False))

    def _effect(self, update: FieldUpdate, plan: Planned, do: Do, *guards: Expr) -> Effect:
        at = _place(update.path, update)
        return Effect(
            guard=all_of((self.guard, *guards, *self._due(plan)), self.interner),
            do=do,
            at=at,
            timing=Timing.LATER if plan.waits else Timing.NOW,
            steps=(*self._steps(plan), Step(at, f"field update {update.name} {_words(update)}")),
            place=f"{update.path}#{update.name}",
        )

    def _due(self, plan: Planned) -> Iterator[Expr]:
        """A time-dependent action whose date is blank never comes due."""
        if plan.waits and plan.waits.offset_field:
            name = self.object or self.rule.object
            field = _compiler(name, self.objects, self.interner).field(plan.waits.offset_field)
            blank = self.interner.call(Primitive.BLANK, (field,), Type.BOOLEAN)
            yield self.interner.call(Primitive.NOT, (blank,), Type.BOOLEAN)

    def _steps(self, plan: Planned) -> Iterator[Step]:
        yield Step(_place(self.rule.path, self.rule), f"rule {self.rule.name} fires")
        if plan.waits is not None:
            yield Step(_place(self.rule.path, plan.waits), waiting(plan.waits))

    def _missing(self, plan: Planned, workflow: Workflow) -> Effect:
        name, path = plan.action.name, self.rule.path
        if plan.action.type == "FieldUpdate":
            do = Unknown(f"the field update {name} is not in the tree", _REVERT)
        else:
            action = workflow.actions.get((plan.action.type.casefold(), name.casefold()))
            do = Unknown(f"it starts the flow {action.flow if action and action.flow else name}")
        timing = Timing.LATER if plan.waits else Timing.NOW
        return Effect(self.guard, do, _place(path, self.rule), timing, tuple(self._steps(plan)), f"{path}#{name}")


def _compiler(object_name: str, objects: Objects, interner: Interner) -> CriteriaCompiler:
    object_ = opt_out_object(object_name)
    return CriteriaCompiler(object_name, objects, interner, OPT_OUT_FIELD[object_ or OptOutObject.CONTACT])


def _words(update: FieldUpdate) -> str:
    where = "" if writes_own_record(update) else f" of the record behind {update.target}"
    value: Mapping[str, str] = {
        "Literal": update.literal,
        "Formula": " ".join(update.formula.split()),
        "Null": "blank",
        "LookupValue": update.lookup,
    }
    if update.literal in ("0", "1") and update.operation == "Literal":
        return f"sets {update.field}{where} to {'true' if update.literal == '1' else 'false'}"
    return f"sets {update.field}{where} to {value.get(update.operation, update.operation)}"


def waiting(trigger: TimeTrigger) -> str:
    """Return when time-dependent actions come due, in words."""
    unit = trigger.unit.casefold() or "days"
    since = trigger.offset_field or "it fires"
    length = trigger.length or "0"
    return f"{length.removeprefix('-')} {unit} {'before' if length.startswith('-') else 'after'} {since}"


def _place(path: str, element: WorkflowRule | FieldUpdate | TimeTrigger) -> Place:
    return Place(path, element.at.line, element.at.column)
