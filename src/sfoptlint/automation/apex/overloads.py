"""Which of several methods of one name a call means, by what its arguments are."""

from typing import TypeVar

from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import (
    Either,
    ListCell,
    MapCell,
    ObjectCell,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Const, Type
from sfoptlint.lang.apex.nodes import ConstructorDeclaration, MethodDeclaration, TypeName

Callable_ = TypeVar("Callable_", MethodDeclaration, ConstructorDeclaration)
_SCALARS = {
    Type.TEXT: frozenset({"string", "id", "object"}),
    Type.BOOLEAN: frozenset({"boolean", "object"}),
    Type.NUMBER: frozenset({"integer", "long", "decimal", "double", "object"}),
    Type.DATE: frozenset({"date", "datetime", "object"}),
    Type.DATETIME: frozenset({"datetime", "object"}),
}


def chosen(
    run: Run, type_: ApexType, name: str, arguments: list[Value], state: State
) -> tuple[ApexType, MethodDeclaration] | None:
    """Return the method of a class or its super classes that a call means, and whose it is."""
    run.unread(state, type_, name)
    for above in run.codebase.lineage(type_):
        fitting = [m for m in above.methods.get(name, ()) if len(m.parameters) == len(arguments)]
        bodies = [m for m in fitting if m.body is not None] or fitting
        if bodies:
            return above, best(run, bodies, arguments, state)
    return None


def best(run: Run, candidates: list[Callable_], arguments: list[Value], state: State) -> Callable_:
    """Return the candidate whose parameters fit best."""
    if len(candidates) == 1:
        return candidates[0]

    def score(candidate: Callable_) -> int:
        pairs = zip(candidate.parameters, arguments, strict=True)
        return sum(_fits(run, parameter.type, value, state) for parameter, value in pairs)

    return max(candidates, key=score)


def _fits(run: Run, type_: TypeName, value: Value, state: State) -> int:
    name = type_.names[-1].casefold()
    match value:
        case Scalar(expr=expr):
            if isinstance(expr, Const) and expr.value is None:
                return 0
            names = _SCALARS.get(expr.type)
            return 0 if names is None else 2 if name in names and name != "object" else 1 if name == "object" else -5
        case Either(yes=yes, no=no):
            return max(_fits(run, type_, yes, state), _fits(run, type_, no, state))
        case Ref():
            return _fits_cell(run, type_, name, value, state)
    return 0


def _fits_cell(run: Run, type_: TypeName, name: str, value: Ref, state: State) -> int:
    match state.cell(value):
        case RecordCell(object=object_):
            if type_.dimensions:
                return -5
            return 3 if name == object_.casefold() else 1 if name in ("sobject", "object") else -5
        case ListCell(is_set=is_set, items=items):
            wanted = "set" if is_set else "list"
            if name != wanted and not type_.dimensions:
                return 1 if name in ("object", "iterable") else -5
            inner = type_.arguments[0] if type_.arguments else None
            return 3 + (_fits(run, inner, items[0].value, state) if inner is not None and items else 0)
        case MapCell(entries=entries):
            if name != "map":
                return 1 if name == "object" else -5
            inner = type_.arguments[1] if len(type_.arguments) > 1 else None
            return 3 + (_fits(run, inner, entries[0].value, state) if inner is not None and entries else 0)
        case ObjectCell(cls=cls):
            found = run.codebase.find(cls)
            fits = found is not None and run.codebase.is_a(found, type_.name)
            return 3 if fits else 1 if name == "object" else -5
