"""Methods of what the platform defines, called on a value: records, collections, texts, numbers, dates, types, tokens."""

from sfoptlint.automation.apex.lists import list_method
from sfoptlint.automation.apex.maps import map_method
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.sobjects import record_method
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.texts import scalar_method
from sfoptlint.automation.apex.values import (
    ClassValue,
    Instance,
    ListCell,
    MapCell,
    Opaque,
    Origin,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
)
from sfoptlint.core.expr import Const, FreeKind, Type
from sfoptlint.lang.apex.nodes import MethodInvocation


def instance_method(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, node: MethodInvocation, value: Value, name: str, arguments: list[Value], state: State
) -> Value:
    """Walk a method that the platform defines."""
    match value:
        case Ref():
            match state.cell(value):
                case ListCell():
                    return list_method(run, value, name, arguments, node, state)
                case MapCell():
                    return map_method(run, value, name, arguments, node, state)
                case RecordCell():
                    return record_method(run, node, value, name, arguments, state)
        case Scalar():
            return scalar_method(run, node, value, name, arguments, state)
        case ClassValue():
            return _of_class(run, node, value, name, state)
        case Token():
            return _of_token(run, node, value, name, state)
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(value, *arguments))


def _of_class(run: Run, node: MethodInvocation, value: ClassValue, name: str, state: State) -> Value:
    if name in ("getname", "tostring"):
        return Scalar(value.name)
    if name != "newinstance":
        return run.unknown_value(node, Type.UNKNOWN, state)
    if not isinstance(value.name, Const):
        return Instance(value.name)
    type_ = run.codebase.find(str(value.name.value), run.frame.type)
    if type_ is None:
        return Opaque(run.terms.false, str(value.name.value), tainted=True)
    return run.construct(type_, [], state, node)


def _of_token(run: Run, node: MethodInvocation, value: Token, name: str, state: State) -> Value:
    terms = run.terms
    if name in ("getdescribe", "getsobjecttype"):
        return value
    if name in ("getname", "tostring", "getlocalname"):
        return Scalar(terms.const(value.field or value.object))
    if name == "newsobject":
        return state.new(RecordCell(value.object, Origin.MADE))
    what = f"{value.object}.{value.field}.{name}"
    type_ = Type.BOOLEAN if name.startswith("is") else Type.UNKNOWN
    return Scalar(run.lasting(what, type_, FreeKind.CALL, node, run.words(node)))
