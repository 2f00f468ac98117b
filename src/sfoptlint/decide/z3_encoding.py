"""A program as z3 sees it: every slot with its value, whether it is blank, and whether it is an error.

What is not encoded is a fresh value that nothing binds, so that an encoding allows at least what the evaluator does: that
z3 finds nothing is a proof, and what it finds is checked by the evaluator.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sfoptlint.core.expr import Primitive, Type, Value
from sfoptlint.decide.domain import BLANK, ERROR, FALSE, TRUE, Abstract, Domain
from sfoptlint.decide.program import RELATION, Program
from sfoptlint.decide.tables import RELATION_BITS, TABLES

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
_DAY_MS: Final = 86_400_000


class Term(NamedTuple):
    """A slot: for a Boolean `value` says that it is TRUE, for a relation it holds one condition for each way to stand."""

    value: Any
    blank: Any
    error: Any


class Encoding:
    """Builds the terms of one program in one z3 context."""

    def __init__(self, z3: Any, program: Program, realms: Mapping[int, Abstract], *, in_utc: bool) -> None:
        self._z3 = z3
        self._program = program
        self._in_utc = in_utc
        self._rules: Mapping[str, Callable[[int, tuple[int, ...]], Term | None]] = {
            Primitive.AND: self._and,
            Primitive.OR: self._or,
            Primitive.IF: self._if,
            Primitive.BLANK: self._blank,
            "LEN": self._length,
            "+": self._sum,
            "-": self._sum,
            "TODAY": self._day,
            "DATEVALUE": self._day,
            "CONTAINS": self._search,
            "BEGINS": self._search,
        }
        self.facts: list[Any] = []
        self.terms: list[Term] = []
        for slot in range(len(program)):
            self.terms.append(self._variable(slot, realms[slot]) if slot in realms else self._term(slot))

    def allowed(self, slot: int, mask: int) -> Any:
        """Return that a Boolean slot is one of the outcomes of the mask."""
        z3, term = self._z3, self.terms[slot]
        none = z3.Not(z3.Or(term.value, term.blank, term.error))
        parts = ((TRUE, term.value), (FALSE, none), (BLANK, term.blank), (ERROR, term.error))
        return z3.Or(*[condition for bit, condition in parts if mask & bit])

    def value_of(self, slot: int, model: Any) -> Value:
        """Return the value that the model gives a variable."""
        term, type_ = self.terms[slot], self._program.types[slot]
        if self._z3.is_true(model.eval(term.blank, model_completion=True)):
            return None
        found = model.eval(term.value, model_completion=True)
        if self._program.boolean[slot]:
            return bool(self._z3.is_true(found))
        match type_:
            case Type.NUMBER:
                return Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long())
            case Type.DATE:
                return date.fromordinal(found.as_long())
            case Type.DATETIME:
                return _EPOCH + timedelta(milliseconds=found.as_long())
            case _:
                return str(found.as_string()) if self._z3.is_string_value(found) else None

    def _fresh(self, slot: int) -> Term:
        z3, program = self._z3, self._program
        blank, error = z3.Bool(f"blank{slot}"), z3.Bool(f"error{slot}")
        if program.boolean[slot]:
            value = z3.Bool(f"true{slot}")
            self.facts.append(z3.AtMost(value, blank, error, 1))
            return Term(value, blank, error)
        self.facts.append(z3.Not(z3.And(blank, error)))
        return Term(self._sort(program.types[slot])(f"value{slot}"), blank, error)

    def _sort(self, type_: Type) -> Any:
        z3 = self._z3
        return {Type.NUMBER: z3.Real, Type.DATE: z3.Int, Type.DATETIME: z3.Int, Type.TEXT: z3.String}.get(type_, z3.Int)

    def _variable(self, slot: int, realm: Abstract) -> Term:
        z3, term = self._z3, self._fresh(slot)
        if isinstance(realm, int):
            self.facts += [z3.Not(term.error)] + ([] if realm & BLANK else [z3.Not(term.blank)])
            return term
        self.facts.append(z3.Not(term.error))
        if not realm.blank:
            self.facts.append(z3.Not(term.blank))
        self.facts.append(z3.Or(term.blank, *self._within(slot, term, realm)))
        return term

    def _within(self, slot: int, term: Term, realm: Domain) -> list[Any]:
        z3, type_ = self._z3, self._program.types[slot]
        if type_ not in (Type.NUMBER, Type.DATE, Type.DATETIME, Type.TEXT):
            return [z3.BoolVal(True)]
        if realm.values is not None:
            return [term.value == self._literal(value) for value in realm.values]
        measured = z3.Length(term.value) if type_ is Type.TEXT else term.value
        bounds = []
        if realm.low is not None:
            bounds.append(measured >= self._literal(realm.low))
        if realm.high is not None:
            bounds.append(measured <= self._literal(realm.high))
        return [z3.And(*bounds)] if bounds else [z3.BoolVal(True)]

    def _literal(self, value: Value | int) -> Any:
        z3 = self._z3
        match value:
            case bool():
                return z3.BoolVal(value)
            case int():
                return z3.IntVal(value)
            case Decimal():
                return z3.RealVal(str(value))
            case datetime():
                return z3.IntVal((value - _EPOCH) // timedelta(milliseconds=1))
            case date():
                return z3.IntVal(value.toordinal())
            case _:
                return z3.StringVal(value if isinstance(value, str) else "")

    def _term(self, slot: int) -> Term:
        program = self._program
        op, args = program.ops[slot], program.args[slot]
        if slot in program.constants:
            return self._constant(slot)
        if op == RELATION:
            return self._relation(slot, *args)
        if op in TABLES:
            return self._table(op, args[0])
        rule = self._rules.get(op)
        term = rule(slot, args) if rule is not None else None
        return self._fresh(slot) if term is None else term

    def _and(self, _: int, args: tuple[int, ...]) -> Term:
        return self._chain([self.terms[arg] for arg in args], stop=False)

    def _or(self, _: int, args: tuple[int, ...]) -> Term:
        return self._chain([self.terms[arg] for arg in args], stop=True)

    def _if(self, slot: int, args: tuple[int, ...]) -> Term | None:
        condition, yes, no = args
        if not self._program.boolean[slot] and self._program.types[yes] is not self._program.types[no]:
            return None
        return self._choice(self.terms[condition], self.terms[yes], self.terms[no])

    def _blank(self, _: int, args: tuple[int, ...]) -> Term:
        z3, error = self._z3, self.terms[args[0]].error
        return Term(z3.And(self._empty(args[0]), z3.Not(error)), z3.BoolVal(False), error)

    def _length(self, _: int, args: tuple[int, ...]) -> Term | None:
        z3, term = self._z3, self.terms[args[0]]
        if self._program.types[args[0]] is not Type.TEXT:
            return None
        return Term(z3.If(term.blank, z3.RealVal(0), z3.ToReal(z3.Length(term.value))), z3.BoolVal(False), term.error)

    def _day(self, _: int, args: tuple[int, ...]) -> Term | None:
        term = self.terms[args[0]]
        if self._program.types[args[0]] is not Type.DATETIME or not self._in_utc:
            return None
        return term._replace(value=term.value / _DAY_MS + _EPOCH_DAY)

    def _constant(self, slot: int) -> Term:
        z3, value = self._z3, self._program.constants[slot]
        no = z3.BoolVal(False)
        if self._program.boolean[slot]:
            return Term(z3.BoolVal(value is True), z3.BoolVal(value is None), no)
        known = self._sort(self._program.types[slot])
        literal = self._literal(value) if value is not None else known(f"value{slot}")
        return Term(literal, z3.BoolVal(value is None), no)

    def _empty(self, slot: int) -> Any:
        term = self.terms[slot]
        if self._program.boolean[slot] or self._program.types[slot] is not Type.TEXT:
            return term.blank
        return self._z3.Or(term.blank, self._z3.And(self._z3.Not(term.error), term.value == self._z3.StringVal("")))

    def _chain(self, terms: list[Term], *, stop: bool) -> Term:
        z3 = self._z3
        true, error = z3.BoolVal(not stop), z3.BoolVal(False)
        for term in reversed(terms):
            goes_on = z3.Not(z3.Or(term.value, term.error)) if stop else term.value
            true = z3.Or(term.value, z3.And(goes_on, true)) if stop else z3.And(goes_on, true)
            error = z3.Or(term.error, z3.And(goes_on, error))
        return Term(true, z3.BoolVal(False), error)

    def _choice(self, condition: Term, yes: Term, no: Term) -> Term:
        z3 = self._z3
        taken = [z3.If(condition.value, one, other) for one, other in zip(yes, no, strict=True)]
        failed = condition.error
        blank, error = z3.And(z3.Not(failed), taken[1]), z3.Or(failed, taken[2])
        value = z3.And(z3.Not(failed), taken[0]) if z3.is_bool(taken[0]) else taken[0]
        return Term(value, blank, error)

    def _relation(self, slot: int, left: int, right: int) -> Term:
        z3, program = self._z3, self._program
        one, other = self.terms[left], self.terms[right]
        failed = z3.Or(one.error, other.error)
        empty, other_empty = self._empty(left), self._empty(right)
        filled = z3.And(z3.Not(failed), z3.Not(empty), z3.Not(other_empty))
        unordered = z3.BoolVal(False)
        if program.boolean[left] and program.boolean[right]:
            equal = one.value == other.value
            less, greater = z3.Not(equal), z3.BoolVal(False)
        elif program.types[left] is program.types[right] and program.types[left] in _COMPARED:
            equal = one.value == other.value
            less, greater = (
                (one.value < other.value, one.value > other.value)
                if program.types[left] is not Type.TEXT
                else (z3.Not(equal), z3.Not(equal))
            )
        else:
            equal, less, greater, unordered = (
                z3.Bool(f"{name}{slot}") for name in ("equal", "less", "greater", "other")
            )
            self.facts.append(z3.Or(equal, less, greater, unordered))
        both = z3.And(z3.Not(failed), empty, other_empty)
        single = z3.And(z3.Not(failed), z3.Xor(empty, other_empty))
        ways = (z3.And(filled, less), z3.And(filled, equal), z3.And(filled, greater), both, single)
        return Term((*ways, z3.And(filled, unordered), failed), z3.BoolVal(False), failed)

    def _table(self, op: str, arg: int) -> Term:
        z3, term, table = self._z3, self.terms[arg], TABLES[op][0]
        if self._program.ops[arg] == RELATION:
            ways = list(zip(RELATION_BITS, term.value, strict=True))
        else:
            none = z3.Not(z3.Or(term.value, term.blank, term.error))
            ways = [(TRUE, term.value), (FALSE, none), (BLANK, term.blank), (ERROR, term.error)]
        outcomes = [z3.Or(*[way for bit, way in ways if table[bit] & outcome]) for outcome in (TRUE, BLANK, ERROR)]
        return Term(*outcomes)

    def _sum(self, slot: int, args: tuple[int, ...]) -> Term | None:
        if len(args) == 1:
            return None
        z3, types, op = self._z3, self._program.types, self._program.ops[slot]
        one, other = (self.terms[arg] for arg in args)
        blank, error = z3.Or(one.blank, other.blank), z3.Or(one.error, other.error)
        blank = z3.And(z3.Not(error), blank)
        if types[args[0]] is types[args[1]] is Type.NUMBER:
            return Term(one.value + other.value if op == "+" else one.value - other.value, blank, error)
        if op == "-" and types[args[0]] is types[args[1]] is Type.DATE:
            return Term(z3.ToReal(one.value - other.value), blank, error)
        days = self._program.constants.get(args[1])
        if types[args[0]] is Type.DATE and isinstance(days, Decimal) and abs(days) < _DAY_MS:
            by = int(days) if op == "+" else -int(days)
            return Term(one.value + by, blank, z3.Or(error, self._fresh(slot).error))
        return None

    def _search(self, slot: int, args: tuple[int, ...]) -> Term | None:
        z3, op = self._z3, self._program.ops[slot]
        if any(self._program.types[arg] is not Type.TEXT for arg in args):
            return None
        text, part = (self.terms[arg] for arg in args)
        error = z3.Or(text.error, part.error)
        found = z3.Contains(text.value, part.value) if op == "CONTAINS" else z3.PrefixOf(part.value, text.value)
        empty = self._empty(args[1])
        true = z3.And(z3.Not(error), z3.Or(empty, z3.And(z3.Not(text.blank), found)))
        return Term(true, z3.And(z3.Not(error), z3.Not(empty), text.blank), error)


_COMPARED: Final = frozenset({Type.NUMBER, Type.DATE, Type.DATETIME, Type.TEXT})
