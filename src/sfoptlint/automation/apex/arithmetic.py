"""Operators over values: logic with its short cuts, comparisons, sums (Apex Developer Guide, "Expression Operators")."""

from collections.abc import Callable
from decimal import Decimal

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases, mapped, null_of
from sfoptlint.automation.apex.spelled import spelled
from sfoptlint.automation.apex.state import State, choice
from sfoptlint.automation.apex.values import Either, ObjectCell, Opaque, Ref, Scalar, Token, Value
from sfoptlint.core.expr import Call, Const, Expr, Field, Free, Primitive, Type, nodes
from sfoptlint.lang.apex.nodes import BinaryExpression, Expression, MethodInvocation, Node, walk

_NUMBERS = {"+": "+", "-": "-", "*": "*", "/": "/"}
_BOUNDS = (1, 200)
_INTEGERS = 2**31
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
            state.join(aside)
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
        state.join(aside)
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
            return _spread(left, right, state, lambda a, b: _sum(run, operator, a, b, node, state))
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right))


def _spread(left: Value, right: Value, state: State, op: Operation) -> Value:
    def with_left(one: Value) -> Value:
        return mapped(right, state, lambda other: Scalar(op(one, other)))

    return mapped(left, state, with_left)


def alike(run: Run, left: Value, right: Value, node: Node, state: State) -> Expr:
    """Return whether two keys, or two elements of a set, are one (Apex Reference Guide, "Map Class": their case counts)."""
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
    cells = [state.cell(side) for side in (left, right) if isinstance(side, Ref)]
    if len(cells) == 2 and all(isinstance(cell, ObjectCell) for cell in cells):
        return terms.false
    return run.unknown_value(node, Type.BOOLEAN, state, inputs=(left, right)).expr


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
    least, most = _BOUNDS
    for size, number, turned in ((left, right, False), (right, left, True)):
        if not (isinstance(size, Free) and size.name.endswith(":Trigger.size") and isinstance(number, Const)):
            continue
        if not hasattr(number.value, "as_tuple"):
            continue
        bound = number.value
        if operator == "==":
            return None if _compare("<=", least, bound) and _compare("<=", bound, most) else False
        answers = {_compare(operator, bound, n) if turned else _compare(operator, n, bound) for n in (least, most)}
        return answers.pop() if len(answers) == 1 else None
    return None


def _compare(operator: str, left: object, right: object) -> bool:
    return bool(left < right) if operator == "<" else bool(left <= right)  # type: ignore[operator]


def _plain(value: Value) -> Expr | None:
    return value.expr if isinstance(value, Scalar) else None


def _sum(run: Run, operator: str, left: Value, right: Value, node: Node, state: State) -> Expr:  # noqa: PLR0913, PLR0917
    terms, (one, other) = run.terms, (_addend(run, operator, side, node, state) for side in (left, right))
    if one is None or other is None:
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right)).expr
    types = {one.type, other.type}
    if operator == "+" and Type.TEXT in types:
        if isinstance(one, Const) and isinstance(other, Const):
            return terms.const(as_text(one) + as_text(other))
        return terms.call("&", (one, other), Type.TEXT)
    known = not any(isinstance(part, Free) and part.type is Type.UNKNOWN for part in (one, other))
    if types == {Type.NUMBER} or (operator != "+" and Type.NUMBER in types and Type.UNKNOWN in types and known):
        for part in (one, other):
            null = terms.false if isinstance(part, Free) else terms.is_null(part)
            run.throw(state, null, "NullPointerException", f"{run.words(node)}: null in a calculation", run.place(node))
        if operator == "/":
            zero = terms.same(other, terms.number(0))
            run.throw(state, zero, "MathException", f"{run.words(node)}: division by zero", run.place(node))
            if not _is_decimal(one) and not _is_decimal(other):
                return run.unknown_value(
                    node, Type.NUMBER, state, inputs=(left, right)
                ).expr  # of whole numbers, a whole one
        computed = terms.call(_NUMBERS[operator], (one, other), Type.NUMBER)
        if isinstance(computed, Const) and _overflows(computed):
            return run.unknown_value(node, Type.NUMBER, state).expr
        return computed
    if Type.DATE in types or Type.DATETIME in types:
        return terms.call(operator, (one, other), Type.DATE if Type.DATE in types else Type.DATETIME)
    return run.unknown_value(node, Type.UNKNOWN, state, inputs=(left, right)).expr


def _addend(run: Run, operator: str, value: Value, node: Node, state: State) -> Expr | None:
    return _plain(value) or (spelled(run, value, node, state) if operator == "+" else None)


def _is_decimal(expr: Expr) -> bool:
    """Whether a number may have a part after the point: a field, or what is computed from one."""
    return any(isinstance(part, Field) and part.type is Type.NUMBER for part in nodes(expr))


def _overflows(const: Const) -> bool:
    """An Integer goes round at its ends (Apex Developer Guide, "Primitive Data Types")."""
    return not isinstance(const.value, Decimal) or abs(const.value) >= _INTEGERS


def as_text(const: Const) -> str:
    """Return a literal as a text joins it."""
    value = const.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def negative(run: Run, value: Value, operator: str, node: Node, state: State) -> Value:
    """Return `-value`, `+value` or `~value`."""
    if isinstance(value, Scalar) and operator == "-" and value.expr.type is Type.NUMBER:
        return Scalar(run.terms.call("-", (run.terms.number(0), value.expr), Type.NUMBER))
    return value if operator == "+" else run.unknown_value(node, Type.NUMBER, state, inputs=(value,))
