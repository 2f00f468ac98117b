"""Calls of what is not in the tree: free and harmless, but for one that is handed the records."""

from sfoptlint.automation.apex.conversion import is_collection
from sfoptlint.automation.apex.names import local
from sfoptlint.automation.apex.platform import PLATFORM
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Opaque, Scalar, Value
from sfoptlint.core.expr import Const, Field, Global, Type
from sfoptlint.lang.apex.nodes import Identifier, MethodInvocation


def external(run: Run, node: MethodInvocation, what: str, arguments: list[Value], state: State) -> Value:
    """Walk a call of what is not in the tree: unknown where it is handed the records, free and harmless where it is not."""
    if state.dead:
        return Scalar(run.terms.null)
    handed = any(carries_records(argument, state) for argument in arguments)
    if handed or _is_whole_handler(run, node):
        run.unknown(state, f"{what} is not in the tree, and is handed the records", run.place(node))
    result = run.unknown_value(node, Type.UNKNOWN, state, inputs=tuple(arguments), fickle=True)
    return Opaque(run.terms.false, tainted=True) if handed else result


def _is_whole_handler(run: Run, node: MethodInvocation) -> bool:
    """Whether a trigger's body itself hands the save over: a call whose result nobody takes."""
    return len(run.frames) == 1 and bool(run.event.timing) and run.statement is node


def called_outside(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, node: MethodInvocation, value: Opaque, name: str, arguments: list[Value], state: State
) -> Value:
    if value.type.casefold() in ("http", "system.http") and name == "send":
        run.callout(state, node)
        return Opaque(run.terms.false, "HttpResponse")
    if value.type.casefold().endswith("exception") or _is_of_the_platform(value.type):
        return run.unknown_value(node, Type.UNKNOWN, state)
    if value.tainted:
        what = f"{value.type}.{node.name} is not in the tree, and is handed the records"
        run.unknown(state, what, run.place(node))
        return Opaque(run.terms.false, tainted=True)
    return external(run, node, f"{value.type}.{node.name}", arguments, state)


def is_unread(value: Value) -> bool:
    """Whether an object came from what is not in the tree."""
    if isinstance(value, Scalar):
        return value.expr.type is Type.UNKNOWN and not isinstance(value.expr, Const | Field | Global)
    return isinstance(value, Opaque)


def is_handed(run: Run, node: MethodInvocation, name: str, arguments: list[Value], state: State) -> bool:
    """Whether a call hands the records to an object that nobody knows; to put them into a collection is nothing yet."""
    if not any(carries_records(argument, state) for argument in arguments):
        return False
    declared = run.declared.get(local(run, node.object.name)) if isinstance(node.object, Identifier) else None
    if declared is None:
        return name not in _COLLECTING
    return not is_collection(declared) and not _is_of_the_platform(declared.name)


_COLLECTING = frozenset(
    {"add", "addall", "put", "putall", "remove", "removeall", "retainall", "contains", "containskey", "containsall"}
    | {"get", "set", "indexof", "equals", "writeobject", "writeobjectfield"}
)


def _is_of_the_platform(type_: str) -> bool:
    """Whether a class is one of the platform's own, which does nothing to records that it is told of."""
    return type_.partition(".")[0].casefold() in PLATFORM | {"httpresponse", "pagereference", "jsongenerator"}
