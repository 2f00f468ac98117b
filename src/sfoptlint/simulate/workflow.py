"""Workflow rules: each looks at the record as it was saved, and says which fields of it are updated.

(Apex Developer Guide, Triggers and Order of Execution, step 11.) What follows from an update is the order's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.field_update import opt_out_object
from sfoptlint.automation.workflow import waiting
from sfoptlint.automation.workflow_run import FieldWritten, ReadyRule, ready_rule, run_workflow_rule
from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.evaluate.world import World
from sfoptlint.metadata.workflow import TimeTrigger
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.result import Later
from sfoptlint.simulate.shown import shown
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Walk, Write


@dataclass(frozen=True, slots=True)
class WorkflowRuleWalk:
    """One active rule that an update may fire."""

    ready: ReadyRule

    @property
    def component(self) -> ComponentId:
        """The rule."""
        return ComponentId("WorkflowRule", self.ready.rule.full_name)

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return Phase.WORKFLOW

    @property
    def at(self) -> Place:
        """Where it stands."""
        rule = self.ready.rule
        return Place(rule.path, rule.at.line, rule.at.column)

    def run(self, seen: Seen) -> Happened:
        """Fire it where its criteria are met."""
        unread = [f"it has parts that are not read: {part}" for part in self.ready.rule.unread]
        fired = run_workflow_rule(self.ready, seen.world)
        if fired is None and not unread:
            return NOTHING
        writes = fired.writes if fired else ()
        doubts = (*unread, *(fired.doubts if fired else ()))
        own = [write for write in writes if not write.target]
        elsewhere = [write for write in writes if write.target]
        return Happened(
            words="; ".join(["fires", *map(_elsewhere, elsewhere)]) if fired else "",
            writes=tuple(_write(write) for write in own if write.waits is None),
            later=tuple(self._later(write) for write in own if write.waits and _due(write.waits, seen.world)),
            doubts=tuple(Doubt(f"{self.component}: {reason}") for reason in doubts),
        )

    def _later(self, write: FieldWritten) -> Later:
        assert write.waits is not None
        what = f"sets {write.field} to {shown(write.value)}"
        return Later(what, waiting(write.waits), self.component, {write.field: write.value}, write.at, _place(write))


def workflow_walks(project: Project, object_: str, objects: Objects, interner: Interner) -> Iterator[Walk]:
    """Yield the rules of an object that an update may fire, in the order of their file; the platform promises none."""
    for workflow in project.workflows(everywhere=True):
        if (opt_out_object(workflow.object) or workflow.object).casefold() != object_.casefold():
            continue
        for rule in workflow.rules:
            ready = ready_rule(rule, workflow, objects, interner)
            if ready is not None:
                yield WorkflowRuleWalk(ready)


def _due(trigger: TimeTrigger, world: World) -> bool:
    """Whether it ever comes due: what counts from a blank date does not."""
    field = trigger.offset_field.rpartition(".")[2]
    return not field or world.after.get((field,)) is not None


def _write(write: FieldWritten) -> Write:
    return Write({write.field: write.value}, write.at, _place(write), again=write.update.reevaluates)


def _place(write: FieldWritten) -> str:
    return f"{write.update.path}#{write.update.name}"


def _elsewhere(write: FieldWritten) -> str:
    return f"sets {write.field} of the record behind {write.target} to {shown(write.value)}"
