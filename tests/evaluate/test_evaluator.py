"""The core form's own operators, and the walk."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sfoptlint.core.expr import (
    AFTER,
    PRIOR,
    Expr,
    Free,
    FreeKind,
    Interner,
    Primitive,
    RecordKind,
    RecordRef,
    Type,
    Value,
    substitute,
)
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import MissingValueError, TypeMismatchError, UnsupportedError
from sfoptlint.evaluate.evaluator import Evaluation, evaluate
from sfoptlint.evaluate.world import World

MADE = Interner()
EMPTY = World(after={})


def const(value: Value) -> Expr:
    return MADE.const(value, Type.UNKNOWN)


def call(op: str, *values: Value, ci: bool = False) -> Value:
    return evaluate(MADE.call(op, tuple(map(const, values)), Type.BOOLEAN, ci=ci), EMPTY)


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        (Primitive.SAME, (None, ""), True),
        (Primitive.SAME, (None, None), True),
        (Primitive.SAME, ("a", None), False),
        (Primitive.SAME, ("a", "A"), False),
        (Primitive.SAME, (Decimal(1), Decimal("1.0")), True),
        (Primitive.SAME, (True, Decimal(1)), False),
        (Primitive.SAME, (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)), False),
        (Primitive.LESS, (Decimal(1), Decimal(2)), True),
        (Primitive.LESS, (None, Decimal(2)), False),
        (Primitive.LESS, ("a", Decimal(2)), False),
        (Primitive.LESS, ("", "a"), False),
        (Primitive.LESS_EQUAL, ("", ""), False),
        (Primitive.LESS, (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)), False),
        (Primitive.LESS_EQUAL, (Decimal(2), Decimal(2)), True),
        (Primitive.LESS_EQUAL, (None, None), False),
        (Primitive.HAS, ("abc", "b"), True),
        (Primitive.HAS, (None, ""), True),
        (Primitive.STARTS, ("abc", "ab"), True),
        (Primitive.ENDS, ("abc", "bc"), True),
        (Primitive.ONE_OF, ("a;b", "b"), True),
        (Primitive.ONE_OF, (None, "b"), False),
        (Primitive.ONE_OF, (None, None), True),
        (Primitive.BLANK, ("",), True),
        (Primitive.BLANK, (False,), False),
        (Primitive.TRUTH, (None,), False),
        (Primitive.NOT, (None,), True),
        (Primitive.AND, (True, None), False),
        (Primitive.OR, (None, True), True),
        (Primitive.IF, (None, True, False), False),
    ],
)
def test_primitives_are_total(op: Primitive, operands: tuple[Value, ...], expected: bool) -> None:
    assert call(op, *operands) is expected


def test_without_regard_to_case() -> None:
    assert call(Primitive.SAME, "Straße", "STRASSE", ci=True) is True
    assert call(Primitive.ONE_OF, "Ab;Cd", "cD", ci=True) is True


def test_records_rows_and_globals() -> None:
    row = RecordRef(RecordKind.ROW, "flow#Get")
    fields = [MADE.field(ref, ("Account", "Name"), Type.TEXT) for ref in (AFTER, PRIOR, row)]
    path = ("Account", "Name")
    world = World(after={path: "new"}, prior={path: "old"}, rows={row: {path: "row"}}, globals={"$User.Id": "005"})
    assert [evaluate(field, world) for field in fields] == ["new", "old", "row"]
    assert evaluate(MADE.global_("$User.Id", Type.TEXT), world) == "005"
    assert evaluate(MADE.call(Primitive.CHANGED, (fields[0],), Type.BOOLEAN), world) is True


def test_what_the_world_does_not_have_is_no_blank() -> None:
    free = MADE.free(Free("call", Type.BOOLEAN, FreeKind.CALL, Place("a.cls"), "f()"))
    absent: list[Expr] = [
        MADE.field(AFTER, ("X",), Type.TEXT),
        MADE.field(RecordRef(RecordKind.ROW, "q"), ("X",), Type.TEXT),
        MADE.global_("$User.Id", Type.TEXT),
        free,
    ]
    for expr in absent:
        with pytest.raises(MissingValueError):
            evaluate(expr, EMPTY)
    assert evaluate(free, World(after={}, frees={free: None})) is False


def test_named_gaps_and_wrong_shapes() -> None:
    with pytest.raises(UnsupportedError):
        call("FROBNICATE", True)
    with pytest.raises(TypeMismatchError):
        call("LEFT", "a")
    with pytest.raises(TypeMismatchError):
        call(Primitive.CHANGED, "a")


def test_a_shared_graph_is_walked_once() -> None:
    expr: Expr = MADE.field(AFTER, ("X",), Type.TEXT)
    for _ in range(2_000):
        expr = MADE.call(Primitive.OR, (MADE.call(Primitive.NOT, (expr,), Type.BOOLEAN), expr), Type.BOOLEAN)
    assert evaluate(expr, World(after={("X",): "x"})) is True
    replaced = substitute(expr, {MADE.field(AFTER, ("X",), Type.TEXT): const(True)}, MADE)
    assert evaluate(replaced, EMPTY) is True


def test_text_that_doubles_is_stopped() -> None:
    expr = const("x" * 100)
    for _ in range(60):
        expr = MADE.call("&", (expr, expr), Type.TEXT)
    with pytest.raises(Exception, match="longer than"):
        evaluate(expr, EMPTY)


def test_expressions_of_one_world_share_what_is_known() -> None:
    evaluation = Evaluation(World(after={("X",): Decimal(0)}))
    field = MADE.field(AFTER, ("X",), Type.NUMBER)
    division = MADE.call("/", (const(Decimal(1)), field), Type.NUMBER)
    assert evaluation.value(field) == 0
    assert type(evaluation.outcome(division)).__name__ == "NumericError"
