"""A trigger: its body, walked for each event of an update, as guarded effects."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sfoptlint.automation.apex.chunk import added
from sfoptlint.automation.apex.codebase import ApexType, Codebase, SourceFile, take_members
from sfoptlint.automation.apex.limits import over_limit
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.run import Event, Exits, Frame, Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import OTHERS, Terms
from sfoptlint.automation.apex.values import (
    Entry,
    Item,
    ListCell,
    MapCell,
    Origin,
    OutOfBudgetError,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
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
_OBJECTS = {str(object_): object_ for object_ in OptOutObject}


def declared(file: SourceFile) -> TriggerDeclaration | None:
    """Return the trigger of a file; None where it has none that can be read."""
    found = (node for node in file.unit.declarations if isinstance(node, TriggerDeclaration))
    return next(found, None)


def object_of(text: str) -> str:
    """Return the object that a trigger's text names, by its head alone."""
    found = _HEAD.search(re.sub(r"/\*.*?\*/|//[^\n]*", " ", text, flags=re.DOTALL))
    return canonical(found[2]) if found else ""


def compile_trigger(
    path: str, codebase: Codebase, objects: Objects, interner: Interner, context: Context
) -> Automation | None:
    """Return a trigger as guarded effects; None where it is on none of the three objects."""
    text = codebase.text(path)
    object_ = _OBJECTS.get(object_of(text or ""))
    file = codebase.file(path) if object_ is not None else None
    trigger = declared(file) if file is not None else None
    if object_ is None or file is None:
        return None
    name = trigger.name if trigger else path.rpartition("/")[2].removesuffix(".trigger")
    component = ComponentId("ApexTrigger", name)
    at = file.place(trigger) if trigger else file.place(file.unit)
    if trigger is None:
        unread = Effect(interner.const(True, Type.BOOLEAN), Unknown("the trigger could not be parsed"), at)
        return Automation(component, object_, Phase.BEFORE_TRIGGER, at, (unread,))
    idle = _idle(trigger, codebase, path)
    if idle:
        return Automation(component, object_, Phase.BEFORE_TRIGGER, at, (), idle=idle)
    run = Walk(codebase, Terms(interner, objects), context)
    _walk(run, file, trigger, object_)
    in_company = Walk(codebase, run.terms, context, company=True)
    in_company.asked = run.asked  # what is asked of the record itself is the same in company
    _walk(in_company, file, trigger, object_)
    run.effects += added(run, in_company, at)
    run.axioms += in_company.axioms
    run.effects += over_limit(run)
    phase = Phase.BEFORE_TRIGGER if "before" in _timings(trigger) else Phase.AFTER_TRIGGER
    return Automation(component, object_, phase, at, tuple(run.effects), tuple(run.axioms))


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


def _walk(run: Walk, file: SourceFile, trigger: TriggerDeclaration, object_: OptOutObject) -> None:
    state = State(run.terms)
    body = tuple(node for node in trigger.body if isinstance(node, StatementNode | Unparsed))
    type_ = ApexType(f"trigger {trigger.name}".casefold(), trigger.name, file, None)
    take_members(type_, trigger.body)
    with deep():
        for timing in _timings(trigger):
            run.event = Event(timing, str(object_))
            context(run, state, str(object_))
            run.frames = [Frame(f"t{timing}", file, type_, None, trigger.name)]
            _body(run, state, body, file.place(trigger))
            if state.dead:
                break


def _body(run: Walk, state: State, body: tuple[StatementNode | Unparsed, ...], at: Place) -> None:
    exits = Exits()
    try:
        for statement in body:
            run.execute(statement, state, exits)
    except (OutOfBudgetError, RecursionError) as error:
        what = "goes deeper than is followed" if isinstance(error, RecursionError) else "is larger than is walked"
        run.frames, run.handlers, run.steps = run.frames[:1], [], []
        whole = State(run.terms)
        run.unknown(whole, f"budget: the code that the trigger enters {what}", at)
        state.kill()
        return
    state.join(*(end for end, _ in exits.returns))


def context(run: Walk, state: State, object_: str) -> None:
    """Set the context variables of one event; the record keeps what the code before set in it."""
    terms = run.terms
    record = state.store.get(("trigger", "record"))
    if not isinstance(record, Ref):
        record = state.new(RecordCell(object_, Origin.NEW))
        state.store["trigger", "record"] = record
        state.store["trigger", "stored"] = state.new(RecordCell(object_, Origin.OLD))
    stored = state.store["trigger", "stored"]
    assert isinstance(stored, Ref)
    own = Scalar(terms.saved_id())
    others = _others(run, state, object_) if run.company else ()
    for name, ref, beside in (("new", record, [o[1] for o in others]), ("old", stored, [o[2] for o in others])):
        refs = [*beside[:1], ref, *beside[1:]]  # one that comes before it, and one that comes after it
        ids = [*(o[0] for o in others[:1]), own, *(o[0] for o in others[1:])]
        items = tuple(Item(terms.true, one) for one in refs)
        entries = tuple(Entry(terms.true, id_, one) for id_, one in zip(ids, refs, strict=True))
        state.store["trigger", name] = state.new(ListCell(items, chunked=not run.company))
        state.store["trigger", f"{name}map"] = state.new(MapCell(entries, chunked=not run.company))


def _others(run: Run, state: State, object_: str) -> list[tuple[Value, Ref, Ref]]:
    """Return the Id, the new and the old record of those that share the chunk; they keep what the code before set in them."""
    found: list[tuple[Value, Ref, Ref]] = []
    for ref in OTHERS:
        known = [state.store.get(("trigger", f"{origin} {ref.key}")) for origin in (Origin.NEW, Origin.OLD)]
        if not isinstance(known[0], Ref):
            known = [state.new(RecordCell(object_, origin, ref)) for origin in (Origin.NEW, Origin.OLD)]
            for origin, made in zip((Origin.NEW, Origin.OLD), known, strict=True):
                assert isinstance(made, Ref)
                state.store["trigger", f"{origin} {ref.key}"] = made
        new, old = known
        assert isinstance(new, Ref)
        assert isinstance(old, Ref)
        found.append((Scalar(run.terms.interner.field(ref, ("Id",), Type.TEXT)), new, old))
    return found


@contextmanager
def deep() -> Iterator[None]:
    """Let the walk follow calls inside calls; each of them takes many levels of its own."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
