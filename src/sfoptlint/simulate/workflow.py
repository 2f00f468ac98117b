"""Workflow rules: each looks at the record as it was saved, and says which fields of it are updated.

(Apex Developer Guide, Triggers and Order of Execution, step 11.) What follows from an update is the order's business.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sfoptlint.automation.automation import Phase
from sfoptlint.automation.field_update import opt_out_object
from sfoptlint.automation.workflow import waiting
from sfoptlint.automation.workflow_run import FieldWritten, ReadyRule, ready_rule, run_workflow_rule
from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.evaluate.primitives import changed
from sfoptlint.evaluate.world import World
from sfoptlint.metadata.workflow import TimeTrigger
from sfoptlint.model.objects import ObjectModel, Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.result import Later, Rejection
from sfoptlint.simulate.shown import shown
from sfoptlint.simulate.system_validation import stored_errors
from sfoptlint.simulate.walk import NOTHING, Doubt, Happened, Seen, Write


@dataclass(frozen=True, slots=True)
class WorkflowRuleWalk:
    """One active rule that an update may fire."""

    ready: ReadyRule
    model: ObjectModel

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
        now = [write for write in own if write.waits is None]
        taken = [error for write in now for error in self._taken(write, seen)]
        elsewhere = [write for write in writes if write.target]
        said = [f"rejects: {error.message}" for error in taken]
        return Happened(
            words="; ".join(["fires", *said, *map(_elsewhere, elsewhere)]) if fired else "",
            errors=tuple(taken),
            writes=tuple(map(_write, now)),
            later=tuple(self._later(write) for write in own if write.waits and _due(write.waits, seen.world)),
            doubts=tuple(Doubt(f"{self.component}: {reason}") for reason in doubts),
        )

    def _taken(self, write: FieldWritten, seen: Seen) -> Iterator[Rejection]:
        """A unique field gets a value that another record has: whether one does, the org's data say."""
        schema = self.model.field(write.field)
        own = seen.world.after.get((write.field,))
        if schema is None or not schema.unique or write.value in (None, "") or not changed(own, write.value):
            return
        if seen.questions.fails(_place(write)):
            said = f"duplicate value found: {schema.name}"
            yield Rejection("DUPLICATE_VALUE", said, (schema.name,), self.component, write.at, _place(write))

    def _later(self, write: FieldWritten) -> Later:
        assert write.waits is not None
        what = f"sets {write.field} to {shown(write.value)}"
        return Later(what, waiting(write.waits), self.component, {write.field: write.value}, write.at, _place(write))


@dataclass(frozen=True, slots=True)
class CheckedRuleWalk:
    """A workflow rule with the system validation of each of its updates, which the order makes once for all of them."""

    rule: WorkflowRuleWalk

    @property
    def component(self) -> ComponentId:
        """The rule."""
        return self.rule.component

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return self.rule.phase

    @property
    def at(self) -> Place:
        """Where it stands."""
        return self.rule.at

    def run(self, seen: Seen) -> Happened:
        """Fire it where its criteria are met, and refuse what a field cannot hold."""
        happened = self.rule.run(seen)
        refused = tuple(error for write in happened.writes for error in self._refused(write))
        return replace(happened, errors=(*happened.errors, *refused))

    def _refused(self, write: Write) -> Iterator[Rejection]:
        for error in stored_errors(write.values, Fields(write.values), self.rule.model):
            yield replace(error, by=self.component, at=write.at, place=write.place)


def workflow_walks(project: Project, object_: str, objects: Objects, interner: Interner) -> Iterator[WorkflowRuleWalk]:
    """Yield the rules of an object that an update may fire, in the order of their file; the platform promises none."""
    for workflow in project.workflows(everywhere=True):
        if (opt_out_object(workflow.object) or workflow.object).casefold() != object_.casefold():
            continue
        for rule in workflow.rules:
            ready = ready_rule(rule, workflow, objects, interner)
            if ready is not None:
                yield WorkflowRuleWalk(ready, objects.get(opt_out_object(workflow.object) or workflow.object))


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
