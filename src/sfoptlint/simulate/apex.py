"""Apex triggers, by what their compiled effects say of one record: there is no interpreter of Apex here.

Effects tell of errors and of the opt-out box. What a trigger writes into other fields is not simulated, and that is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.automation.apex.trigger import compile_trigger, object_of
from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import ComponentId
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.compiled import CompiledWalk
from sfoptlint.simulate.walk import Happened, Seen, Unrun, Walk


@dataclass(frozen=True, slots=True)
class TriggerWalk:
    """One active trigger that an update starts."""

    compiled: CompiledWalk

    @property
    def component(self) -> ComponentId:
        """The trigger."""
        return self.compiled.component

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution; the one before the save where it has both."""
        return self.compiled.phase

    @property
    def at(self) -> Place:
        """Where it stands."""
        return self.compiled.at

    def run(self, seen: Seen) -> Happened:
        """Take the effects whose guards hold, and name what they do not tell."""
        happened = self.compiled.run(seen)
        said = f"{self.component} changes no field but the opt-out box, as far as its effects tell"
        fatal = [error for error in happened.errors if error.chunk]
        # An exception ends the trigger, and the API tells of nothing else.
        return replace(happened, errors=tuple(fatal[:1]) or happened.errors, assumptions=(*happened.assumptions, said))


@dataclass(frozen=True, slots=True)
class HiddenTrigger:
    """A trigger whose text is not to be had, a managed package's: nobody can say of which object it is."""

    component: ComponentId
    at: Place
    phase: Phase = Phase.BEFORE_TRIGGER

    def run(self, seen: Seen) -> Happened:
        """Take it to mind no save, and say so."""
        return Happened(assumptions=(f"{self.component}, whose text is hidden, minds no save of {seen.object}",))


def trigger_walks(
    project: Project, object_: str, objects: Objects, interner: Interner, context: Context
) -> Iterator[Walk]:
    """Yield the triggers of an object that an update starts, by the names of their files: the platform promises no order."""
    files = project.artefacts(Kind.APEX_TRIGGER, everywhere=True)
    if not files:
        return
    codebase = Codebase(project)
    for file in files:
        text = codebase.text(file.path)
        component = ComponentId("ApexTrigger", file.full_name)
        of = object_of(text or "")
        if not of:
            yield HiddenTrigger(component, Place(file.path))
        if of.casefold() != object_.casefold():
            continue
        automation = compile_trigger(file.path, codebase, objects, interner, context)
        if automation is None:
            reason = f"{component} is not simulated: triggers of {object_} are not read"
            yield Unrun(component, Phase.BEFORE_TRIGGER, Place(file.path), reason)
        elif not automation.idle:
            yield TriggerWalk(CompiledWalk(automation))
