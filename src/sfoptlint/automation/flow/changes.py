"""The fields of the saved record that a flow changes, whichever they are."""

from sfoptlint.automation.automation import Phase, Timing
from sfoptlint.automation.change import Change, Changes
from sfoptlint.automation.flow.compile import Flows
from sfoptlint.automation.flow.entry import walk_from_start
from sfoptlint.automation.flow.events import Save
from sfoptlint.automation.flow.frame import BudgetSpentError, Frame, Walk
from sfoptlint.automation.flow.oracle import Symbolic
from sfoptlint.automation.flow.start import Trigger
from sfoptlint.core.expr import Interner
from sfoptlint.core.verdict import ComponentId
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects


def flow_changes(flow: Flow, trigger: Trigger, objects: Objects, interner: Interner, flows: Flows) -> Changes:
    """Return what an active flow changes at once; nothing where the walk is too long."""
    oracle = Symbolic(interner)
    walk = Walk(objects, interner, oracle, flows, trigger.object)
    walk.first_node = len(interner)
    before = trigger.phase is Phase.BEFORE_SAVE_FLOW
    try:
        walk_from_start(Frame(flow, walk, before=before), trigger)
    except BudgetSpentError:
        walk.events.clear()
    model = objects.get(trigger.object)

    def spelt(name: str) -> str:
        schema = model.field(name)
        return schema.name if schema else walk.spelt.get(name, name)

    return Changes(
        component=ComponentId("Flow", flow.full_name),
        phase=trigger.phase,
        changes=tuple(
            Change(event.guard, {spelt(name): value for name, value in event.do.fields.items()}, event.at)
            for event in walk.events
            if isinstance(event.do, Save) and event.timing is Timing.NOW
        ),
        axioms=tuple(oracle.axioms),
        again=not before,
    )
