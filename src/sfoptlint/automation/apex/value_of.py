"""Values made from others of another kind: `valueOf` of texts, numbers, ids, and what is asked of a text's blanks."""

from sfoptlint.automation.apex.ids import require_id
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import mapped
from sfoptlint.automation.apex.spelled import spelled
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.sums import as_text
from sfoptlint.automation.apex.values import ObjectCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import MethodInvocation

_NUMBERS = {"integer", "decimal", "double", "long"}


def is_blank(run: Run, node: MethodInvocation, name: str, value: Value, state: State) -> Value:
    """Walk `String.isBlank(value)` and its kin."""
    terms = run.terms

    def asked(one: Value) -> Value:
        if not isinstance(one, Scalar):
            return run.unknown_value(node, Type.BOOLEAN, state, inputs=(one,))
        blank = terms.is_blank(one.expr)
        return Scalar(terms.no(blank) if "not" in name else blank)

    return mapped(value, state, asked)


def value_of(run: Run, node: MethodInvocation, type_: str, value: Value, state: State) -> Value:
    """Walk `String.valueOf(value)` and its kin."""
    text = _as_text(run, node, value, state) if type_ == "string" else None
    if text is not None:
        return text
    if isinstance(value, Scalar):
        kind = value.expr.type
        if type_ == "id":
            require_id(run, value, node, state)
        if type_ in ("string", "id") and kind is Type.TEXT:
            return value
        if type_ == "boolean" and kind is Type.BOOLEAN:
            return value
        if type_ in _NUMBERS and kind is Type.NUMBER:
            return value
        if type_ == "string" and kind is Type.UNKNOWN and not isinstance(value.expr, Const):
            return value
        if type_ == "string" and isinstance(value.expr, Const):
            return Scalar(run.terms.const(as_text(value.expr)))
        if type_ not in ("string", "id", "boolean") and kind is Type.TEXT:
            _no_number(run, node, value.expr, state)
    results = {"string": Type.TEXT, "id": Type.TEXT, "boolean": Type.BOOLEAN}
    return _never_null(run, run.unknown_value(node, results.get(type_, Type.NUMBER), state, inputs=(value,)))


def _never_null(run: Run, value: Scalar) -> Scalar:
    """A text that is no number throws, and null does: what comes back is one (Apex Reference Guide, "Decimal Class", valueOf)."""
    if value.expr.type is Type.NUMBER:
        run.hold(run.terms.no(run.terms.is_null(value.expr)))
    return value


def _as_text(run: Run, node: MethodInvocation, value: Value, state: State) -> Value | None:
    """Return what an object says of itself: by its own `toString`, else as the platform spells it."""
    cell = state.cell(value) if isinstance(value, Ref) else None
    type_ = run.codebase.find(cell.cls) if isinstance(cell, ObjectCell) else None
    own = chosen(run, type_, "tostring", [], state) if type_ is not None else None
    if own is not None and isinstance(value, Ref):
        return run.invoke(own[0], own[1], value, [], state, node)
    text = spelled(run, value, node, state)
    return Scalar(text) if text is not None else None


def _no_number(run: Run, node: MethodInvocation, text: Expr, state: State) -> None:
    """A text that is no number throws (Apex Reference Guide, "Integer Class", valueOf)."""
    at, words = run.place(node), run.words(node)
    if isinstance(text, Const):
        fails: Expr = run.terms.const(not str(text.value).strip().lstrip("+-").replace(".", "", 1).isdigit())
    elif not run.terms.reads(text):
        return  # what comes from outside is taken to go well
    else:
        name = run.again(f"{at.path}:{at.line}:{at.column}:number", str(id(text)))
        other = run.terms.free(name, Type.BOOLEAN, FreeKind.OPAQUE, at, f"{words}: it is no number", (text,))
        fails = run.terms.any(run.terms.no(run.terms.call("ISNUMBER", (text,), Type.BOOLEAN)), other)
    run.throw(state, fails, "TypeException", f"{words}: it is no number", at)
