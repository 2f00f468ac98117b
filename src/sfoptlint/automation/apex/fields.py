"""Reading and writing fields: of records, of objects, of what nobody knows."""

from dataclasses import replace

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.frames import Frame
from sfoptlint.automation.apex.records import box_of, is_relationship, parent_object, unset
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import carries_records, cases, null_of
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.statics import accessor, own_getter, run_body
from sfoptlint.automation.apex.values import (
    Either,
    ListCell,
    ObjectCell,
    Opaque,
    Origin,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
    with_field,
)
from sfoptlint.automation.automation import Write
from sfoptlint.core.expr import Const, Expr, Free, FreeKind, Primitive, Type
from sfoptlint.lang.apex.nodes import Expression, FieldAccess, Node

_UNSAID = frozenset({FreeKind.CALL, FreeKind.OPAQUE, FreeKind.OTHER, FreeKind.HAVOC})


def require(run: Run, value: Value, node: Node, state: State) -> None:
    """Part the way where a value is dereferenced that may be null (Apex Developer Guide, "Built-In Exceptions")."""
    null = null_of(value, state)
    known = state.known(null)
    if isinstance(known, Const) and known.value is not True:
        return
    if _is_unsaid(known):
        state.assume(run.terms.no(known))
        return
    if _is_unsaid(null) and run.terms.goes_well(null):
        return
    if isinstance(value, Either):
        null = _said(run, value, state)
    run.throw(state, null, "NullPointerException", f"{run.words(node)}: a null value is dereferenced", run.place(node))


def require_elements(run: Run, value: Value, node: Node, state: State) -> None:
    """Part the way where what a collection is filled from may be null, but for what comes from outside."""
    if not _is_unsaid(state.known(null_of(value, state))):
        require(run, value, node, state)


def _said(run: Run, value: Either, state: State) -> Expr:
    """Return where one of several values is null, but for those from outside: they go well."""
    nulls = [(condition, null_of(case, state)) for condition, case in cases(value, run.terms.true, state)]
    for condition, null in nulls:
        if _is_unsaid(null):
            state.assume(run.terms.no(run.terms.all(condition, null)))
    return run.terms.any(*(run.terms.all(condition, null) for condition, null in nulls if not _is_unsaid(null)))


def _is_unsaid(null: Expr) -> bool:
    """Whether what may be null came from outside: that it goes well there is assumed."""
    inner = null.args[0] if getattr(null, "op", "") == Primitive.BLANK else null  # type: ignore[union-attr]
    return isinstance(inner, Free) and inner.kind in _UNSAID


def read_field(  # noqa: PLR0913 - a read is all of this
    run: Run, value: Value, name: str, node: Expression, state: State, *, safe: bool = False
) -> Value:
    """Return `value.name`."""
    if not safe and not _is_look_up(value, node, state):
        require(run, value, getattr(node, "object", node), state)
    if state.dead:
        return Scalar(run.terms.null)
    found: Value | None = None
    for condition, case in reversed(list(cases(value, run.terms.true, state))):
        if isinstance(case, Scalar) and isinstance(case.expr, Const) and case.expr.value is None:
            read: Value = Scalar(run.terms.null)
            if not safe:
                continue
        else:
            read = _read(run, case, name, node, state)
        found = read if found is None else choice(condition, read, found, run.terms)
    return found if found is not None else Scalar(run.terms.null)


def _is_look_up(value: Value, node: Node, state: State) -> bool:
    """Whether what is read stands behind a look-up of a record: one that leads nowhere is no error there.

    Apex Developer Guide, "Accessing sObject Fields Through Relationships": `c.Account.Name` is null where `c.Account` is; a
    variable that holds the account, a method, and a write fail.
    """
    if not isinstance(node, FieldAccess) or not isinstance(node.object, FieldAccess):
        return False
    found = [state.cell(case) if isinstance(case, Ref) else None for _, case in cases(value, state.terms.true, state)]
    return all(isinstance(cell, RecordCell) for cell in found)


def _read(run: Run, value: Value, name: str, node: Expression, state: State) -> Value:
    match value:
        case Ref():
            cell = state.cell(value)
            if isinstance(cell, RecordCell):
                return record_field(run, value, name, state)
            if isinstance(cell, ObjectCell):
                own = own_getter(run, value, name, state, node)
                of = run.codebase.find(cell.cls) if name.casefold() not in cell.fields else None
                if own is None and of is not None:
                    run.unread(state, of, name)
                return own or cell.fields.get(name.casefold()) or Scalar(run.terms.null)
            if isinstance(cell, ListCell) and cell.query is not None:
                from sfoptlint.automation.apex.conversion import single  # noqa: PLC0415 - they know each other

                return read_field(run, single(run, value, node, state), name, node, state)
        case Token(object=object_, field=""):
            return Token(object_, name)
        case Opaque(tainted=tainted) if tainted:
            return Opaque(run.terms.false, tainted=carries_records(value, state))
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(value,))


def record_field(run: Run, ref: Ref, name: str, state: State) -> Value:
    """Return a field of a record; what a look-up leads to becomes a record of its own when it is first read."""
    cell = state.cell(ref)
    assert isinstance(cell, RecordCell)
    key = name.casefold()
    if key in cell.fields:
        return cell.fields[key]
    if cell.origin in (Origin.ROW, Origin.GLOBAL) and is_relationship(cell.object, name, run.terms):
        step = run.terms.objects.get(cell.object).relationship(name) if cell.object else None
        spelt = (step.relationship_name if step else None) or name
        parent = replace(
            cell, object=parent_object(cell.object, name, run.terms), prefix=(*cell.prefix, spelt), fields={}, own=None
        )
        made = state.new(parent)
        state.put(ref, with_field(cell, name, made))
        return made
    if (cell.absent or cell.origin in (Origin.NEW, Origin.OLD, Origin.HANDED)) and is_relationship(
        cell.object, name, run.terms
    ):
        return state.new(RecordCell(parent_object(cell.object, name, run.terms), Origin.MADE, absent=True))
    value = unset(cell, name, run.terms)
    if cell.like is not None:
        like = state.cell(cell.like)
        assert isinstance(like, RecordCell)
        run.agree(cell, value, unset(like, name, run.terms))
    return value


def write_field(  # noqa: PLR0913, PLR0917 - a write is all of this
    run: Run, target: Value, name: str, value: Value, node: Node, state: State
) -> None:
    """Walk `target.name = value`."""
    require(run, target, node, state)
    for condition, case in cases(target, run.terms.true, state):
        if isinstance(case, Ref):
            _write(run, case, name, value, condition, node, state)
        elif isinstance(case, Opaque) and case.tainted:
            run.unknown(state, f"{run.words(node)}: what is written to is not known", run.place(node), when=condition)
        elif isinstance(case, Opaque | Token | Scalar) and carries_records(value, state):
            what = f"{run.words(node)} is not in the tree, and is handed the records"
            run.unknown(state, what, run.place(node), when=condition)


def _write(  # noqa: PLR0913, PLR0917 - a write is all of this
    run: Run, ref: Ref, name: str, value: Value, condition: Expr, node: Node, state: State
) -> None:
    cell = state.cell(ref)
    if isinstance(cell, ObjectCell):
        if not _setter(run, ref, name, value, node, state):
            old = cell.fields.get(name.casefold(), Scalar(run.terms.null))
            now = state.cell(ref)
            assert isinstance(now, ObjectCell)
            fields = {**now.fields, name.casefold(): choice(condition, value, old, run.terms)}
            state.put(ref, replace(now, fields=fields))
    elif isinstance(cell, RecordCell):
        if cell.origin in (Origin.NEW, Origin.OLD) and not _may_write(run, cell, condition, node, state):
            return
        before = record_field(run, ref, name, state)
        now_ = state.cell(ref)
        assert isinstance(now_, RecordCell)
        state.put(ref, with_field(now_, name, choice(condition, value, before, run.terms)))
        if cell.like is not None:  # one of the rows that it stands for
            it = run.free_flag(node, FreeKind.OTHER, f"{run.words(node)} is of this row", ":row")
            _write(run, cell.like, name, value, run.terms.all(condition, it), node, state)
        if cell.origin is Origin.NEW and not cell.other and name.casefold() == box_of(cell.object).casefold():
            run.emit(state, Write(boxed(run, value)), run.place(node), when=condition)


def _may_write(run: Run, cell: RecordCell, condition: Expr, node: Node, state: State) -> bool:
    """The new records of a before trigger can be written, all others are read-only: "Context Variable Considerations"."""
    if cell.origin is Origin.NEW and run.event.timing == "before":
        return True
    if run.event.timing:
        whose = "an after trigger" if cell.origin is Origin.NEW else "Trigger.old"
        message = f"{run.words(node)}: the records of {whose} are read-only"
        run.throw(state, condition, "FinalException", message, run.place(node), catchable=False)
        return False
    return True


def _setter(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, ref: Ref, name: str, value: Value, node: Node, state: State
) -> bool:
    cell = state.cell(ref)
    assert isinstance(cell, ObjectCell)
    type_ = run.codebase.find(cell.cls)
    for above in run.codebase.lineage(type_) if type_ else ():
        declared = above.fields.get(name.casefold())
        if declared is None:
            continue
        found = accessor(declared, "set")
        label = f"set {above.key}.{name.casefold()}"
        if found is None or found.body is None or any(frame.method == label for frame in run.frames):
            return False
        frame = Frame(f"f{next(state.counter)}", above.file, above, ref, label)
        run_body(run, frame, found.body, {"value": value}, state, node)
        return True
    return False


def boxed(run: Run, value: Value) -> Expr:
    """Return what the box becomes: a value that is no Boolean is free."""
    if isinstance(value, Scalar):
        return run.terms.is_true(value.expr)
    at = run.frame.file.place(run.frame.file.unit)
    name = run.again(f"{at.path}:box", repr(value))
    return run.terms.free(name, Type.BOOLEAN, FreeKind.OPAQUE, at, "the value written to the box")
