"""Apex triggers: each runs on one record by the walk that judges it, its two events at their places in the order.

What a trigger sets in the record before the save is known field by field, and what it writes in a save of its own where it says
which record that is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.concrete import Circle, SavedAgain, Transaction, run_trigger
from sfoptlint.automation.apex.trigger import PHASES, TriggerText, active_trigger, idle, name_atoms, object_of
from sfoptlint.automation.automation import Automation, Phase
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.core.witness import Returned
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.mappings import Overlaid
from sfoptlint.evaluate.world import Record
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.compiled import CompiledWalk
from sfoptlint.simulate.fields import Fields, Reading
from sfoptlint.simulate.supposed import Supposed
from sfoptlint.simulate.walk import Doubt, Happened, Memory, Seen, Unrun, Walk, Write


@dataclass(frozen=True, slots=True)
class TriggerWalk:
    """One active trigger, for one event of an update: `before` or `after`."""

    text: TriggerText
    timing: str

    @property
    def component(self) -> ComponentId:
        """The trigger."""
        return self.text.component

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return PHASES[self.timing]

    @property
    def at(self) -> Place:
        """Where it stands."""
        return self.text.at

    def run(self, seen: Seen) -> Happened:
        """Run it; an exception or a limit ends the trigger, and the API tells of nothing else."""
        did = self.ran(seen)
        return replace(did, errors=did.errors[:1]) if did.errors and did.errors[0].chunk else did

    def ran(self, seen: Seen) -> Happened:
        """Run it with the statics that the transaction has so far; of limits, tell each that is passed."""
        statics = seen.memory.statics = seen.memory.statics or Transaction(seen.memory.spent)
        if seen.questions.answered:
            name_atoms(self.text)
        circle = Circle(seen.alike, company=self._in_company(seen))
        ran = run_trigger(self.text, self.timing, seen.world, statics, circle, Supposed(seen.questions))
        did = CompiledWalk(Automation(self.component, self.text.object, self.phase, self.at, ran.effects)).run(seen)
        fatal = tuple(error for error in did.errors if error.chunk)
        if did.errors or self.timing == "after":
            other = (write for write in did.writes if all(write.at != save.at for save in ran.saves))
            return replace(did, errors=fatal or did.errors, writes=(*other, *map(_write, ran.saves)))
        box = OPT_OUT_FIELD[self.text.object].casefold()
        left = {name: value for name, value in ran.fields.items() if name.casefold() != box}
        known = {name: value for name, value in left.items() if not isinstance(value, FormulaError)}
        doubts = [Doubt(f"{self.component}: what it sets {name} to is not known") for name in left if name not in known]
        writes = (*did.writes, Write(known, self.at)) if known else did.writes
        return replace(did, writes=writes, doubts=(*did.doubts, *doubts))

    def _in_company(self, seen: Seen) -> bool:
        """Whether two other records are saved with this one, each with values of its own."""
        answer = seen.questions.at_once(f"{self.at.path}:{self.at.line}")
        more = isinstance(answer, Returned) and answer.value is True
        return more or any(other in seen.world.rows for other in OTHERS)


def _write(save: SavedAgain) -> Write:
    known = {name: value for name, value in save.values.items() if not isinstance(value, FormulaError)}
    return Write(known, save.at, f"{save.at.path}:{save.at.line}", save.handled, statics=save.transaction)


@dataclass(frozen=True, slots=True)
class WholeTrigger:
    """A trigger with both of its events, as a replay of its witness runs it: the second sees what the first one left."""

    events: tuple[TriggerWalk, ...]

    @property
    def component(self) -> ComponentId:
        """The trigger."""
        return self.events[0].component

    @property
    def phase(self) -> Phase:
        """The step of its first event."""
        return self.events[0].phase

    @property
    def at(self) -> Place:
        """Where it stands."""
        return self.events[0].at

    def run(self, seen: Seen) -> Happened:
        """Run one event after the other, until one fails; a save of its own starts the first one once more."""
        did = self._events(seen)
        saves = [write for write in did.writes if write.statics is not None]
        for save in saves if not did.errors and self.events[0].timing == "before" else ():
            saved = _left([write for write in did.writes if write.statics is None], seen.world.after)
            world = replace(seen.world, prior=saved, after=_left([save], saved))
            second = self.events[0].ran(replace(seen, world=world, memory=Memory(seen.memory.spent, save.statics)))
            did = replace(_both(did, second), errors=())  # the second save is taken to go well
        return did

    def _events(self, seen: Seen) -> Happened:
        did = self.events[0].ran(seen)
        for event in self.events[1:]:
            if did.errors:
                break
            did = _both(
                did, event.ran(replace(seen, world=replace(seen.world, after=_left(did.writes, seen.world.after))))
            )
        return did


def _left(writes: Sequence[Write], stored: Record) -> Record:
    """Return the record after these writes."""
    return Overlaid(Reading(Fields(Happened(writes=tuple(writes)).values), partial=True), stored)


def _both(first: Happened, second: Happened) -> Happened:
    return Happened(
        words="; ".join(filter(None, (first.words, second.words))),
        errors=second.errors,
        writes=(*first.writes, *second.writes),
        later=(*first.later, *second.later),
        doubts=(*first.doubts, *second.doubts),
        assumptions=(*first.assumptions, *second.assumptions),
    )


def events_of(text: TriggerText) -> tuple[TriggerWalk, ...]:
    """Return a trigger's events of an update, each at its own place in the order."""
    return tuple(TriggerWalk(text, timing) for timing in text.timings)


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
    project: Project, object_: str, objects: Objects, context: Context, walked: Mapping[str, TriggerText]
) -> Iterator[Walk]:
    """Yield the triggers of an object that an update starts, by the names of their files: the platform promises no order.

    `walked` are those that were walked already, by their path.
    """
    files = project.artefacts(Kind.APEX_TRIGGER, everywhere=True)
    if not files:
        return
    codebase = Codebase(project)
    for file in files:
        component = ComponentId("ApexTrigger", file.full_name)
        of = object_of(codebase.text(file.path) or "")
        if not of:
            yield HiddenTrigger(component, Place(file.path))
        if of.casefold() != object_.casefold():
            continue
        ready = walked.get(file.path) or active_trigger(file.path, codebase, objects, context)
        if ready is not None:
            yield from events_of(ready)
        elif not idle(file.path, codebase):
            known = object_ in list(OptOutObject)
            reason = "it could not be parsed" if known else f"triggers of {object_} are not read"
            reason = f"{component} is not simulated: {reason}"
            yield Unrun(component, Phase.BEFORE_TRIGGER, Place(file.path), reason)
