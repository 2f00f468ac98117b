"""Apex that no update of the record starts and that writes its box: triggers of other objects, jobs that run by themselves.

A search over the text says which can: whoever writes a box assigns to it or names it in quotes.
"""

import re

from sfoptlint.automation.apex.boxes import boxes
from sfoptlint.automation.apex.codebase import ApexType, Codebase, take_members
from sfoptlint.automation.apex.context_variables import context
from sfoptlint.automation.apex.finding import ASIDE
from sfoptlint.automation.apex.frames import Event, Exits, Frame
from sfoptlint.automation.apex.reach import is_test
from sfoptlint.automation.apex.records import canonical
from sfoptlint.automation.apex.source_file import SourceFile
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.trigger import declared, deep, inactive, object_of
from sfoptlint.automation.apex.values import Item, ListCell, Opaque, Origin, OutOfBudgetError, RecordCell, Scalar, Value
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Automation, Effect, Overwrite, Phase, Unknown
from sfoptlint.core import verdict
from sfoptlint.core.expr import FreeKind, Interner, RecordKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import ComponentId
from sfoptlint.lang.apex.nodes import MethodDeclaration, StatementNode, TriggerDeclaration, Unparsed
from sfoptlint.model.objects import Objects

_JOB = re.compile(r"\b(?:batchable|schedulable|queueable|inboundemailhandler)\b|@future|@invocablemethod")
_JOB_MARKS = ("batchable", "schedulable", "queueable", "inboundemailhandler", "@future", "@invocablemethod")
"""One of these is in every text that `_JOB` finds something in; asking is fast, and most classes are no job."""
_OBJECTS = ("Contact", "Lead", "Account")
_ENTRIES = ("execute", "start", "handleinboundemail")


def compile_job(
    path: str, codebase: Codebase, objects: Objects, interner: Interner, context: Context
) -> Automation | None:
    """Return a class that runs by itself and writes the box; None where it is no such class."""
    name, reach = path.rpartition("/")[2].removesuffix(".cls"), codebase.reach
    if not reach.leads(name):
        return None
    text = (codebase.text(path) or "").lower()
    outlined = reach.outlined(name) if _is_job(text) and not is_test(text) else None
    if outlined is None or not reach.from_job(name, (method.name for method in _entries(outlined))):
        return None
    type_ = codebase.top(name)
    if type_ is None:
        return None
    run = _run(codebase, objects, interner, context)
    for method in _entries(type_):
        _enter(run, type_, method)
    return _automation(run, ComponentId("ApexClass", type_.name), type_)


def _is_job(text: str) -> bool:
    return any(mark in text for mark in _JOB_MARKS) and _JOB.search(text) is not None


def compile_elsewhere(
    path: str, codebase: Codebase, objects: Objects, interner: Interner, context: Context
) -> Automation | None:
    """Return a trigger of another object, or on another event, that writes the box; None where it does not."""
    text = codebase.text(path) or ""
    object_ = object_of(text)
    if not object_ or not codebase.reach.from_trigger(text) or inactive(codebase, path):
        return None
    file = codebase.file(path)
    trigger = declared(file) if file else None
    if file is None or trigger is None:
        return None
    run = _run(codebase, objects, interner, context)
    for event in trigger.events:
        if event.operation == "update" and object_ in _OBJECTS:
            continue
        _fire(run, trigger, file.path, codebase, event.timing, event.operation, object_)
    own = _overwriting(run)
    if not own:
        return None
    at = file.place(trigger)
    return Automation(
        ComponentId("ApexTrigger", trigger.name), None, Phase.ELSEWHERE, at, tuple(own), tuple(run.axioms)
    )


def _run(codebase: Codebase, objects: Objects, interner: Interner, context: Context) -> Walk:
    run = Walk(codebase, Terms(interner, objects), context)
    run.started, run.part = False, ASIDE
    return run


def _entries(type_: ApexType) -> list[MethodDeclaration]:
    found: list[MethodDeclaration] = []
    for name, methods in type_.methods.items():
        for method in methods:
            marks = {a.name.casefold() for a in method.modifiers.annotations}
            if name in _ENTRIES or marks & {"future", "invocablemethod"}:
                found.append(method)
    return found


def _enter(run: Walk, type_: ApexType, method: MethodDeclaration) -> None:
    state = State(run.terms)
    run.frames = [Frame("job", type_.file, type_, None, type_.name)]
    try:
        with deep():
            this = run.construct(type_, [], state, method) if "static" not in method.modifiers.words else None
            arguments = [_argument(run, type_, method, at, state) for at in range(len(method.parameters))]
            if method.body is not None:
                frame = Frame("entry", type_.file, type_, this, f"{type_.name}.{method.name}")
                for parameter, value in zip(method.parameters, arguments, strict=True):
                    state.store[frame.id, parameter.name.casefold()] = value
                run.frames.append(frame)
                run.execute(method.body, state, Exits())
    except (OutOfBudgetError, RecursionError):
        _given_up(run, type_.file, type_.file.place(method))
    run.steps = []


def _given_up(run: Walk, file: SourceFile, at: Place) -> None:
    """Say that the walk ended before its end: what comes then may write any box that is named."""
    run.handlers, run.frames = [], run.frames[:1]
    objects = boxes(file.text, run.codebase)
    reason = "budget: the code that is entered is larger than is walked, or goes deeper"
    run.emit(State(run.terms), Unknown(reason, frozenset({verdict.Effect.OVERWRITE}), objects), at)


def _argument(run: Walk, type_: ApexType, method: MethodDeclaration, at: int, state: State) -> Value:
    """Return what the platform hands over: rows of the query, ids, a context."""
    parameter = method.parameters[at]
    name = parameter.type.names[-1].casefold()
    place = type_.file.place(method)
    key = f"{place.path}:{place.line}"
    if name in ("list", "set") or parameter.type.dimensions:
        inner = parameter.type.arguments[0].name if parameter.type.arguments else parameter.type.name
        object_ = _queried(type_) if inner.casefold() == "sobject" else canonical(inner)
        if object_.casefold() in ("id", "string"):
            free = run.terms.free(f"{key}:{at}", Type.TEXT, FreeKind.OTHER, place, f"an element of {parameter.name}")
            return state.new(ListCell((Item(run.terms.true, Scalar(free)),), more=True))
        row = state.new(RecordCell(object_, Origin.ROW, RecordRef(RecordKind.ROW, key)))
        if _takes_everyone(type_):
            run.unfiltered.add(key)
        return state.new(ListCell((Item(run.terms.true, row),), more=True))
    if name in ("string", "id", "boolean", "integer", "decimal"):
        types = {"boolean": Type.BOOLEAN, "integer": Type.NUMBER, "decimal": Type.NUMBER}
        free = run.terms.free(f"{key}:{at}", types.get(name, Type.TEXT), FreeKind.OTHER, place, parameter.name)
        return Scalar(free)
    return Opaque(run.terms.false, parameter.type.name)


_FROM = re.compile(r"\bfrom\s+(\w+)\s*(where\s+([^'\]]*))?", re.IGNORECASE)


def _queried(type_: ApexType) -> str:
    found = _FROM.search(type_.file.text)
    return canonical(found[1]) if found else ""


def _takes_everyone(type_: ApexType) -> bool:
    """Whether the job's query has no filter but one on the box itself."""
    found = _FROM.search(type_.file.text)
    if found is None:
        return False
    where = (found[3] or "").strip()
    return not where or bool(re.fullmatch(r"\w*hasoptedoutofemail\s*=\s*(true|false)\s*", where, re.IGNORECASE))


def _fire(  # noqa: PLR0913, PLR0917 - an event is all of this
    run: Walk, trigger: TriggerDeclaration, path: str, codebase: Codebase, timing: str, operation: str, object_: str
) -> None:
    file = codebase.file(path)
    assert file is not None
    state = State(run.terms)
    type_ = ApexType(f"trigger {trigger.name}".casefold(), trigger.name, file, None)
    take_members(type_, trigger.body)
    run.event = Event(timing, object_, operation)
    context(run, state, object_)
    run.frames = [Frame(f"t{timing}{operation}", file, type_, None, trigger.name)]
    try:
        with deep():
            for statement in trigger.body:
                if isinstance(statement, StatementNode | Unparsed):
                    run.execute(statement, state, Exits())
    except (OutOfBudgetError, RecursionError):
        _given_up(run, file, file.place(trigger))
    run.steps = []


def _overwriting(run: Walk) -> list[Effect]:
    return [e for e in run.effects if isinstance(e.do, Overwrite) or (isinstance(e.do, Unknown) and e.do.objects)]


def _automation(run: Walk, component: ComponentId, type_: ApexType) -> Automation | None:
    own = _overwriting(run)
    if not own:
        return None
    at = type_.file.place(type_.file.unit)
    return Automation(component, None, Phase.ELSEWHERE, at, tuple(own), tuple(run.axioms))
