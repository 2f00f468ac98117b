"""The automations of one tree, made ready to run when a save first asks for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Context
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.approvals import approval_walks
from sfoptlint.simulate.duplicate_rules import duplicate_rule_walks
from sfoptlint.simulate.flows import flow_walks
from sfoptlint.simulate.validation_rules import validation_rule_walks
from sfoptlint.simulate.walk import Walk
from sfoptlint.simulate.workflow import workflow_walks

if TYPE_CHECKING:
    from sfoptlint.automation.apex.trigger import TriggerText


class OrgWalks:
    """Every automation of a tree; `triggers` are those that were walked already."""

    def __init__(
        self,
        project: Project,
        objects: Objects,
        interner: Interner,
        context: Context,
        triggers: "Iterable[TriggerText]" = (),
    ) -> None:
        self._project = project
        self._objects = objects
        self._interner = interner
        self._context = context
        self._walked = {text.file.path: text for text in triggers}
        self._ready: dict[str, Mapping[Phase, Sequence[Walk]]] = {}

    def of(self, object_: str, phase: Phase) -> Sequence[Walk]:
        """Return the automations of one phase, in the order in which they run."""
        key = object_.casefold()
        if key not in self._ready:
            self._ready[key] = _by_phase(self._all(object_))
        return self._ready[key].get(phase, ())

    def _all(self, object_: str) -> Iterator[Walk]:
        yield from validation_rule_walks(object_, self._objects, self._interner)
        yield from flow_walks(self._project, object_, self._objects)
        yield from workflow_walks(self._project, object_, self._objects, self._interner)
        yield from duplicate_rule_walks(self._project, object_, self._objects, self._interner)
        yield from approval_walks(self._project, object_, self._objects, self._interner)
        if self._project.artefacts(Kind.APEX_TRIGGER, everywhere=True):
            from sfoptlint.simulate.apex import trigger_walks  # noqa: PLC0415 - the walk of Apex is large

            yield from trigger_walks(self._project, object_, self._objects, self._context, self._walked)


def _by_phase(walks: Iterable[Walk]) -> Mapping[Phase, Sequence[Walk]]:
    found: dict[Phase, list[Walk]] = {}
    for walk in walks:
        found.setdefault(walk.phase, []).append(walk)
    return found
