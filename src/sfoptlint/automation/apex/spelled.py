"""How objects read as text, and what is known of a text of which only the beginning is.

`String.valueOf(this)` is `ClassName:[...]` (Apex Reference Guide, "String Class", valueOf); handlers learn their own name by it.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import ClassValue, ObjectCell, Ref, Scalar, Token, Value
from sfoptlint.core.expr import Call, Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import Node


def spelled(run: Run, value: Value, node: Node, state: State) -> Expr | None:
    """Return what an object, a class or a token of the schema is as a text; None where it is something else."""
    match value:
        case Token(object=object_, field=field):
            return run.terms.const(field or object_)
        case ClassValue(name=name):
            return name
        case Ref():
            cell = state.cell(value)
            return _of_object(run, cell.cls, node) if isinstance(cell, ObjectCell) else None
    return None


def _of_object(run: Run, cls: str, node: Node) -> Expr | None:
    type_ = run.codebase.find(cls)
    if type_ is None or type_.outer is not None:
        return None  # whether an inner class is named with its outer one is not documented
    rest = run.lasting(f"the fields of {cls}", Type.TEXT, FreeKind.CALL, node, run.words(node))
    return run.terms.call("&", (run.terms.const(f"{type_.name}:"), rest), Type.TEXT)


def beginning(text: Expr) -> str:
    """Return the beginning of a text so far as it is known; of a literal, all of it."""
    if isinstance(text, Const):
        return text.value if isinstance(text.value, str) else ""
    if not isinstance(text, Call) or text.op != "&":
        return ""
    first, *others = text.args
    return beginning(first) + (beginning(others[0]) if isinstance(first, Const) and others else "")


def of_known(run: Run, own: Expr, name: str, plain: list[Expr]) -> Scalar | None:
    """Return what a method gives that looks at nothing but what is known of a text; None where it may look further."""
    values = [str(argument.value) for argument in plain if isinstance(argument, Const) and argument.value is not None]
    if len(values) != len(plain):
        return None
    fold = _FOLDS.get((name, len(values)))
    if fold is not None and isinstance(own, Const) and isinstance(own.value, str):
        return Scalar(run.terms.const(fold(own.value, *values)))
    known = beginning(own)
    match name, values:
        case "indexof", [part] if part in known:
            return Scalar(run.terms.number(known.index(part)))
        case "substringbefore", [part] if part in known:
            return Scalar(run.terms.const(known.partition(part)[0]))
        case "substring", [start, end] if _is_within(start, end, known):
            return Scalar(run.terms.const(known[int(start) : int(end)]))
        case "startswith", [part] if len(part) <= len(known):
            return Scalar(run.terms.const(known.startswith(part)))
    return None


def _is_within(start: str, end: str, known: str) -> bool:
    return start.isdigit() and end.isdigit() and int(start) <= int(end) <= len(known)


_FOLDS: Mapping[tuple[str, int], Callable[..., str | Decimal]] = MappingProxyType(
    {
        ("capitalize", 0): lambda text: text[:1].upper() + text[1:],
        ("indexof", 1): lambda text, part: Decimal(text.find(part)),
        ("lastindexof", 1): lambda text, part: Decimal(text.rfind(part)),
        ("removeend", 1): lambda text, part: text.removesuffix(part),
        ("removestart", 1): lambda text, part: text.removeprefix(part),
        ("substringafter", 1): lambda text, part: text.partition(part)[2] if part else text,
        ("substringafterlast", 1): lambda text, part: text.rpartition(part)[2] if part and part in text else "",
        ("substringbefore", 1): lambda text, part: text.partition(part)[0] if part else "",
        ("substringbeforelast", 1): lambda text, part: text.rpartition(part)[0] if part and part in text else text,
        ("uncapitalize", 0): lambda text: text[:1].lower() + text[1:],
    }
)
"""Of a literal, by the number of arguments."""
