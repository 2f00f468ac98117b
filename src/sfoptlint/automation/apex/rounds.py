"""What a loop of unknown end leaves behind: after any number of rounds a variable that it sets is any value.

A first round is walked on trial to see what it sets; the round that counts starts from what any before it may have left.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sfoptlint.automation.apex.alternatives import met
from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.names import local, type_named
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.values import Cell, Either, ObjectCell, OutOfBudgetError, Ref, Scalar, Value
from sfoptlint.core.expr import Call, Expr, Free, FreeKind, Primitive, Type
from sfoptlint.core.location import Place
from sfoptlint.lang.apex.nodes import (
    ArrayAccess,
    AssignmentExpression,
    BinaryExpression,
    EnhancedForStatement,
    Expression,
    FieldAccess,
    ForStatement,
    Identifier,
    LocalVariableDeclaration,
    MethodInvocation,
    Node,
    Super,
    This,
    TypeName,
    UpdateExpression,
    walk,
)


def after_any_round(run: Run, node: Node, state: State, round_: Callable[[State], None]) -> None:
    """Let the state be one that any number of rounds before may have left; `round_` walks one."""
    after = state.fork()
    with _on_trial(run):
        round_(after)
    if after.dead:
        return
    state.catch_up(after)
    at = run.place(node)
    again = run.free_flag(node, FreeKind.HAVOC, "the loop has gone round before", ":again")
    counter, sums = _counter(run, node), _added_to(run, node)
    for key, now, before in after.store.differing(state.store):
        if before is None:
            if isinstance(key, int):
                state.store[key] = now  # made on trial; what is left may refer to it
        else:
            state.store[key] = _left(run, again, now, before, f"{at.path}:{at.line}:{key}", at)
            if key == counter and isinstance(before, Scalar):
                _not_below(run, state.store[key], before)
            if key in sums and isinstance(before, Scalar) and run.terms.is_null(before.expr) is run.terms.false:
                _not_null(run, state.store[key])


def _counter(run: Run, node: Node) -> Key | None:
    """Return the variable that a loop counts up and nothing else in it changes."""
    match node:
        case ForStatement(update=(UpdateExpression(operator="++", operand=Identifier(name=name)),), body=body):
            changes = (inner for inner in walk(body) if isinstance(inner, AssignmentExpression | UpdateExpression))
            targets = (one.left if isinstance(one, AssignmentExpression) else one.operand for one in changes)
            return None if any(_root(target) == name.casefold() for target in targets) else local(run, name)
    return None


def _not_below(run: Run, now: Value | Cell, before: Scalar) -> None:
    """A counter is never below what it began with."""
    if isinstance(now, Scalar):
        run.axioms.append(run.terms.call(Primitive.LESS_EQUAL, (before.expr, now.expr), Type.BOOLEAN))


def _added_to(run: Run, node: Node) -> frozenset[Key]:
    """Return the variables to which the loop adds, and which it sets in no other way: what is added to is not null."""
    changed = [inner for inner in walk(node) if isinstance(inner, AssignmentExpression | UpdateExpression)]
    added = {_root(one.left if isinstance(one, AssignmentExpression) else one.operand) for one in changed}
    set_anew = {_root(one.left) for one in changed if isinstance(one, AssignmentExpression) and one.operator == "="}
    return frozenset(local(run, name) for name in added - set_anew)


def _not_null(run: Run, now: Value | Cell) -> None:
    """A sum of null fails, and a text with null has the word (Apex Developer Guide, "Expression Operators")."""
    match now:
        case Scalar(expr=Call(op=Primitive.IF, args=(_, Free() as left, _))):
            run.terms.present.add(left)


def is_one_more_in(run: Run, node: Node, state: State) -> None:
    """Of whole numbers, one below another is at most the next one: where a counter is below a length, so many there are."""
    if not isinstance(node, ForStatement) or _counter(run, node) is None:
        return
    match node.condition:
        case BinaryExpression(operators=("<",), operands=(Identifier() as counter, bound)) if _is_whole(run, bound):
            values = [run.evaluate(one, state) for one in (counter, bound)]
            low, high = (one.expr if isinstance(one, Scalar) else run.terms.null for one in values)
            if low.type is high.type is Type.NUMBER:
                following = run.terms.call("+", (low, run.terms.number(1)), Type.NUMBER)
                state.assume(run.terms.call(Primitive.LESS_EQUAL, (following, high), Type.BOOLEAN))


def _is_whole(run: Run, bound: Expression) -> bool:
    if isinstance(bound, Identifier):
        declared = run.declared.get(local(run, bound.name))
        return declared is not None and declared.name.casefold() in {"integer", "long"}
    return isinstance(bound, MethodInvocation) and bound.name.casefold() == "length" and not bound.arguments


def _left(run: Run, again: Expr, now: Value | Cell, before: Value | Cell, name: str, at: Place) -> Value | Cell:  # noqa: PLR0913, PLR0917
    if isinstance(now, Scalar) and isinstance(before, Scalar):
        if now.expr is before.expr:
            return before
        return Scalar(run.terms.choose(again, _any(run, now, name, at), before.expr))
    if isinstance(now, ObjectCell) and isinstance(before, ObjectCell) and now.cls == before.cls:
        fields: dict[str, Value] = {}
        for field, value in now.fields.items():
            old = before.fields.get(field, Scalar(run.terms.null))
            left = value if value is old else _left(run, again, value, old, f"{name}.{field}", at)
            assert not isinstance(left, ObjectCell)
            fields[field] = left  # type: ignore[assignment]
        return ObjectCell(now.cls, fields)
    return met(again, now, before, run.terms)


def _any(run: Run, value: Scalar, name: str, at: Place) -> Expr:
    return run.terms.free(name, value.expr.type, FreeKind.HAVOC, at, "what the loop left", (value.expr,))


@contextmanager
def _on_trial(run: Run) -> Iterator[None]:
    """Let nothing that is found count, unless the budget ends there: what a first round meets is met."""
    effects, spent, jobs = run.effects[:], run.spent[:], run.jobs[:]
    thrown = [handler[:] for handler in run.handlers]
    try:
        yield
    except OutOfBudgetError:
        effects = run.effects
        raise
    finally:
        run.effects, run.spent, run.jobs = effects, spent, jobs
        # A walk that ran out of its budget leaves the handlers behind that it was within.
        for handler, kept in zip(run.handlers, thrown, strict=False):
            handler[:] = kept


def leaves_something(run: Run, node: EnhancedForStatement, state: State) -> bool:
    """Whether a round can set what the next one reads: something that was there before, or what a method of the tree sets."""
    inside = {node.name.casefold(): node.type}
    for inner in walk(node.body):
        if isinstance(inner, LocalVariableDeclaration):
            inside.update({declarator.name.casefold(): inner.type for declarator in inner.declarators})
    for inner in walk(node.body):
        if isinstance(inner, AssignmentExpression | UpdateExpression):
            target = inner.left if isinstance(inner, AssignmentExpression) else inner.operand
            if _root(target) not in inside:
                return True
        elif isinstance(inner, MethodInvocation) and _is_ours(run, inner, inside, state):
            return True
    return False


def _root(target: Expression | None) -> str:
    current = target
    while isinstance(current, FieldAccess | ArrayAccess):
        current = current.object if isinstance(current, FieldAccess) else current.array
    return current.name.casefold() if isinstance(current, Identifier) else ""


def _is_ours(run: Run, node: MethodInvocation, inside: Mapping[str, TypeName], state: State) -> bool:
    """Whether a call may be of a method of the tree; those of collections, records and texts are not."""
    root = _root(node.object)
    if node.object is None or isinstance(node.object, This | Super):
        return True
    if root in inside:
        return run.codebase.find(inside[root].name, run.frame.type) is not None
    known = state.store.get(local(run, root))
    if isinstance(known, Ref):
        return isinstance(state.cell(known), ObjectCell)
    if known is not None:
        return isinstance(known, Either)
    return bool(root) and (type_named(run, [root]) is not None or _is_field(run, root))


def _is_field(run: Run, name: str) -> bool:
    lineage = run.codebase.lineage(run.frame.type) if run.frame.type else ()
    return any(name in type_.fields and run.codebase.find(_type_of(type_, name)) is not None for type_ in lineage)


def _type_of(type_: ApexType, name: str) -> str:
    return type_.fields[name].declaration.type.name
