"""The automations of one object as parts of a chain: what each changes, what each may do to the opt-out, and how it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sfoptlint.automation.automation import Automation, Block, Effect, Phase, Timing, Write
from sfoptlint.automation.change import Change, Changes
from sfoptlint.automation.field_update import opt_out_object, writes_own_record
from sfoptlint.automation.validation_rule import compile_validation_rule
from sfoptlint.core.expr import AFTER, Expr, Field, Interner, nodes, operands
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.validation_rules import ValidationRuleWalk
from sfoptlint.simulate.walk import Walk

if TYPE_CHECKING:
    from sfoptlint.automation.workflow_run import ReadyRule
    from sfoptlint.judge.chain.triggers import Walked


@dataclass(frozen=True, slots=True)
class Part:
    """One automation; `number` is its place among those of its phase. `changes` is None where it changes no field."""

    automation: Automation
    walks: tuple[Walk, ...]
    number: int
    changes: Changes | None = None

    @property
    def component(self) -> ComponentId:
        """What it is."""
        return self.automation.component

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return self.automation.phase

    @property
    def is_trigger(self) -> bool:
        """Whether it is an event of a trigger."""
        return self.phase in (Phase.BEFORE_TRIGGER, Phase.AFTER_TRIGGER)

    @property
    def harms(self) -> tuple[Effect, ...]:
        """Its effects on the opt-out in the save that starts it."""
        now = (effect for effect in self.automation.effects if effect.timing is Timing.NOW)
        return tuple(effect for effect in now if isinstance(effect.do, Block | Write))


def parts_of(
    project: Project, object_: OptOutObject, objects: Objects, interner: Interner, triggers: Sequence["Walked"]
) -> Sequence[Part]:
    """Return the active automations of an object that are read, in the order of a save; of a trigger each event."""
    parts = [
        *_flows(project, object_, objects, interner),
        *_validation_rules(object_, objects, interner),
        *_workflow_rules(project, object_, objects, interner),
    ]
    if triggers:
        from sfoptlint.judge.chain.triggers import trigger_parts  # noqa: PLC0415 - only where a trigger was walked

        parts += trigger_parts(triggers, object_, interner, parts)
    order = list(Phase)
    parts.sort(key=lambda part: order.index(part.phase))
    return [replace(part, number=number) for number, part in enumerate(parts)]


def asked_by(effect: Effect) -> tuple[Expr, ...]:
    """Return what an effect depends on."""
    return (effect.guard, effect.do.value) if isinstance(effect.do, Write) else (effect.guard,)


class FieldsRead:
    """The own fields of the saved record that expressions read, in lower case; what they share is looked at once."""

    def __init__(self) -> None:
        self._known: dict[Expr, frozenset[str]] = {}

    def of(self, *exprs: Expr) -> frozenset[str]:
        """Return the fields that these read."""
        for node in nodes(*exprs, but=self._known):
            if isinstance(node, Field):
                own = node.record == AFTER and len(node.path) == 1
                self._known[node] = frozenset({node.path[0].casefold()} if own else ())
            else:
                self._known[node] = frozenset[str]().union(*(self._known[part] for part in operands(node)))
        return frozenset[str]().union(*(self._known[expr] for expr in exprs))


def fields_read(*exprs: Expr) -> frozenset[str]:
    """Return the own fields of the saved record that the expressions read, in lower case."""
    return FieldsRead().of(*exprs)


def _validation_rules(object_: OptOutObject, objects: Objects, interner: Interner) -> Iterator[Part]:
    for rule in objects.validation_rules(object_):
        if not rule.active:
            continue
        try:
            automation = compile_validation_rule(rule, objects, interner)
        except FormulaSyntaxError:
            continue
        yield Part(automation, (ValidationRuleWalk(rule, automation.effects[0].guard),), 0)


def _flows(project: Project, object_: OptOutObject, objects: Objects, interner: Interner) -> Iterator[Part]:
    flows = project.flows(everywhere=True)
    if not flows:
        return
    from sfoptlint.automation.flow.changes import flow_changes  # noqa: PLC0415 - only where a flow is there
    from sfoptlint.automation.flow.compile import compile_flow  # noqa: PLC0415
    from sfoptlint.automation.flow.start import Versions  # noqa: PLC0415
    from sfoptlint.simulate.flows import flow_walk, run_order  # noqa: PLC0415

    versions = Versions(project)
    for flow in sorted(flows, key=run_order):
        walk = flow_walk(flow, objects, versions)
        if walk is None or walk.trigger.object != object_ or versions.inactive(flow):
            continue
        automation = compile_flow(flow, walk.trigger, "", objects, interner, versions.callee)
        changes = flow_changes(flow, walk.trigger, objects, interner, versions.callee)
        yield Part(automation, (walk,), 0, changes if changes.changes else None)


def _workflow_rules(project: Project, object_: OptOutObject, objects: Objects, interner: Interner) -> Iterator[Part]:
    workflows = project.workflows(everywhere=True)
    if not workflows:
        return
    from sfoptlint.automation.workflow import compile_workflow_rule  # noqa: PLC0415 - only where a rule is there
    from sfoptlint.automation.workflow_run import ready_rule  # noqa: PLC0415
    from sfoptlint.simulate.workflow import WorkflowRuleWalk  # noqa: PLC0415

    for workflow in workflows:
        if opt_out_object(workflow.object) is not object_:
            continue
        for rule in workflow.rules:
            automation = compile_workflow_rule(rule, workflow, objects, interner)
            ready = ready_rule(rule, workflow, objects, interner)
            if automation is not None and ready is not None:
                yield Part(automation, (WorkflowRuleWalk(ready, objects.get(object_)),), 0, _updates(ready))


def _updates(ready: "ReadyRule") -> Changes | None:
    """Return the fields of its own record that a rule updates at once."""
    component = ComponentId("WorkflowRule", ready.rule.full_name)
    own = [one for one in ready.updates if one.waits is None and writes_own_record(one.update)]
    changes = [
        Change(ready.guard, {one.field: one.value}, Place(one.update.path, one.update.at.line, one.update.at.column))
        for one in own
        if one.value is not None
    ]
    return Changes(component, Phase.WORKFLOW, tuple(changes), (), again=False) if changes else None
