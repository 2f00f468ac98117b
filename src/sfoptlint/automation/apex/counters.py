"""Variables that a loop counts up or adds to: what holds of them however often it goes round."""

from sfoptlint.automation.apex.names import local, root
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.values import Cell, Scalar, Value
from sfoptlint.core.expr import Call, Free, Primitive, Type
from sfoptlint.lang.apex.nodes import (
    AssignmentExpression,
    BinaryExpression,
    Expression,
    ForStatement,
    Identifier,
    MethodInvocation,
    Node,
    UpdateExpression,
    walk,
)


class Counters:
    """The variables of one loop that it counts up or adds to."""

    def __init__(self, run: Run, node: Node) -> None:
        self._run = run
        self._counter = _counter(run, node)
        self._sums = _added_to(run, node)

    def left(self, key: Key, value: Value | Cell, begun: Value | Cell) -> None:
        """Say what holds of a variable that rounds before may have left."""
        if not isinstance(begun, Scalar):
            return
        if key == self._counter:
            _not_below(self._run, value, begun)
        if key in self._sums and self._run.terms.is_null(begun.expr) is self._run.terms.false:
            _not_null(self._run, value)


def _counter(run: Run, node: Node) -> Key | None:
    """Return the variable that a loop counts up and nothing else in it changes."""
    match node:
        case ForStatement(update=(UpdateExpression(operator="++", operand=Identifier(name=name)),), body=body):
            changes = (inner for inner in walk(body) if isinstance(inner, AssignmentExpression | UpdateExpression))
            targets = (one.left if isinstance(one, AssignmentExpression) else one.operand for one in changes)
            return None if any(root(target) == name.casefold() for target in targets) else local(run, name)
    return None


def _not_below(run: Run, now: Value | Cell, before: Scalar) -> None:
    """A counter is never below what it began with."""
    if isinstance(now, Scalar):
        run.hold(run.terms.call(Primitive.LESS_EQUAL, (before.expr, now.expr), Type.BOOLEAN))


def _added_to(run: Run, node: Node) -> frozenset[Key]:
    """Return the variables to which the loop adds, and which it sets in no other way: what is added to is not null."""
    changed = [inner for inner in walk(node) if isinstance(inner, AssignmentExpression | UpdateExpression)]
    added = {root(one.left if isinstance(one, AssignmentExpression) else one.operand) for one in changed}
    set_anew = {root(one.left) for one in changed if isinstance(one, AssignmentExpression) and one.operator == "="}
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
