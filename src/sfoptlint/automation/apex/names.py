"""What a name stands for: a variable, a field of `this`, a static, a context variable of the trigger, a token of the schema."""

from collections.abc import Iterable

from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.fields import read_field
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.statics import begin, getter, own_getter
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.values import ClassValue, ObjectCell, Scalar, Token, Value
from sfoptlint.core.expr import Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import (
    ArrayAccess,
    EnhancedForStatement,
    Expression,
    FieldAccess,
    Identifier,
    LocalVariableDeclaration,
    Node,
)

_CONTEXT = {"new": "new", "old": "old", "newmap": "newmap", "oldmap": "oldmap"}


def local(run: Run, name: str) -> Key:
    """Return the key of a local variable of the method that is being walked."""
    return (run.frame.id, name.casefold())


def root(target: Expression | None) -> str:
    """Return the variable that an expression begins with, in lower case; empty where it begins otherwise."""
    current = target
    while isinstance(current, FieldAccess | ArrayAccess):
        current = current.object if isinstance(current, FieldAccess) else current.array
    return current.name.casefold() if isinstance(current, Identifier) else ""


def forget(run: Run, nodes: Iterable[Node], state: State) -> None:
    """Forget the variables that are declared by these nodes: their block is over."""
    for node in nodes:
        if isinstance(node, LocalVariableDeclaration):
            for declarator in node.declarators:
                state.store.pop(local(run, declarator.name))
        elif isinstance(node, EnhancedForStatement):
            state.store.pop(local(run, node.name))


def variable(run: Run, name: str, state: State, node: Expression) -> Value | None:
    """Return what a bare name is worth; None where no variable has it."""
    found = state.value(local(run, name))
    if found is not None:
        return found
    this = run.frame.this
    if this is not None:
        cell = state.cell(this)
        if isinstance(cell, ObjectCell):
            own = own_getter(run, this, name, state, node)
            if own is not None:
                return own
            if name.casefold() in cell.fields:
                return cell.fields[name.casefold()]
    return _static(run, run.frame.type, name, state, node)


def _static(run: Run, type_: ApexType | None, name: str, state: State, node: Expression) -> Value | None:
    current = type_
    while current is not None:
        for above in run.codebase.lineage(current):
            found = static_field(run, above, name, state, node)
            if found is not None:
                return found
        current = current.outer
    return None


def static_field(run: Run, type_: ApexType, name: str, state: State, node: Expression) -> Value | None:
    """Return a static field, property or enum constant of a class; None where it has none of this name."""
    key = name.casefold()
    if type_.is_enum:
        return next((Scalar(run.terms.const(c)) for c in type_.constants if c.casefold() == key), None)
    declared = type_.fields.get(key)
    if declared is None and type_.gaps:
        run.unread(state, type_, name)
    if declared is None or not declared.static:
        return None
    begin(run, type_, state)
    got = getter(run, type_, declared, None, state, node)
    if got is not None:
        return got
    return state.value(("static", type_.key, key)) or Scalar(run.terms.null)


def dotted(node: Expression) -> list[str] | None:
    """Return the names of a chain of names, `Trigger` without its namespace; None where it is anything else."""
    names: list[str] = []
    current = node
    while isinstance(current, FieldAccess):
        names.append(current.field)
        current = current.object
    if not isinstance(current, Identifier):
        return None
    found = [current.name, *reversed(names)]
    of_system = [name.casefold() for name in found[:2]] == ["system", "trigger"]
    return found[1:] if of_system else found


def type_named(run: Run, names: list[str]) -> ApexType | None:
    """Return the class of the tree that a chain of names is."""
    if names[0].casefold() == "system" and len(names) > 1:
        return None
    return run.codebase.find(".".join(names), run.frame.type)


def access(run: Run, node: FieldAccess, state: State) -> Value:
    """Return what `object.field` is worth."""
    names = dotted(node)
    if names is None:
        return read_field(run, run.evaluate(node.object, state), node.field, node, state)
    first = variable(run, names[0], state, node)
    if first is not None:
        value = run.evaluate(node.object, state) if len(names) > 2 else first
        return read_field(run, value, node.field, node, state)
    if names[0].casefold() == "trigger":
        if len(names) == 2:
            return context_variable(run, names[1], state, node)
        return read_field(run, run.evaluate(node.object, state), node.field, node, state)
    return _of_type(run, node, names, state)


def _of_type(run: Run, node: FieldAccess, names: list[str], state: State) -> Value:
    owner = type_named(run, names[:-1])
    if owner is not None:
        for above in run.codebase.lineage(owner):
            found = static_field(run, above, names[-1], state, node)
            if found is not None:
                return found
    if len(names) > 2:
        for at in range(2, len(names)):
            if type_named(run, names[: at - 1]) is not None:
                return read_field(run, run.evaluate(node.object, state), node.field, node, state)
    return _token(run, node, names)


def _token(run: Run, node: FieldAccess, names: list[str]) -> Value:
    folded = [name.casefold() for name in names]
    terms = run.terms
    if folded[0] == "system" and len(names) > 2:
        names, folded = names[1:], folded[1:]
    if folded[0] == "label":
        text = terms.objects.labels.get(folded[-1]) if len(names) == 2 else None
        return Scalar(terms.const(text) if text else terms.interner.global_(f"$Label.{'.'.join(names[1:])}", Type.TEXT))
    if folded[0] in ("triggeroperation", "accesslevel", "loggingLevel", "quiddity"):
        return Scalar(terms.const(names[-1]))
    if folded[0] == "schema" and len(names) > 2:
        names, folded = names[1:], folded[1:]
    if folded[0] == "sobjecttype" and len(names) > 1:
        return Token(names[1], names[3] if len(names) > 3 and folded[2] == "fields" else "")
    if folded[-1] == "sobjecttype":
        return Token(names[0])
    if len(names) == 2:
        return Token(names[0], names[1])
    if len(names) == 3 and folded[1] == "fields":
        return Token(names[0], names[2])
    return run.unknown_value(node, Type.UNKNOWN, State(terms))


def context_variable(run: Run, name: str, state: State, node: Expression) -> Value:
    """Return a variable of `Trigger` (Apex Developer Guide, "Trigger Context Variables")."""
    terms, key = run.terms, name.casefold()
    timing, operation = run.event.timing, run.event.operation
    if key == "isexecuting":
        return Scalar(terms.const(bool(timing)))
    if key in ("isbefore", "isafter"):
        return Scalar(terms.const(timing == key.removeprefix("is")))
    if key in ("isinsert", "isupdate", "isdelete", "isundelete"):
        return Scalar(terms.const(bool(timing) and operation == key.removeprefix("is")))
    if key == "operationtype":
        return Scalar(terms.const(f"{timing}_{operation}".upper()) if timing else terms.null)
    if key == "size":
        return Scalar(chunk_size(run))
    if key in _CONTEXT:
        return state.value(("trigger", _CONTEXT[key])) or Scalar(terms.null)
    return run.unknown_value(node, Type.UNKNOWN, state)


def chunk_size(run: Run) -> Expr:
    """Return how many records the chunk has: between 1 and 200; in company, three."""
    if run.company:
        return run.terms.number(len(OTHERS) + 1)
    at = run.frames[0].file.place(run.frames[0].file.unit)
    return run.terms.free(
        f"{at.path}:Trigger.size", Type.NUMBER, FreeKind.OTHER, at, "the number of records in the chunk"
    )


def class_literal(run: Run, name: str) -> ClassValue:
    """Return `Name.class`."""
    found = run.codebase.find(name, run.frame.type)
    return ClassValue(run.terms.const(found.name if found else name))
