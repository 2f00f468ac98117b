"""Conditions of a flow in the core form (Salesforce Help, Flow Operators in Decision Elements, and in Conditions)."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from sfoptlint.automation.filter_logic import Junction, Logic, read_logic
from sfoptlint.automation.flow.alike import alike, unlike
from sfoptlint.automation.flow.frame import Reads
from sfoptlint.automation.flow.scope import Scope
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Listing, One, Record, Value, absent, empty
from sfoptlint.core.expr import Call, Const, Expr, Field, Free, Primitive, RecordKind, Type, nodes
from sfoptlint.core.logic import all_of, any_of, choose, not_
from sfoptlint.lang.formula.building import as_prior, truth, two_valued
from sfoptlint.metadata.flow.parts import Condition, Criteria, Operand

_MOST_ALTERNATIVES = 12
_BLANK_TESTS: Final = frozenset({"IsNull", "IsBlank", "IsEmpty"})
_PRIMITIVES: Final = MappingProxyType(
    {
        "GreaterThan": (Primitive.LESS, True),
        "GreaterThanOrEqualTo": (Primitive.LESS_EQUAL, True),
        "LessThan": (Primitive.LESS, False),
        "LessThanOrEqualTo": (Primitive.LESS_EQUAL, False),
        "Contains": (Primitive.HAS, False),
        "StartsWith": (Primitive.STARTS, False),
        "EndsWith": (Primitive.ENDS, False),
    }
)
"""Operators by name, and whether their operands are turned round."""


class Conditions:
    """Decides conditions where a flow is."""

    __slots__ = ("_interner", "_scope")

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._interner = scope.interner

    def met(self, criteria: Criteria, state: State, reads: Reads) -> Expr:
        """Return whether conditions on the flow's resources are met; they are read in order, up to what decides."""

        def one(condition: Condition) -> Expr:
            return self._condition(condition, state, reads)

        return self._all(criteria, one, reads)

    def filtered(self, criteria: Criteria, row: One, right: Callable[[Operand | None], Value], reads: Reads) -> Expr:
        """Return whether a record meets filters on its fields; `right` says what they are compared with."""

        def one(condition: Condition) -> Expr:
            left = self._scope.fields.of(row, tuple(condition.left.split(".")))
            if condition.operator == "IsChanged":
                return self._asked(self._changed(row, tuple(condition.left.split("."))), right(condition.right))
            return self.compare(condition.operator, left, right(condition.right), condition.left)

        return self._all(criteria, one, reads)

    def _all(self, criteria: Criteria, one: Callable[[Condition], Expr], reads: Reads) -> Expr:
        logic = read_logic(criteria.logic, len(criteria.conditions))
        if logic is None:
            text = f"the logic {criteria.logic}"
            return self._scope.open(
                text, f"{text} is not one of its {len(criteria.conditions)} conditions", Type.BOOLEAN
            )
        return self._settle(self._logic(logic, criteria, one, reads))

    def _logic(self, logic: Logic, criteria: Criteria, one: Callable[[Condition], Expr], reads: Reads) -> Expr:
        match logic:
            case int():
                return self._settle(one(criteria.conditions[logic]))
            case Junction(op="not", parts=(part,)):
                return not_(self._logic(part, criteria, one, reads), self._interner)
            case Junction(op=op, parts=parts):
                found: list[Expr] = []
                depth = len(reads.under)
                for part in parts:
                    guard = self._logic(part, criteria, one, reads)
                    found.append(guard)
                    reads.under.append(guard if op == "and" else not_(guard, self._interner))
                del reads.under[depth:]
                return all_of(found, self._interner) if op == "and" else any_of(found, self._interner)

    def _settle(self, expr: Expr) -> Expr:
        return self._scope.frame.walk.oracle.settle(expr)

    def _condition(self, condition: Condition, state: State, reads: Reads) -> Expr:
        right = self._scope.operand(condition.right, state, reads, condition.left)
        if condition.operator == "IsChanged":
            head, *path = condition.left.split(".")
            held = state.values.get(head.casefold())
            if isinstance(held, Record) and path:
                changed = (
                    all_of((option.when, self._changed(option.one, tuple(path))), self._interner)
                    for option in held.options
                    if option.one is not None
                )
                return self._asked(any_of(changed, self._interner), right)
        own = Reads(self._interner)
        left = self._scope.resolve(condition.left, state, own)
        if condition.operator in _BLANK_TESTS:
            # Asking whether a field of a row is null is how flows ask whether the row is there.
            blank = any_of((*own.faults, self._blank(condition.operator, left, condition.left)), self._interner)
            return self._asked(blank, right)
        for guard in own.faults:
            reads.absent(guard)
        for guard in own.doubts:
            reads.absent(guard, surely=False)
        return self.compare(condition.operator, left, right, condition.left)

    def _changed(self, one: One, path: tuple[str, ...]) -> Expr:
        interner = self._interner
        if one.ref.kind is RecordKind.PRIOR:
            return interner.const(False, Type.BOOLEAN)
        if one.ref.kind is not RecordKind.AFTER or len(path) > 1:
            name = ".".join(path)
            return self._scope.open(f"{name} IsChanged", f"whether {name} is changed is not known", Type.BOOLEAN)
        now, stored = self._scope.fields.of(one, path), self._scope.fields.stored(one, path)
        if now is stored and isinstance(stored, Field):
            return interner.call(Primitive.CHANGED, (stored,), Type.BOOLEAN)
        return not_(interner.call(Primitive.SAME, (now, as_prior(stored, interner)), Type.BOOLEAN), interner)

    def _asked(self, found: Expr, wanted: Value) -> Expr:
        """Return whether something is as the right side asks for: `true`, or `false`."""
        if isinstance(wanted, Const):
            return not_(found, self._interner) if wanted.value is False else found
        if isinstance(wanted, Record | Listing):
            return self._scope.open("a condition", "a condition asks for a record", Type.BOOLEAN)
        return self._interner.call(Primitive.SAME, (found, truth(wanted, self._interner)), Type.BOOLEAN)

    def compare(self, operator: str, left: Value, right: Value, name: str) -> Expr:
        """Return whether one comparison holds."""
        if operator in _BLANK_TESTS:
            return self._asked(self._blank(operator, left, name), right)
        if operator == "WasSet":
            return self._asked(not_(self._blank(operator, left, name), self._interner), right)
        if isinstance(left, Listing) or isinstance(right, Listing):
            return self._among(operator, left, right, name)
        if isinstance(left, Record) or isinstance(right, Record):
            return self._scope.open(f"{name} {operator}", f"{operator} of records is not modelled", Type.BOOLEAN)
        return self._spread(left, lambda value: self._compare(operator, value, right, name))

    def _blank(self, operator: str, value: Value, name: str) -> Expr:
        match value:
            case Record():
                return self._no_record(value)
            case Listing():
                found = empty(value, self._interner)
                return self._scope.open(f"{name} is empty", "", Type.BOOLEAN) if found is None else found
        return self._spread(value, self._is_blank if operator == "IsBlank" else self._is_null)

    def _is_blank(self, value: Expr) -> Expr:
        return self._interner.call(Primitive.BLANK, (value,), Type.BOOLEAN)

    def _is_null(self, value: Expr) -> Expr:
        """The empty text is not null (Salesforce Help, "Global Constant Resource", Null Versus Empty String)."""
        empty_text = self._interner.const("", Type.TEXT)
        ways = list(_ways(value))
        if all(way is not empty_text for _, way in ways):
            return self._is_blank(value)
        found: Expr = self._interner.const(False, Type.BOOLEAN)
        for guard, way in reversed(ways):
            null = self._interner.const(False, Type.BOOLEAN) if way is empty_text else self._is_blank(way)
            found = null if guard is None else choose(guard, null, found, self._interner)
        return found

    def _no_record(self, record: Record) -> Expr:
        """A record variable is null until a field of it is set."""
        last = record.options[-1].one
        if len(record.options) == 1 and last and last.ref.kind is RecordKind.CREATED:
            return self._interner.const(not last.set, Type.BOOLEAN)
        return absent(record, self._interner)

    def _among(self, operator: str, left: Value, right: Value, name: str) -> Expr:
        """`Contains` of a collection, `In` one: whether an item is the same."""
        listing, item = (left, right) if isinstance(left, Listing) else (right, left)
        if (
            operator not in ("Contains", "In", "NotIn")
            or isinstance(item, Listing | Record)
            or not isinstance(listing, Listing)
        ):
            return self._scope.open(f"{name} {operator}", f"{operator} of collections is not modelled", Type.BOOLEAN)
        found: list[Expr] = []
        for entry in listing.entries:
            if isinstance(entry.item, Record | Listing):
                return self._scope.open(f"{name} {operator}", "", Type.BOOLEAN)
            same = self._interner.call(Primitive.SAME, (entry.item, item), Type.BOOLEAN, ci=True)
            found.append(all_of((entry.when, same), self._interner))
        if listing.open:
            found.append(self._scope.open(f"{name} {operator} more", "", Type.BOOLEAN))
        result = any_of(found, self._interner)
        return not_(result, self._interner) if operator == "NotIn" else result

    def _spread(self, value: Expr, ask: Callable[[Expr], Expr]) -> Expr:
        """Ask each value that there may be by itself where one of them is not exact, so that the others stay exact."""
        ways = list(_ways(value)) if _inexact(value) else []
        if len(ways) < 2 or len(ways) > _MOST_ALTERNATIVES:
            return ask(value)
        found: list[Expr] = []
        before: list[Expr] = []
        for guard, one in ways:
            found.append(all_of((*before, *((guard,) if guard is not None else ()), ask(one)), self._interner))
            if guard is not None:
                before.append(not_(guard, self._interner))
        return any_of(found, self._interner)

    def _compare(self, operator: str, left: Expr, right: Expr, name: str) -> Expr:
        interner = self._interner
        left, right = alike(operator, left, right, interner)
        if unlike(left, right):
            text = f"{name} {operator} a value of another type"
            return self._scope.open(text, f"{text} is not modelled", Type.BOOLEAN)
        if operator in ("EqualTo", "NotEqualTo"):
            equal = self._equal(left, right, name)
            return not_(equal, interner) if operator == "NotEqualTo" else equal
        known = _PRIMITIVES.get(operator)
        if known is None:
            return self._scope.open(f"{name} {operator}", f"the operator {operator} is not modelled", Type.BOOLEAN)
        primitive, turned = known
        operands = (right, left) if turned else (left, right)
        ci = primitive not in (Primitive.LESS, Primitive.LESS_EQUAL)
        return interner.call(primitive, operands, Type.BOOLEAN, ci=ci)

    def _equal(self, left: Expr, right: Expr, name: str) -> Expr:
        """Whether a Boolean that was never set equals FALSE, nobody says: both are left open."""
        interner = self._interner
        same = interner.call(Primitive.SAME, (left, right), Type.BOOLEAN, ci=True)
        for one, other in ((left, right), (right, left)):
            blank_possible = one.type is Type.BOOLEAN and not two_valued(one)
            if blank_possible and isinstance(other, Const) and other.value is False:
                either = self._scope.open(f"{name}: a Boolean that is not set equals false", "", Type.BOOLEAN)
                unset = interner.call(Primitive.BLANK, (one,), Type.BOOLEAN)
                return any_of((same, all_of((unset, either), interner)), interner)
        return same


def asks_nothing(criteria: Criteria, box: str) -> bool:
    """Return whether filters leave no record out but by the opt-out box itself."""
    return all(condition.left.casefold() == box.casefold() for condition in criteria.conditions)


def _inexact(expr: Expr) -> bool:
    return any(isinstance(node, Free) and node.reads for node in nodes(expr))


def _ways(expr: Expr) -> list[tuple[Expr | None, Expr]]:
    """Return the values of a chain of choices, each with the guard that picks it after those before it."""
    found: list[tuple[Expr | None, Expr]] = []
    while isinstance(expr, Call) and expr.op == Primitive.IF and len(found) <= _MOST_ALTERNATIVES:
        condition, yes, no = expr.args
        found.append((condition, yes))
        expr = no
    return [*found, (None, expr)]
