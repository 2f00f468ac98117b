"""A trigger: its body, walked for each event of an update, as guarded effects."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from sfoptlint.automation.apex.again import WalkAgain
from sfoptlint.automation.apex.boxes import boxes
from sfoptlint.automation.apex.chunk import added, holds_more
from sfoptlint.automation.apex.codebase import ApexType, Codebase, take_members
from sfoptlint.automation.apex.context_variables import context
from sfoptlint.automation.apex.frames import Event, Exits, Frame
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.left import fields_left
from sfoptlint.automation.apex.limits import over_limit, passed_in_company
from sfoptlint.automation.apex.naming import Names
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.refused import refuse
from sfoptlint.automation.apex.sharing import shared
from sfoptlint.automation.apex.source_file import SourceFile
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import OutOfBudgetError
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Automation, Effect, Phase, Unknown
from sfoptlint.core.expr import Interner, Type
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.lang.apex.nodes import StatementNode, TriggerDeclaration, Unparsed
from sfoptlint.model.objects import Objects

_HEAD = re.compile(r"\btrigger\s+(\w+)\s+on\s+(\w+)", re.IGNORECASE)
_INACTIVE = re.compile(r"<status>\s*(Inactive|Deleted)\s*</status>", re.IGNORECASE)
_DEEP = 12_000
PHASES = {"before": Phase.BEFORE_TRIGGER, "after": Phase.AFTER_TRIGGER}
"""The step of the order of execution in which each event of an update runs."""
_OBJECTS = {str(object_): object_ for object_ in OptOutObject}


def declared(file: SourceFile) -> TriggerDeclaration | None:
    """Return the trigger of a file; None where it has none that can be read."""
    found = (node for node in file.unit.declarations if isinstance(node, TriggerDeclaration))
    return next(found, None)


def object_of(text: str) -> str:
    """Return the object that a trigger's text names, by its head alone."""
    found = _HEAD.search(re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL))
    return canonical(found[2]) if found else ""


@dataclass(frozen=True, slots=True)
class TriggerText:
    """A trigger that can be walked again: as it stands in the tree, and the names that its walk gave.

    `sets` are the fields that it leaves changed before the save, in lower case, each with the fields that its value reads;
    empty where it was not walked.
    """

    file: SourceFile
    declaration: TriggerDeclaration
    object: OptOutObject
    codebase: Codebase
    objects: Objects
    context: Context
    names: Names
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def timings(self) -> list[str]:
        """The events of an update that start it: `before`, `after`."""
        return _timings(self.declaration)

    @property
    def component(self) -> ComponentId:
        """The trigger."""
        return ComponentId("ApexTrigger", self.declaration.name)

    @property
    def at(self) -> Place:
        """Where it stands."""
        return self.file.place(self.declaration)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A trigger as guarded effects; `text` is None where it was not walked."""

    automation: Automation
    text: TriggerText | None = None


def compile_trigger(
    path: str, codebase: Codebase, objects: Objects, interner: Interner, context: Context
) -> Automation | None:
    """Return a trigger as guarded effects; None where it is on none of the three objects."""
    found = compiled_trigger(path, codebase, objects, interner, context)
    return found.automation if found else None


def compiled_trigger(
    path: str, codebase: Codebase, objects: Objects, interner: Interner, context: Context
) -> Compiled | None:
    """Return a trigger as guarded effects, ready to be run; None where it is on none of the three objects."""
    object_ = _OBJECTS.get(object_of(codebase.text(path) or ""))
    file = codebase.file(path) if object_ is not None else None
    if object_ is None or file is None:
        return None
    trigger = declared(file)
    if trigger is None:
        component = ComponentId("ApexTrigger", path.rpartition("/")[2].removesuffix(".trigger"))
        at = file.place(file.unit)
        unread = Effect(interner.const(True, Type.BOOLEAN), Unknown("the trigger could not be parsed"), at)
        return Compiled(Automation(component, object_, Phase.BEFORE_TRIGGER, at, (unread,)))
    text = TriggerText(file, trigger, object_, codebase, objects, context, Names())
    why = _idle(trigger, codebase, path)
    if why:
        return Compiled(Automation(text.component, object_, Phase.BEFORE_TRIGGER, text.at, (), idle=why))
    run, left = _walked(text, interner)
    text = replace(text, sets=_sets(left, run.terms))
    phase = PHASES[text.timings[0]]
    return Compiled(Automation(text.component, object_, phase, text.at, tuple(run.effects), tuple(run.axioms)), text)


def _sets(left: State, terms: Terms) -> Mapping[str, frozenset[str]]:
    fields = fields_left(left, terms)
    return {
        name.casefold(): frozenset(read.path[0].casefold() for read in terms.reads(value))
        for name, value in fields.items()
    }


def active_trigger(path: str, codebase: Codebase, objects: Objects, context: Context) -> TriggerText | None:
    """Return a trigger that an update of one of the three objects starts; None where it is none, or cannot be read."""
    object_ = _OBJECTS.get(object_of(codebase.text(path) or ""))
    file = codebase.file(path) if object_ is not None else None
    trigger = declared(file) if file is not None else None
    if object_ is None or file is None or trigger is None or _idle(trigger, codebase, path):
        return None
    return TriggerText(file, trigger, object_, codebase, objects, context, Names())


def name_atoms(text: TriggerText) -> None:
    """Walk a trigger for the names of what nobody knows in it, which a witness answers by, where it was not walked yet."""
    if not text.names.walked:
        _walked(text, Interner())


def idle(path: str, codebase: Codebase) -> bool:
    """Whether a trigger can be read, and an update does not start it."""
    file = codebase.file(path)
    trigger = declared(file) if file is not None else None
    return trigger is not None and bool(_idle(trigger, codebase, path))


def inactive(codebase: Codebase, path: str) -> bool:
    """Whether the file beside a trigger says that it is not active."""
    return _INACTIVE.search(codebase.meta(path)) is not None


def _idle(trigger: TriggerDeclaration, codebase: Codebase, path: str) -> str:
    if inactive(codebase, path):
        return "the trigger is not active"
    if not _timings(trigger):
        return "the trigger does not run on update"
    return ""


def _timings(trigger: TriggerDeclaration) -> list[str]:
    timings = {event.timing for event in trigger.events if event.operation == "update"}
    return [timing for timing in ("before", "after") if timing in timings]


def _walked(text: TriggerText, interner: Interner) -> tuple[Walk, State]:
    """Walk a trigger for every event of an update, with one record and in company; return how the one is left, too."""
    text.names.walked = True
    run = WalkAgain(text.codebase, Terms(interner, text.objects), text.context, text.names)
    if "before" in text.timings and text.object in boxes(text.file.text, text.codebase):
        run.start = partial(_again, text)
    left = _walk(run, text)
    if not run.exhausted:
        in_company = Walk(text.codebase, run.terms, text.context, text.names, company=True)
        _walk(in_company, text)
        run.effects += added(run, in_company, text.at)
        run.effects += passed_in_company(run, in_company, holds_more(run.terms, text.at))
        run.axioms += in_company.axioms
        text.names.chunk = shared(run, in_company)
    run.effects += over_limit(run, text.names.chunk)
    return run, left


def _walk(run: Walk, text: TriggerText) -> State:
    state = State(run.terms)
    for timing in text.timings:
        _event(run, text, state, timing)
        if state.dead:
            break
    return state


def _again(text: TriggerText, run: Walk, state: State) -> None:
    _enter(run, text, state, "before", " again")


def run_event(run: Walk, text: TriggerText, state: State, timing: str) -> None:
    """Walk a trigger for one event of an update, from a state that others left."""
    _event(run, text, state, timing)
    run.effects += over_limit(run, text.names.chunk)


def _event(run: Walk, text: TriggerText, state: State, timing: str) -> None:
    try:
        with deep():
            _enter(run, text, state, timing)
            if timing == "before" and not run.company:
                refuse(run, text.declaration, state)
    except (OutOfBudgetError, RecursionError) as error:
        what = "goes deeper than is followed" if isinstance(error, RecursionError) else "is larger than is walked"
        run.frames, run.handlers, run.steps = run.frames[:1], [], []
        reason = f"budget: the code that the trigger enters {what}"
        beside = {box for box in boxes(run.frame.file.text, run.codebase) if box != run.event.object}
        run.emit(State(run.terms), Unknown(reason, objects=frozenset(beside)), text.at)
        run.exhausted = True
        state.kill()


def _enter(run: Walk, text: TriggerText, state: State, timing: str, time: str = "") -> None:
    trigger, file, exits = text.declaration, text.file, Exits()
    type_ = ApexType(f"trigger {trigger.name}".casefold(), trigger.name, file, None)
    take_members(type_, trigger.body)
    run.event = Event(timing, str(text.object))
    context(run, state, str(text.object))
    run.frames = [Frame(f"t{timing}{time}", file, type_, None, trigger.name)]
    for statement in trigger.body:
        if isinstance(statement, StatementNode | Unparsed):
            run.execute(statement, state, exits)
    join(state, *(end for end, _ in exits.returns))


@contextmanager
def deep() -> Iterator[None]:
    """Let the walk follow calls inside calls; each of them takes many levels of its own."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
