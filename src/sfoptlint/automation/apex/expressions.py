"""Expressions: what each is worth, and what it does on the way."""

from decimal import Decimal

from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.arithmetic import binary
from sfoptlint.automation.apex.calls import call
from sfoptlint.automation.apex.constructors import constructed
from sfoptlint.automation.apex.conversion import cast
from sfoptlint.automation.apex.creation import collection, map_of, record
from sfoptlint.automation.apex.dml import dml
from sfoptlint.automation.apex.fields import read_field, require
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.names import access, class_literal, variable
from sfoptlint.automation.apex.queries import query
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases, null_of
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.sums import negative
from sfoptlint.automation.apex.targets import assign
from sfoptlint.automation.apex.values import Either, ListCell, ObjectCell, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, Expr, FreeKind, Type
from sfoptlint.lang.apex.nodes import (
    ArrayAccess,
    ArrayCreationExpression,
    AssignmentExpression,
    BinaryExpression,
    BooleanLiteral,
    CastExpression,
    ClassLiteral,
    DecimalLiteral,
    DmlExpression,
    ExplicitConstructorInvocation,
    Expression,
    FieldAccess,
    Identifier,
    InstanceofExpression,
    IntLiteral,
    MapCreationExpression,
    MethodInvocation,
    NullLiteral,
    ObjectCreationExpression,
    QueryExpression,
    StringLiteral,
    TernaryExpression,
    This,
    UnaryExpression,
    UpdateExpression,
)


def evaluate(run: Run, node: Expression, state: State) -> Value:  # noqa: C901, PLR0911, PLR0912 - one arm for each kind
    """Return what an expression is worth."""
    terms = run.terms
    if state.dead:
        return Scalar(terms.null)
    match node:
        case Identifier(name=name):
            found = variable(run, name, state, node)
            return found if found is not None else run.unknown_value(node, Type.UNKNOWN, state)
        case This():
            return run.frame.this or Scalar(terms.null)
        case NullLiteral():
            return Scalar(terms.null)
        case BooleanLiteral(value=flag):
            return Scalar(terms.const(flag))
        case StringLiteral(value=text):
            return Scalar(terms.const(text))
        case IntLiteral(value=number):
            return Scalar(terms.const(Decimal(number)))
        case DecimalLiteral(value=number):
            return Scalar(terms.const(number))
        case FieldAccess(safe=True):
            return _safe(run, node, state)
        case FieldAccess():
            return access(run, node, state)
        case MethodInvocation() | ExplicitConstructorInvocation():
            return call(run, node, state)
        case BinaryExpression():
            return binary(run, node, state)
        case UnaryExpression(operator="!", operand=operand):
            return Scalar(terms.no(truth(run, operand, state)))
        case UnaryExpression(operator=operator, operand=operand):
            return negative(run, run.evaluate(operand, state), operator, node, state)
        case _:
            return _others(run, node, state)


def _others(run: Run, node: Expression, state: State) -> Value:  # noqa: C901, PLR0911 - one arm for each kind
    match node:
        case TernaryExpression():
            return _ternary(run, node, state)
        case AssignmentExpression() | UpdateExpression():
            return assign(run, node, state)
        case CastExpression(type=type_, value=value):
            return cast(run, run.evaluate(value, state), type_, node, state)
        case ClassLiteral(type=type_):
            return class_literal(run, type_.name)
        case InstanceofExpression():
            return Scalar(_instanceof(run, node, state))
        case ArrayAccess():
            return _element(run, node, state)
        case ObjectCreationExpression():
            return constructed(run, node, state) or record(run, node, state)
        case ArrayCreationExpression():
            return collection(run, node, state)
        case MapCreationExpression():
            return map_of(run, node, state)
        case QueryExpression():
            return query(run, node, state)
        case DmlExpression():
            return dml(run, node, state)
    return run.unknown_value(node, Type.UNKNOWN, state)


def truth(run: Run, node: Expression, state: State) -> Expr:
    """Return the condition that an expression is; null in its place throws (Apex Developer Guide, "Boolean")."""
    value = run.evaluate(node, state)
    if isinstance(value, Scalar):
        if value.expr.type is not Type.BOOLEAN:
            require(run, Scalar(run.terms.checked(value.expr)), node, state)
        return state.known(run.terms.is_true(value.expr))
    if isinstance(value, Either):
        asked: Expr = run.terms.false
        for condition, case in cases(value, run.terms.true, state):
            asked = run.terms.any(asked, run.terms.all(condition, _truth_of(run, case, node, state)))
        return asked
    return _truth_of(run, value, node, state)


def _truth_of(run: Run, value: Value, node: Expression, state: State) -> Expr:
    if isinstance(value, Scalar):
        return run.terms.is_true(value.expr)
    free = run.unknown_value(node, Type.BOOLEAN, state, inputs=(value,))
    return free.expr


def _safe(run: Run, node: FieldAccess, state: State) -> Value:
    value = run.evaluate(node.object, state)
    null = state.known(null_of(value, state))
    read = read_field(run, value, node.field, node, state, safe=True)
    return choice(null, Scalar(run.terms.null), read, run.terms)


def _ternary(run: Run, node: TernaryExpression, state: State) -> Value:
    condition = truth(run, node.condition, state)
    other = state.fork()
    state.assume(condition)
    other.assume(run.terms.no(condition))
    yes = run.evaluate(node.consequence, state)
    no = run.evaluate(node.alternative, other)
    if other.dead:
        return yes
    if state.dead:
        state.become(other)
        return no
    join(state, other)
    return choice(condition, yes, no, run.terms)


def _instanceof(run: Run, node: InstanceofExpression, state: State) -> Expr:
    value, terms = run.evaluate(node.left, state), run.terms
    result: Expr = terms.false
    for condition, case in cases(value, terms.true, state):
        result = terms.any(result, terms.all(condition, _is(run, case, node, state)))
    return result


def _is(run: Run, value: Value, node: InstanceofExpression, state: State) -> Expr:
    name, terms = node.right.name, run.terms
    if isinstance(value, Ref):
        match state.cell(value):
            case ObjectCell(cls=cls):
                type_ = run.codebase.find(cls)
                if type_ is not None:
                    return terms.const(run.codebase.is_a(type_, name))
            case RecordCell(absent=True):
                return terms.false
            case RecordCell(object=object_) if object_:
                return terms.const(name.casefold() in (object_.casefold(), "sobject"))
            case ListCell():
                return run.free_flag(node, FreeKind.CALL, run.words(node))
    if isinstance(value, Scalar) and isinstance(value.expr, Const) and value.expr.value is None:
        return terms.false
    return run.unknown_value(node, Type.BOOLEAN, state, inputs=(value,)).expr


def _element(run: Run, node: ArrayAccess, state: State) -> Value:
    from sfoptlint.automation.apex.lists import element  # noqa: PLC0415 - only here

    value = run.evaluate(node.array, state)
    index = run.evaluate(node.index, state)
    return element(run, value, index, node, state)
