"""What Apex asks of values: whether two are equal, and whether one is null, blank or true.

Apex's `==` takes no regard to the case of text, and null equals null alone; a stored text is never empty (Apex Developer Guide,
"Expression Operators").
"""

from collections.abc import Callable
from typing import TypeGuard

from sfoptlint.automation.apex.guards import Guards
from sfoptlint.core.expr import (
    AFTER,
    Call,
    Const,
    Expr,
    Field,
    Free,
    Global,
    Interner,
    Primitive,
    RecordKind,
    RecordRef,
    Type,
    Value,
)

OTHERS = (RecordRef(RecordKind.ROW, "the chunk"), RecordRef(RecordKind.ROW, "the chunk#2"))
"""The other records of a chunk of three; a witness shows them as rows."""
_MAX_IF = 40
_SUMS = frozenset({"+", "-", "*"})
_NEVER_NULL = frozenset(
    {"LEN", "TODAY", "NOW", "YEAR", "MONTH", "DAY", "&", "LOWER", "UPPER", "TRIM", "SUBSTITUTE", "LEFT", "MID", "RIGHT"}
)


class Comparing(Guards):
    """Makes the conditions that comparisons are."""

    def __init__(self, interner: Interner) -> None:
        super().__init__(interner)
        self.filled: dict[RecordRef, frozenset[str]] = {}
        """Fields of rows that are never blank, by their names in lower case."""
        self.present: set[Expr] = set()
        """Values that nobody knows and that are not null."""
        self._asked: dict[tuple[str | Expr, ...], Expr] = {}
        """What was asked of a value before: values are graphs, and a shared part must not be walked from each side."""

    def same(self, left: Expr, right: Expr) -> Expr:
        """Return `left == right`."""
        return self._once("same", self._same, left, right)

    def alike(self, left: Expr, right: Expr) -> Expr:
        """Return `left.equals(right)`, which heeds the case of texts, as keys and the elements of sets do."""
        return self._once("alike", self._alike, left, right)

    def _alike(self, left: Expr, right: Expr) -> Expr:
        if left is right:
            return self.true
        if isinstance(left, Const):
            left, right = right, left
        if isinstance(left, Call) and left.op == Primitive.IF and _chain_length(left) < _MAX_IF:
            return self.choose(left.args[0], self.alike(left.args[1], right), self.alike(left.args[2], right))
        if isinstance(left, Const) and isinstance(right, Const):
            return self.const(left.value == right.value and _equal(left.value, right.value))
        if isinstance(right, Const) and (rest := _rest(left, right.value, str)) is not None:
            return self.alike(rest[0], self.const(rest[1])) if rest[0] is not left else self.false
        same = self.same(left, right)
        if isinstance(same, Call) and same.op == Primitive.SAME and same.ci:
            return self.call(Primitive.SAME, same.args, Type.BOOLEAN)
        return same

    def _once(self, question: str, answer: Callable[..., Expr], *values: Expr) -> Expr:
        known = self._asked.get((question, *values))
        if known is None:
            known = self._asked[question, *values] = answer(*values)
        return known

    def _same(self, left: Expr, right: Expr) -> Expr:
        if left is right:
            return self.true
        if _of_two_records(left, right):
            return self.false
        if isinstance(left, Const):
            left, right = right, left
        if isinstance(right, Const):
            return self._is(left, right)
        if _is_if(left) and _is_if(right) and left.args[0] is right.args[0]:
            _, yes, no = left.args
            return self.choose(left.args[0], self.same(yes, right.args[1]), self.same(no, right.args[2]))
        if not self._comparable(left, right):
            return self.all(self.is_null(left), self.is_null(right))
        ci = Type.TEXT in (left.type, right.type) or left.type is right.type is Type.UNKNOWN
        first, second = sorted((left, right), key=_order)
        return self.call(Primitive.SAME, (first, second), Type.BOOLEAN, ci=ci)

    def _is(self, left: Expr, right: Const) -> Expr:
        value = right.value
        if isinstance(left, Const):
            return self.const(_equal(left.value, value))
        if isinstance(left, Call) and left.op == Primitive.IF and _chain_length(left) < _MAX_IF:
            return self.choose(left.args[0], self.same(left.args[1], right), self.same(left.args[2], right))
        if value is None:
            return self.is_null(left)
        if (rest := _rest(left, value, str.lower)) is not None:
            return self.same(rest[0], self.const(rest[1])) if rest[0] is not left else self.false
        if left.type is Type.BOOLEAN and isinstance(value, bool):
            return left if value else self.no(left)
        if value == "" and isinstance(left, Field | Global):
            return self.false
        if not self._comparable(left, right):
            return self.false
        ci = isinstance(value, str)
        return self.call(Primitive.SAME, (left, right), Type.BOOLEAN, ci=ci)

    @staticmethod
    def _comparable(left: Expr, right: Expr) -> bool:
        days = {Type.DATE, Type.DATETIME}
        types = {left.type, right.type}
        return len(types) == 1 or Type.UNKNOWN in types or types == days

    def is_null(self, expr: Expr) -> Expr:
        """Return `expr == null`; the empty text is not null."""
        return self._once("is_null", self._null, expr)

    def _null(self, expr: Expr) -> Expr:
        if isinstance(expr, Const):
            return self.const(expr.value is None)
        if expr in self.present:
            return self.false
        if isinstance(expr, Call):
            if expr.op == Primitive.IF and _chain_length(expr) < _MAX_IF:
                return self.choose(expr.args[0], self.is_null(expr.args[1]), self.is_null(expr.args[2]))
            if expr.op in _NEVER_NULL or expr.type is Type.BOOLEAN:
                return self.false
            if expr.op in _SUMS and expr.type is Type.NUMBER:
                return self.any(*(self.is_null(arg) for arg in expr.args))
        if isinstance(expr, Field) and len(expr.path) == 1 and self._is_filled(expr.record, expr.path[0].casefold()):
            return self.false
        if expr.type is Type.BOOLEAN and isinstance(expr, Field | Free | Global):
            return self.false
        return self.call(Primitive.BLANK, (expr,), Type.BOOLEAN)

    def _is_filled(self, record: RecordRef, name: str) -> bool:
        return name == "id" or name in self.filled.get(record, ())

    def is_blank(self, expr: Expr) -> Expr:
        """Return `String.isBlank(expr)`."""
        return self._once("is_blank", self._blank, expr)

    def _blank(self, expr: Expr) -> Expr:
        if isinstance(expr, Const):
            return self.const(expr.value is None or str(expr.value).strip() == "")
        if isinstance(expr, Call) and expr.op == Primitive.IF and _chain_length(expr) < _MAX_IF:
            return self.choose(expr.args[0], self.is_blank(expr.args[1]), self.is_blank(expr.args[2]))
        if expr.type is Type.BOOLEAN:
            return self.false
        return self.call(Primitive.BLANK, (expr,), Type.BOOLEAN)

    def is_true(self, expr: Expr) -> Expr:
        """Return the condition that a Boolean expression is, in a place where null has been ruled out."""
        return self._once("is_true", self._true, expr)

    def _true(self, expr: Expr) -> Expr:
        if expr.type is Type.BOOLEAN:
            return expr
        if isinstance(expr, Const):
            return self.const(expr.value is True)
        if isinstance(expr, Call) and expr.op == Primitive.IF and _chain_length(expr) < _MAX_IF:
            return self.choose(expr.args[0], self.is_true(expr.args[1]), self.is_true(expr.args[2]))
        return self.call(Primitive.TRUTH, (expr,), Type.BOOLEAN)

    def checked(self, expr: Expr) -> Expr:
        """Return a value without nulls that cannot be: a field that a condition asks is a checkbox, whatever the tree says."""
        return self._once("checked", self._checked, expr)

    def _checked(self, expr: Expr) -> Expr:
        if isinstance(expr, Field | Global):
            return self.false
        if isinstance(expr, Call) and expr.op == Primitive.IF and _chain_length(expr) < _MAX_IF:
            return self.choose(expr.args[0], self.checked(expr.args[1]), self.checked(expr.args[2]))
        return expr


def _of_two_records(left: Expr, right: Expr) -> bool:
    """Whether these are the ids of two records of the chunk."""
    if not isinstance(left, Field) or not isinstance(right, Field) or left.record == right.record:
        return False
    return all(field.path == ("Id",) and (field.record == AFTER or field.record in OTHERS) for field in (left, right))


def _rest(text: Expr, whole: Value, case: Callable[[str], str]) -> tuple[Expr, str] | None:
    """Return what is left to compare of a text that begins or ends with a literal; the text itself where that differs."""
    if not isinstance(text, Call) or text.op != "&" or len(text.args) != 2:
        return None
    known, other = text.args if isinstance(text.args[0], Const) else text.args[::-1]
    part = known.value if isinstance(known, Const) else None
    if not isinstance(whole, str) or not isinstance(part, str) or not (whole + part).isascii():
        return None
    if known is text.args[0]:
        return (other, whole[len(part) :]) if case(whole).startswith(case(part)) else (text, "")
    return (other, whole[: len(whole) - len(part)]) if case(whole).endswith(case(part)) else (text, "")


def _is_if(expr: Expr) -> TypeGuard[Call]:
    return isinstance(expr, Call) and expr.op == Primitive.IF


def _chain_length(expr: Expr) -> int:
    length = 0
    while isinstance(expr, Call) and expr.op == Primitive.IF and length < _MAX_IF:
        length += 1
        expr = expr.args[2]
    return length


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return left == right and (type(left) is type(right) or not isinstance(left, bool | type(None)))


def _order(expr: Expr) -> tuple[str, str]:
    match expr:
        case Field(record=record, path=path):
            return f"{record.kind}{record.key}", ".".join(path)
        case Free(name=name) | Global(name=name):
            return "free", name
        case Call(op=op):
            return "z", op
    return "", ""
