"""What every slot of a program is to z3: a value, whether it is blank, and whether it is an error.

What is not encoded is a fresh value that nothing binds, so that an encoding allows at least what the evaluator does.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.program import Program
from sfoptlint.evaluate.operators import clock_milliseconds, clock_time

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
DAY_MS: Final = 86_400_000
FIRST_DAY: Final = date.min.toordinal()
LAST_DAY: Final = date.max.toordinal()
LAST_CHARACTER: Final = 0x2FFFF
"""The last code point that a text of z3 can hold."""
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_MILLISECOND: Final = timedelta(milliseconds=1)
_SMALLEST: Final = "1/1" + "0" * 38
_KINDS: Final = {
    Type.NUMBER: "num",
    Type.TEXT: "text",
    Type.DATE: "day",
    Type.DATETIME: "moment",
    Type.TIME: "clock",
    Type.BOOLEAN: "flag",
}
_WHOLE: Final = (Type.DATE, Type.DATETIME, Type.TIME)


class Term(NamedTuple):
    """A slot. At most one of blank and error is true, and a Boolean's value is false where one of them is."""

    value: Any
    blank: Any
    error: Any


class Terms:
    """The terms of one program so far, the facts that bind them, and the slots whose term allows more than there is.

    `rough` are the numbers that need more digits than the platform's decimals have, `calendars` the parts of dates.
    `wishes` are what a model should have besides, if it can: the type that is asked of a value whose type is not known.
    A value of an unknown type is of the sort `any`, which holds a value of each type.
    """

    def __init__(self, z3: Any, program: Program, *, in_utc: bool) -> None:
        self.z3 = z3
        self.program = program
        self.in_utc = in_utc
        self.calendars: dict[int, Mapping[str, Any]] = {}
        self.rough: set[int] = set()
        self.wishes: list[Any] = []
        self.facts: list[Any] = []
        self.loose: list[int] = []
        self._terms: list[Term] = []
        self._count = 0
        self.false = z3.BoolVal(False)
        self.any = self._union()

    def _union(self) -> Any:
        z3 = self.z3
        union = z3.Datatype("any")
        for type_, name in _KINDS.items():
            union.declare(name, (f"the_{name}", self._plain_sort(type_)))
        union.declare("place", ("the_place", z3.IntSort()))
        return union.create()

    def __getitem__(self, slot: int) -> Term:
        return self._terms[slot]

    def append(self, term: Term) -> None:
        """Add the term of the next slot."""
        self._terms.append(term)

    def kind(self, slot: int) -> Type:
        """Return the type that a slot's value is encoded as; UNKNOWN is the sort of all values."""
        if self.program.boolean[slot]:
            return Type.BOOLEAN
        known = self.program.types[slot]
        return known if known in _KINDS and known is not Type.BOOLEAN else Type.UNKNOWN

    def sort(self, kind: Type) -> Any:
        """Return z3's sort for values of a kind."""
        return self._plain_sort(kind) if kind in _KINDS else self.any

    def _plain_sort(self, kind: Type) -> Any:
        z3 = self.z3
        if kind in _WHOLE:
            return z3.IntSort()
        return {Type.NUMBER: z3.RealSort, Type.TEXT: z3.StringSort, Type.BOOLEAN: z3.BoolSort}[kind]()

    def some(self, sort: Any) -> Any:
        """Return a value that nothing binds yet."""
        self._count += 1
        return self.z3.Const(f"some{self._count}", sort)

    def fact(self, *conditions: Any) -> None:
        """Say what holds in every world."""
        self.facts.extend(conditions)

    def variable(self, slot: int) -> Term:
        """Return a term that may be any value, blank or an error."""
        z3, kind = self.z3, self.kind(slot)
        value, blank, error = self.some(self.sort(kind)), self.some(z3.BoolSort()), self.some(z3.BoolSort())
        self.fact(z3.Not(z3.And(blank, error)))
        if kind is Type.BOOLEAN:
            self.fact(z3.Implies(value, z3.Not(z3.Or(blank, error))))
        return Term(value, blank, error)

    def open(self, slot: int) -> Term:
        """Return the term of an operator that is not encoded; its values are asked of the evaluator one by one."""
        self.loose.append(slot)
        return self.variable(slot)

    def as_kind(self, slot: int, kind: Type) -> Any:
        """Return the value of a slot as one of a kind; where it is of another, the platform's compiler refuses it."""
        own, value = self.kind(slot), self[slot].value
        if own is kind:
            return value
        if kind is Type.UNKNOWN:
            return getattr(self.any, _KINDS[own])(value)
        if own is Type.UNKNOWN:
            self.wish_kind(slot, kind)
            return getattr(self.any, f"the_{_KINDS[kind]}")(value)
        return self.some(self.sort(kind))

    def is_kind(self, slot: int, kind: Type) -> Any:
        """Return that the value of a slot is of a kind."""
        own = self.kind(slot)
        if own is Type.UNKNOWN:
            return getattr(self.any, f"is_{_KINDS[kind]}")(self[slot].value)
        return self.z3.BoolVal(own is kind)

    def wish_kind(self, slot: int, kind: Type) -> None:
        """Wish that a value of an unknown type is of this one."""
        if self.kind(slot) is Type.UNKNOWN and kind is not Type.UNKNOWN:
            self.wishes.append(self.z3.Or(self[slot].blank, self[slot].error, self.is_kind(slot, kind)))

    def empty(self, slot: int) -> Any:
        """Return that a slot is blank or the empty text."""
        z3, term, kind = self.z3, self[slot], self.kind(slot)
        if kind not in (Type.TEXT, Type.UNKNOWN):
            return term.blank
        nothing = z3.StringVal("")
        same = term.value == (nothing if kind is Type.TEXT else self.any.text(nothing))
        return z3.Or(term.blank, z3.And(z3.Not(term.error), same))

    def text(self, slot: int) -> Any:
        """Return a slot as a text, blank as the empty one."""
        z3 = self.z3
        return z3.If(self[slot].blank, z3.StringVal(""), self.as_kind(slot, Type.TEXT))

    def failed(self, args: Iterable[int]) -> Any:
        """Return that some operand is an error."""
        return self.z3.Or(*[self[arg].error for arg in args], self.false)

    def strict(self, args: Iterable[int], value: Any, error: Any = None) -> Term:
        """Return the term of an operator that is blank as soon as an operand is; `error` is one of its own."""
        z3, args = self.z3, tuple(args)
        failed = self.failed(args)
        blank = z3.And(z3.Not(failed), z3.Or(*[self[arg].blank for arg in args], self.false))
        if error is not None:
            failed = z3.Or(failed, z3.And(z3.Not(blank), error))
        if z3.is_bool(value):
            value = z3.And(value, z3.Not(failed), z3.Not(blank))
        return Term(value, blank, failed)

    def total(self, args: Iterable[int], value: Any) -> Term:
        """Return the term of an operator that is never blank and has no error of its own."""
        z3, failed = self.z3, self.failed(args)
        return Term(z3.And(value, z3.Not(failed)) if z3.is_bool(value) else value, self.false, failed)

    def near(self, exact: Any) -> Any:
        """Return the result of a calculation that is rounded to 39 digits."""
        z3 = self.z3
        found, off = self.some(z3.RealSort()), z3.RealVal(_SMALLEST)
        room = z3.If(exact < 0, -exact, exact) * off
        self.fact(found <= exact + room, found >= exact - room)
        self.wishes.append(found == exact)
        return found

    def literal(self, value: Value | int) -> Any:
        """Return a value that is not blank; a text with a character that z3 has not is some text."""
        z3 = self.z3
        match value:
            case bool():
                return z3.BoolVal(value)
            case Decimal():
                return z3.RealVal(format(value, "f"))
            case str() if all(ord(character) <= LAST_CHARACTER for character in value):
                return z3.StringVal("".join(map(_escaped, value)))
            case str():
                return self.some(z3.StringSort())
            case _:
                return z3.IntVal(_counted(value))

    def constant(self, value: Value, kind: Type) -> Any:
        """Return a literal, as a value of a kind."""
        if value is None:
            return self.some(self.sort(kind))
        own = _TYPES.get(type(value), Type.UNKNOWN)
        if own is kind:
            return self.literal(value)
        if kind is not Type.UNKNOWN:
            return self.some(self.sort(kind))
        return getattr(self.any, _KINDS.get(own, "place"))(self.literal(value))

    def read(self, model: Any, slot: int) -> Value:
        """Return the value that a model gives a slot that is no error."""
        z3, term, kind = self.z3, self[slot], self.kind(slot)
        if z3.is_true(model.eval(term.blank, model_completion=True)):
            return None
        if kind is not Type.UNKNOWN:
            return self._value(model.eval(term.value, model_completion=True), kind)
        for type_, name in _KINDS.items():
            if z3.is_true(model.eval(getattr(self.any, f"is_{name}")(term.value), model_completion=True)):
                inner = getattr(self.any, f"the_{name}")(term.value)
                return self._value(model.eval(inner, model_completion=True), type_)
        return None

    def _value(self, found: Any, kind: Type) -> Value:
        reader = _READERS.get(kind)
        if reader is None or (kind is Type.TEXT and not self.z3.is_string_value(found)):
            return None
        if kind is Type.NUMBER and not self.z3.is_rational_value(found):
            return None
        try:
            return reader(self.z3, found)
        except (OverflowError, ValueError):
            return None


def _counted(value: Value | int) -> int:
    match value:
        case int():
            return value
        case datetime():
            return (value - EPOCH) // _MILLISECOND
        case date():
            return value.toordinal()
        case time():
            return clock_milliseconds(value)
        case _:
            return 0


def _escaped(character: str) -> str:
    return character if " " <= character <= "~" and character != "\\" else f"\\u{{{ord(character):x}}}"


def _text(_: Any, found: Any) -> Value:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found.as_string())


_TYPES: Final[Mapping[type, Type]] = {
    bool: Type.BOOLEAN,
    Decimal: Type.NUMBER,
    str: Type.TEXT,
    date: Type.DATE,
    datetime: Type.DATETIME,
    time: Type.TIME,
}
_READERS: Final[Mapping[Type, Callable[[Any, Any], Value]]] = {
    Type.BOOLEAN: lambda z3, found: bool(z3.is_true(found)),
    Type.NUMBER: lambda _, found: Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long()),
    Type.DATE: lambda _, found: date.fromordinal(found.as_long()),
    Type.DATETIME: lambda _, found: EPOCH + timedelta(milliseconds=found.as_long()),
    Type.TIME: lambda _, found: clock_time(found.as_long()),
    Type.TEXT: _text,
}
