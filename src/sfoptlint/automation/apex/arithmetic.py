"""Operators over values: logic with its short cuts, comparisons (Apex Developer Guide, "Expression Operators")."""

from collections.abc import Callable
from decimal import Decimal

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases, mapped, null_of
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.sums import total
from sfoptlint.automation.apex.values import Cell, Either, ListCell, ObjectCell, Opaque, Ref, Scalar, Token, Value
from sfoptlint.core.expr import Call, Const, Expr, Free, Primitive, Type
from sfoptlint.lang.apex.nodes import BinaryExpression, Expression, MethodInvocation, Node, walk

_BOUNDS = (Decimal(1), Decimal(200))
Truth = Callable[[Run, Expression, State], Expr]
Operation = Callable[[Value, Value], Expr]


def binary(run: Run, node: BinaryExpression, state: State) -> Value:
    """Return the value of a chain of operators of one precedence."""
    if node.operators[0] in ("&&", "||"):
        return Scalar(_logic(run, node, state))
    if node.operators[0] == "??":
        return _coalesced(run, node, state)
    result = run.evaluate(node.operands[0], state)
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        result = combined(run, operator, result, run.evaluate(operand, state), node, state)
    return result


def _logic(run: Run, node: BinaryExpression, state: State) -> Expr:
    from sfoptlint.automation.apex.expressions import truth  # noqa: PLC0415 - they know each other

    terms, on = run.terms, node.operators[0] == "&&"
    result = truth(run, node.operands[0], state)
    for operand in node.operands[1:]:
        goes_on = result if on else terms.no(result)
        goes_on = state.known(goes_on)
        if isinstance(goes_on, Const) and goes_on.value is not True:
            break
        right = _aside(run, operand, goes_on, state, truth)
        result = terms.all(result, right) if on else terms.any(result, right)
    return result


def _aside(run: Run, operand: Expression, condition: Expr, state: State, truth: Truth) -> Expr:
    """Evaluate what is reached only under a condition, and go on either way."""
    if isinstance(condition, Const):
        return truth(run, operand, state)
    aside = state.fork()
    aside.assume(condition)
    result = truth(run, operand, aside)
    state.assume(run.terms.no(condition)) if aside.dead else _back(run, operand, aside, condition, state)
    return result


def _back(run: Run, operand: Expression, aside: State, condition: Expr, state: State) -> None:
    if any(isinstance(inner, MethodInvocation) for inner in walk(operand)):
        state.assume(run.terms.no(condition))
        if state.dead:
            state.become(aside)
        else:
            join(state, aside)
        return
    before = state.path or ()
    narrowed = (aside.path or ())[len(before) :]
    kept = [part for part in narrowed if part is not condition and part not in _parts(condition)]
    if kept:
        state.assume(run.terms.any(run.terms.no(condition), run.terms.all(*kept)))


def _parts(condition: Expr) -> tuple[Expr, ...]:
    return condition.args if isinstance(condition, Call) and condition.op == Primitive.AND else (condition,)


def _coalesced(run: Run, node: BinaryExpression, state: State) -> Value:
    result = run.evaluate(node.operands[0], state)
    for operand in node.operands[1:]:
        null = state.known(null_of(result, state))
        aside = state.fork()
        aside.assume(null)
        other = run.evaluate(operand, aside)
        state.assume(run.terms.no(null))
        join(state, aside)
        result = choice(null, other, result, run.terms)
    return result


def combined(run: Run, operator: str, left: Value, right: Value, node: Node, state: State) -> Value:  # noqa: PLR0913, PLR0917
    """Return `left operator right`."""
    terms = run.terms
    match operator:
        case "==" | "===":
            return Scalar(equal(run, left, right, node, state))
        case "!=" | "!==" | "<>":
            return Scalar(terms.no(equal(run, left, right, node, state)))
        case "<" | "<=" | ">" | ">=":
            return _spread(left, right, state, lambda a, b: _ordered(run, operator, a, b, node, state))
        case "+" | "-" | "*" | "/":
            return _spread(left, right, state, lambda a, b: total(run, operator, a, b, node, state))
        case "&" | "|" | "^" if (both := _conditions(left, right)) is not None:
            return Scalar(_joined(run, operator, *both))
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right))


def _spread(left: Value, right: Value, state: State, op: Operation) -> Value:
    def with_left(one: Value) -> Value:
        return mapped(right, state, lambda other: Scalar(op(one, other)))

    return mapped(left, state, with_left)


def alike(run: Run, left: Value, right: Value, node: Node, state: State) -> Expr:
    """Return whether two keys, or two elements of a set, are one (Apex Reference Guide, "Map Class": their case counts)."""
    if left is right and isinstance(left, Either):
        return run.terms.true
    result: Expr = run.terms.false
    for mine, one in cases(left, run.terms.true, state):
        for theirs, other in cases(right, run.terms.true, state):
            if isinstance(one, Scalar) and isinstance(other, Scalar):
                same = state.known(run.terms.alike(one.expr, other.expr))
            else:
                same = equal(run, one, other, node, state)
            result = run.terms.any(result, run.terms.all(mine, theirs, same))
    return result


def equal(run: Run, left: Value, right: Value, node: Node, state: State) -> Expr:
    """Return `left == right`."""
    terms = run.terms
    if isinstance(left, Either):
        result: Expr = terms.false
        for condition, case in cases(left, terms.true, state):
            result = terms.any(result, terms.all(condition, equal(run, case, right, node, state)))
        return result
    if isinstance(right, Either):
        return equal(run, right, left, node, state)
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return _equal_plain(run, left.expr, right.expr, state)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Scalar) and isinstance(one.expr, Const) and one.expr.value is None:
            return state.known(null_of(other, state))
    if (left == right and not isinstance(left, Opaque)) or null_of(left, state) is null_of(right, state) is terms.true:
        return terms.true
    if isinstance(left, Token) and isinstance(right, Token):
        same = (left.object.casefold(), left.field.casefold()) == (right.object.casefold(), right.field.casefold())
        return terms.const(same)
    alike_ = _alike_cells(run, left, right, state)
    return alike_ or run.unknown_value(node, Type.BOOLEAN, state, inputs=(left, right)).expr


def _alike_cells(run: Run, left: Value, right: Value, state: State) -> Expr | None:
    """Return whether two objects are one, or two lists hold the same; None where that is not known."""
    cells = [state.cell(side) for side in (left, right) if isinstance(side, Ref)]
    types = [run.codebase.find(cell.cls) for cell in cells if isinstance(cell, ObjectCell)]
    if len(types) == 2:
        own = any(type_ is None or any("equals" in t.methods for t in run.codebase.lineage(type_)) for type_ in types)
        return None if own else state.terms.false
    if len(cells) == 2 and all(_is_settled(cell) for cell in cells) and cells[0] == cells[1]:
        return state.terms.true
    return None


def _is_settled(cell: Cell) -> bool:
    """Whether all that is in a list or set is known."""
    return isinstance(cell, ListCell) and not cell.more and cell.open is None


def _equal_plain(run: Run, left: Expr, right: Expr, state: State) -> Expr:
    impossible = _within_chunk("==", left, right) is False
    return run.terms.false if impossible else state.known(run.terms.same(left, right))


def _ordered(run: Run, operator: str, left: Value, right: Value, node: Node, state: State) -> Expr:  # noqa: PLR0913, PLR0917
    one, other = _plain(left), _plain(right)
    terms = run.terms
    if one is None or other is None:
        return run.unknown_value(node, Type.BOOLEAN, state, inputs=(left, right)).expr
    if operator in (">", ">="):
        one, other, operator = other, one, "<" if operator == ">" else "<="
    bounded = _within_chunk(operator, one, other)
    if bounded is not None:
        return terms.const(bounded)
    texts = {Type.TEXT, Type.BOOLEAN}
    if one.type in texts or other.type in texts:
        return run.unknown_value(node, Type.BOOLEAN, state, inputs=(left, right)).expr
    op = Primitive.LESS if operator == "<" else Primitive.LESS_EQUAL
    for branch, rest, turned in ((one, other, False), (other, one, True)):
        if isinstance(branch, Call) and branch.op == Primitive.IF and isinstance(rest, Const):
            condition, yes, no = branch.args
            parts = [_less(run, op, (rest, arm) if turned else (arm, rest)) for arm in (yes, no)]
            return terms.choose(condition, parts[0], parts[1])
    return _less(run, op, (one, other))


def _less(run: Run, op: Primitive, pair: tuple[Expr, Expr]) -> Expr:
    return run.terms.call(op, pair, Type.BOOLEAN)


def _within_chunk(operator: str, left: Expr, right: Expr) -> bool | None:
    """A chunk has between 1 and 200 records; None where that does not decide a comparison with its size."""
    for size, number, turned in ((left, right, False), (right, left, True)):
        bounds, bound = _bounds(size), number.value if isinstance(number, Const) else None
        if bounds is None or not isinstance(bound, Decimal):
            continue
        if operator == "==":
            return None if bounds[0] <= bound <= bounds[1] else False
        answers = {_compare(operator, bound, n) if turned else _compare(operator, n, bound) for n in bounds}
        return answers.pop() if len(answers) == 1 else None
    return None


def _bounds(size: Expr) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most that the size of the chunk, or a number so much above or below it, can be."""
    if isinstance(size, Free):
        return _BOUNDS if size.name.endswith(":Trigger.size") else None
    if not isinstance(size, Call) or size.op not in ("+", "-") or not isinstance(size.args[1], Const):
        return None
    bounds, by = _bounds(size.args[0]), size.args[1].value
    if bounds is None or not isinstance(by, Decimal):
        return None
    by = by if size.op == "+" else -by
    return bounds[0] + by, bounds[1] + by


def _compare(operator: str, left: Decimal, right: Decimal) -> bool:
    return left < right if operator == "<" else left <= right


def _plain(value: Value) -> Expr | None:
    return value.expr if isinstance(value, Scalar) else None


def _conditions(left: Value, right: Value) -> tuple[Expr, Expr] | None:
    one, other = _plain(left), _plain(right)
    if one is None or other is None or not one.type is other.type is Type.BOOLEAN:
        return None
    return one, other


def _joined(run: Run, operator: str, one: Expr, other: Expr) -> Expr:
    """Return `one & other`, `one | other` or `one ^ other` of two conditions, both of which are asked for."""
    if operator == "^":
        return run.terms.choose(one, run.terms.no(other), other)
    return run.terms.all(one, other) if operator == "&" else run.terms.any(one, other)
