"""The conditions and values of Apex in the core form, folded as they are made.

Apex's `==` takes no regard to the case of text, and null equals null alone; a stored text is never empty (Apex Developer Guide,
"Expression Operators"). Every atom that reads the record and could not be translated says so by its `reads`.
"""

from collections.abc import Callable, Iterable
from datetime import UTC
from decimal import Decimal
from typing import TypeGuard

from sfoptlint.core.expr import (
    AFTER,
    Call,
    Const,
    Expr,
    Field,
    Free,
    FreeKind,
    Global,
    Interner,
    Primitive,
    RecordKind,
    RecordRef,
    Type,
    Value,
    nodes,
    operands,
)
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of, any_of, choose, not_
from sfoptlint.decide.simplify import simplified
from sfoptlint.model.objects import Objects

OTHERS = (RecordRef(RecordKind.ROW, "the chunk"), RecordRef(RecordKind.ROW, "the chunk#2"))
"""The other records of a chunk of three; a witness shows them as rows."""
_TYPES = {bool: Type.BOOLEAN, str: Type.TEXT, Decimal: Type.NUMBER}
_MAX_IF = 40


class Terms:
    """Makes the nodes of one run.

    `apart`: others may have changed the record before, so that the old one is read by itself in every field.
    """

    def __init__(self, interner: Interner, objects: Objects, *, apart: bool = False) -> None:
        self.interner = interner
        self.objects = objects
        self.apart = apart
        self.true = interner.const(True, Type.BOOLEAN)
        self.false = interner.const(False, Type.BOOLEAN)
        self.null = interner.const(None, Type.UNKNOWN)
        self.filled: dict[RecordRef, frozenset[str]] = {}
        """Fields of rows that are never blank, by their names in lower case."""
        self.present: set[Expr] = set()
        """Values that nobody knows and that are not null."""
        self.written_out: dict[tuple[Expr | tuple[RecordRef, RecordRef], ...], Expr | None] = {}
        """What a value is for other rows of a query; None where it is too long to be written out."""
        self._all: dict[tuple[Expr, ...], Expr] = {}
        self._any: dict[tuple[Expr, ...], Expr] = {}
        self._negated: dict[Expr, Expr] = {}
        self._spellings: dict[str, str] = {}
        self._limits: dict[Expr, bool] = {}
        self._reads: dict[Expr, tuple[Field, ...]] = {}
        self._rows: dict[Expr, frozenset[RecordRef]] = {}
        self._asked: dict[tuple[str | Expr, ...], Expr] = {}
        """What was asked of a value before: values are graphs, and a shared part must not be walked from each side."""

    one_way = False
    """Whether a world decides each condition, so that one way is followed and no other."""

    def decided(self, condition: Expr) -> Expr:
        """Return a condition that the way meets as far as it is settled: here no world says more than it does."""
        return condition

    def goes_well(self, failure: Expr) -> bool:
        """Whether a value from outside that is null is taken not to fail; here `spares` and the way say so."""
        return False

    def spares(self, failure: Expr) -> bool:
        """Whether a failure is taken not to happen, for it rests on what nobody says; here each is a way of its own."""
        return False

    def met(self, found: Free, object_: str, filters: Callable[[], Expr]) -> Expr:
        """Return the filters of a query of an object, which a row that is found has to meet."""
        return filters()

    def rows_of(self, found: Free) -> int:
        """Return how many rows of a query are walked one by one: one stands for all of them."""
        return 1

    def const(self, value: Value) -> Const:
        """Return a literal."""
        return self.interner.const(value, _TYPES.get(type(value), Type.UNKNOWN))

    def number(self, value: int) -> Const:
        """Return a whole number."""
        return self.const(Decimal(value))

    def all(self, *guards: Expr) -> Expr:
        """Return the guard that holds where each does."""
        known = self._all.get(guards)
        if known is None:
            joined = all_of(guards, self.interner)
            known = self._all[guards] = self.false if _disagrees(joined, Primitive.AND) else joined
        return known

    def any(self, *guards: Expr) -> Expr:
        """Return the guard that holds where one does."""
        known = self._any.get(guards)
        if known is None:
            joined = any_of(guards, self.interner)
            known = self._any[guards] = self.true if _disagrees(joined, Primitive.OR) else joined
        return known

    def no(self, guard: Expr) -> Expr:
        """Return the guard that holds where this one does not."""
        known = self._negated.get(guard)
        if known is None:
            known = self._negated[guard] = not_(guard, self.interner)
            self._negated.setdefault(known, guard)
        return known

    def choose(self, condition: Expr, yes: Expr, no: Expr) -> Expr:
        """Return the one value where the condition holds, else the other; of two conditions, a condition."""
        if yes is no:
            return yes
        if isinstance(yes, Const) and isinstance(no, Const) and yes.value is True and no.value is False:
            return condition
        if isinstance(yes, Const) and isinstance(no, Const) and yes.value is False and no.value is True:
            return self.no(condition)
        if yes.type is Type.BOOLEAN and no.type is Type.BOOLEAN:
            if isinstance(yes, Const):
                return self.any(condition, no) if yes.value is True else self.all(self.no(condition), no)
            if isinstance(no, Const):
                return self.any(self.no(condition), yes) if no.value is True else self.all(condition, yes)
        return choose(condition, yes, no, self.interner)

    def call(self, op: str, args: tuple[Expr, ...], type_: Type, *, ci: bool = False) -> Expr:
        """Return an operator over operands, computed where they are literals."""
        node = self.interner.call(op, args, type_, ci=ci)
        return simplified(node, args, self.interner, UTC)

    def same(self, left: Expr, right: Expr) -> Expr:
        """Return `left == right`."""
        return self._once("same", self._same, left, right)

    def alike(self, left: Expr, right: Expr) -> Expr:
        """Return `left.equals(right)`, which heeds the case of texts, as keys and the elements of sets do."""
        return self._once("alike", self._alike, left, right)

    def _alike(self, left: Expr, right: Expr) -> Expr:
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

    def reads(self, *exprs: Expr) -> tuple[Field, ...]:
        """Return the fields of the saved record that the expressions depend on."""
        for node in nodes(*exprs, but=self._reads):
            self._reads[node] = self._read_by(node)
        return _union(self._reads[expr] for expr in exprs)

    def rows(self, expr: Expr) -> frozenset[RecordRef]:
        """Return the rows of queries that an expression reads."""
        for node in nodes(expr, but=self._rows):
            if isinstance(node, Field):
                queried = node.record.kind is RecordKind.ROW and node.record not in OTHERS
                self._rows[node] = frozenset({node.record} if queried else ())
            else:
                parts = [self._rows[arg] for arg in operands(node)]
                self._rows[node] = max(parts, key=len, default=_NO_ROWS).union(*parts)
        return self._rows[expr]

    def asks_limits(self, expr: Expr) -> bool:
        """Whether a condition asks what is left of a governor limit."""
        for node in nodes(expr, but=self._limits):
            if isinstance(node, Free):
                self._limits[node] = node.kind is FreeKind.LIMIT
            else:
                self._limits[node] = any(self._limits[arg] for arg in operands(node))
        return self._limits[expr]

    def _read_by(self, node: Expr) -> tuple[Field, ...]:
        match node:
            case Field(record=record):
                return (node,) if record.kind in (RecordKind.AFTER, RecordKind.PRIOR) else ()
            case Free(reads=reads):
                return reads
        return _union(self._reads[arg] for arg in operands(node))

    def free(  # noqa: PLR0913, PLR0917 - an atom is all of this
        self, name: str, type_: Type, kind: FreeKind, place: Place, text: str, inputs: Iterable[Expr] = ()
    ) -> Free:
        """Return a free value; what of the record its inputs read, it reads."""
        return self.interner.free(Free(name, type_, kind, place, text, self.reads(*inputs)))

    def spelling(self, name: str) -> str:
        """Return a name in the spelling in which it was first met: Apex has no regard to case, the core form has."""
        return self._spellings.setdefault(name.casefold(), name)

    def saved_id(self) -> Field:
        """Return the Id of the record that is saved."""
        return self.interner.field(AFTER, ("Id",), Type.TEXT)


_SUMS = frozenset({"+", "-", "*"})
_NO_ROWS = frozenset[RecordRef]()
_NEVER_NULL = frozenset(
    {"LEN", "TODAY", "NOW", "YEAR", "MONTH", "DAY", "&", "LOWER", "UPPER", "TRIM", "SUBSTITUTE", "LEFT", "MID", "RIGHT"}
)


def _disagrees(joined: Expr, op: Primitive) -> bool:
    """Whether a condition and its negation stand side by side."""
    if not isinstance(joined, Call) or joined.op != op:
        return False
    negated = [arg.args[0] for arg in joined.args if isinstance(arg, Call) and arg.op == Primitive.NOT]
    return bool(negated) and not set(joined.args).isdisjoint(negated)


def _union(parts: Iterable[tuple[Field, ...]]) -> tuple[Field, ...]:
    """Return what is in any of the parts; one that holds all the others is shared, not copied."""
    distinct = list(dict.fromkeys(part for part in parts if part))
    if not distinct:
        return ()
    largest = max(distinct, key=len)
    if set(largest).issuperset(field for part in distinct for field in part):
        return largest
    return tuple(dict.fromkeys(field for part in distinct for field in part))


def _of_two_records(left: Expr, right: Expr) -> bool:
    """Whether these are the ids of two records of the chunk."""
    if not isinstance(left, Field) or not isinstance(right, Field) or left.record == right.record:
        return False
    return all(field.path == ("Id",) and (field.record == AFTER or is_other(field.record)) for field in (left, right))


def is_other(record: RecordRef) -> bool:
    """Whether this is a record of the chunk beside the one that is asked about."""
    return record in OTHERS


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
