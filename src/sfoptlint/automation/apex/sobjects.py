"""The methods of records (Apex Reference Guide, "SObject Class")."""

from dataclasses import replace

from sfoptlint.automation.apex.copies import cloned
from sfoptlint.automation.apex.fields import read_field, write_field
from sfoptlint.automation.apex.records import box_of, unset
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Entry, MapCell, Origin, RecordCell, Ref, Scalar, Token, Value
from sfoptlint.automation.automation import Write
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import MethodInvocation


def record_method(  # noqa: PLR0911, PLR0913, PLR0917 - one arm for each method
    run: Run, node: MethodInvocation, ref: Ref, name: str, arguments: list[Value], state: State
) -> Value:
    """Walk a method of a record."""
    cell, terms = state.cell(ref), run.terms
    assert isinstance(cell, RecordCell)
    match name, arguments:
        case ("get" | "getsobject", [field]):
            return _got(run, node, ref, field, state)
        case ("put" | "putsobject", [field, value]):
            return _put(run, node, ref, field, value, state)
        case "clone", _:
            return cloned(run, ref, state, keeps_id=is_true(arguments))
        case "getsobjecttype", []:
            return Token(cell.object) if cell.object else run.unknown_value(node, Type.UNKNOWN, state)
        case "getpopulatedfieldsasmap", []:
            return _populated(run, node, ref, cell, state)
        case "isclone", [] if cell.origin in (Origin.NEW, Origin.OLD):
            return Scalar(terms.false)
        case "haserrors", []:
            return Scalar(terms.false)
        case "isset", _:
            return run.unknown_value(node, Type.BOOLEAN, state)
        case "getsobjects", _:
            return run.unknown_value(node, Type.UNKNOWN, state)
    return _of_setting(run, node, ref, name, state)


def _of_setting(run: Run, node: MethodInvocation, ref: Ref, name: str, state: State) -> Value:
    del ref, name
    return run.unknown_value(node, Type.UNKNOWN, state)


def is_true(arguments: list[Value]) -> bool:
    """Whether the first argument of `clone` says that the Id is kept."""
    first = arguments[0] if arguments else None
    return isinstance(first, Scalar) and isinstance(first.expr, Const) and first.expr.value is True


def field_name(run: Run, field: Value) -> Expr:
    """Return the name of a field that a method is given: a text or a token."""
    if isinstance(field, Token):
        return run.terms.const(field.field)
    if isinstance(field, Scalar):
        return field.expr
    at = run.frame.file.place(run.frame.file.unit)
    name = run.again(f"{at.path}:field", repr(field))
    return run.terms.free(name, Type.TEXT, FreeKind.OTHER, at, "a field named at run time")


def _got(run: Run, node: MethodInvocation, ref: Ref, field: Value, state: State) -> Value:
    name, terms = field_name(run, field), run.terms
    if isinstance(name, Const):
        return read_field(run, ref, str(name.value), node, state)
    cell = state.cell(ref)
    assert isinstance(cell, RecordCell)
    at = run.frames[0].file.place(run.frames[0].file.unit)  # another field is the same one, wherever it is read
    if cell.origin not in (Origin.NEW, Origin.OLD):
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=(Scalar(name),))
    box = box_of(cell.object)
    place = run.again(f"{at.path}:another field", str(id(name)))
    other = terms.free(place, Type.UNKNOWN, FreeKind.OTHER, at, f"{run.words(node)} of another field")
    kept = cell.fields.get(box.casefold()) or unset(cell, box, terms)
    value = kept.expr if isinstance(kept, Scalar) else other
    return Scalar(terms.choose(terms.same(name, terms.const(box)), value, other))


def _put(run: Run, node: MethodInvocation, ref: Ref, field: Value, value: Value, state: State) -> Value:  # noqa: PLR0913, PLR0917
    name, terms = field_name(run, field), run.terms
    if isinstance(name, Const):
        write_field(run, ref, str(name.value), value, node, state)
        return Scalar(terms.null)
    cell = state.cell(ref)
    assert isinstance(cell, RecordCell)
    if cell.origin is Origin.NEW and run.event.timing == "before":
        box = box_of(cell.object)
        condition = terms.same(name, terms.const(box))
        written = value.expr if isinstance(value, Scalar) else run.unknown_value(node, Type.BOOLEAN, state).expr
        before = cell.fields.get(box.casefold()) or unset(cell, box, terms)
        assert isinstance(before, Scalar)
        now = terms.choose(condition, terms.is_true(written), before.expr)
        state.put(ref, replace(cell, fields={**cell.fields, box.casefold(): Scalar(now)}))
        if not cell.other:
            run.emit(state, Write(terms.is_true(written)), run.place(node), when=condition)
    return Scalar(terms.null)


def _populated(run: Run, node: MethodInvocation, ref: Ref, cell: RecordCell, state: State) -> Value:
    """The fields that a record has, by name: any one of them, the box among them."""
    del cell
    at = run.place(node)
    place = run.again(f"{at.path}:{at.line}:field", run.frame.id)
    name = Scalar(run.terms.free(place, Type.TEXT, FreeKind.OTHER, at, "a field of the record"))
    entry = Entry(run.terms.true, name, _got(run, node, ref, name, state))
    return state.new(MapCell((entry,), more=True))
