"""Values worth trying: what the guard itself compares with, what lies just beside it, and what looks plain."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Final

from sfoptlint.core.expr import Field, Type, Value
from sfoptlint.core.schema import FieldSchema
from sfoptlint.decide.domain import Domain, allows, order_key
from sfoptlint.decide.looks import identifier, plain
from sfoptlint.decide.members import members, strangers
from sfoptlint.decide.program import Program
from sfoptlint.decide.realm import Schema

_MOST: Final = 40
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_LOGIC: Final = frozenset({"and", "or", "not", "NOT", "if", "truth"})
_PAD: Final = "x"
_LIFETIME: Final = timedelta(days=45_000)
_LARGE: Final = Decimal(10) ** 9
_FAR: Final = 40_000
_HALF: Final = Decimal("0.5")


class Candidates:
    """The candidates of one program's variables, gathered when first asked for."""

    __slots__ = ("_now", "_pools", "_program", "_schema")

    def __init__(self, program: Program, schema: Schema, now: datetime) -> None:
        self._program = program
        self._schema = schema
        self._now = now
        self._pools: dict[int, list[Value]] | None = None

    def schema(self, slot: int) -> FieldSchema | None:
        """Return what the schema knows of a variable."""
        leaf = self._program.leaves.get(slot)
        return self._schema.field(leaf.path) if isinstance(leaf, Field) else None

    def plainest(self, slot: int, domain: Domain) -> Value:
        """Return the value that a witness takes where the guard does not care: blank, or the plainest that fits."""
        if domain.blank:
            return None
        if domain.values is not None and len(domain.values) == 1:
            return next(iter(domain.values))
        if domain.values is None:
            first = plain(self._program.leaves.get(slot), self._program.types[slot], self.schema(slot), self._now)
            if allows(domain, first):
                return first
        return next(self.values(slot, domain), None)

    def grid(self, slot: int, domain: Domain) -> list[Value] | None:
        """Return every value of a day or of a number with known decimals where its bounds leave but a few, plain ones first."""
        known, type_ = self.schema(slot), self._program.types[slot]
        if domain.values is not None:
            return None
        low, high = domain.low, domain.high
        listed: list[Value] | None = None
        if type_ is Type.DATE and type(low) is date and type(high) is date and (high - low).days < _MOST:
            listed = [low + at * _DAY for at in range((high - low).days + 1)]
        elif known is not None and known.scale is not None and isinstance(low, Decimal) and isinstance(high, Decimal):
            step = Decimal(10) ** -known.scale
            first = (low / step).to_integral_value(ROUND_CEILING)
            if (high - low) / step < _MOST:
                listed = [(first + at) * step for at in range(int((high - low) / step) + 1)]
        if listed is None:
            return None
        if domain.blank or domain.error:
            return None
        plain_first = [value for value in self.values(slot, domain) if value in listed]
        return list(dict.fromkeys((*plain_first, *(value for value in listed if allows(domain, value)))))

    def values(self, slot: int, domain: Domain) -> Iterator[Value]:
        """Yield values that the domain allows, each once, plain ones first."""
        seen: set[Value] = set()
        known = self.schema(slot)
        scale = None if known is None else known.scale
        for value in self._proposed(slot, domain):
            if value not in seen and allows(domain, value) and _fits(value, scale):
                seen.add(value)
                yield value
                if len(seen) >= _MOST:
                    return

    def _proposed(self, slot: int, domain: Domain) -> Iterator[Value]:
        known = self.schema(slot)
        if domain.values is not None:
            if known is not None:
                yield from (value for value in known.values if value in domain.values)
            yield from sorted(domain.values, key=order_key)
            return
        leaf, type_ = self._program.leaves.get(slot), self._program.types[slot]
        first = plain(leaf, type_, known, self._now)
        pool = self._pool(slot)
        match type_:
            case Type.NUMBER:
                yield from _numbers(pool, domain)
            case Type.DATE:
                yield from _days(pool, domain, self._now)
            case Type.DATETIME:
                yield from _moments(pool, domain, self._now)
            case Type.TEXT:
                yield from _texts(pool, domain, first, identifier(leaf, known))
            case Type.UNKNOWN:
                yield from pool
                yield from _texts(pool, domain, first, identifier(leaf, known))
                yield from _numbers(pool, domain)
                yield from _days(pool, domain, self._now)
                yield from _moments(pool, domain, self._now)
            case _:
                yield first

    def _pool(self, slot: int) -> list[Value]:
        if self._pools is None:
            self._pools = _pools(self._program)
        return self._pools.get(slot, [])


def _fits(value: Value, scale: int | None) -> bool:
    """Whether a number has no more decimals than its field keeps."""
    return scale is None or not isinstance(value, Decimal) or value == round(value, scale)


def _pools(program: Program) -> dict[int, list[Value]]:
    """Return, for each variable, the literals of every atom that it is in, or that shares a variable with one."""
    atoms = [leaves for slot, leaves in enumerate(_leaves(program)) if _is_atom(program, slot)]
    group = _groups(program, atoms)
    found: dict[int, dict[Value, None]] = {}
    for leaves in atoms:
        variable = next((leaf for leaf in leaves if leaf not in program.constants), None)
        if variable is not None:
            literals = (program.constants[leaf] for leaf in leaves if leaf in program.constants)
            found.setdefault(group[variable], {}).update(dict.fromkeys(literals))
    for slot, pattern in _patterns(program):
        pool = found.setdefault(group[slot], {})
        pool.update(dict.fromkeys((*members(pattern), *strangers(pattern))))
    return {slot: [value for value in found.get(group[slot], ()) if value is not None] for slot in group}


def _leaves(program: Program) -> list[dict[int, None]]:
    below: list[dict[int, None]] = []
    for slot in range(len(program)):
        leaves = {} if program.args[slot] else {slot: None}
        if not _is_logic(program, slot):
            for arg in program.args[slot]:
                leaves.update(below[arg])
        below.append(leaves)
    return below


def _is_logic(program: Program, slot: int) -> bool:
    return program.ops[slot] in _LOGIC and program.boolean[slot]


def _is_atom(program: Program, slot: int) -> bool:
    return program.boolean[slot] and bool(program.args[slot]) and not _is_logic(program, slot)


def _groups(program: Program, atoms: list[dict[int, None]]) -> dict[int, int]:
    """Return each variable's group: variables that meet in an atom are in one."""
    parent = {slot: slot for slot in range(len(program)) if not program.args[slot] and slot not in program.constants}

    def root(slot: int) -> int:
        while parent[slot] != slot:
            parent[slot] = parent[parent[slot]]
            slot = parent[slot]
        return slot

    for leaves in atoms:
        variables = [leaf for leaf in leaves if leaf in parent]
        for variable in variables[1:]:
            parent[root(variable)] = root(variables[0])
    return {slot: root(slot) for slot in parent}


def _patterns(program: Program) -> Iterator[tuple[int, str]]:
    """Yield the variables below each REGEX with its pattern."""
    leaves = _leaves(program)
    for slot, op in enumerate(program.ops):
        if op == "REGEX":
            pattern = program.constants.get(program.args[slot][1])
            if isinstance(pattern, str):
                yield from ((leaf, pattern) for leaf in leaves[slot] if leaf not in program.constants)


def _numbers(pool: Iterable[Value], domain: Domain) -> Iterator[Value]:
    bounds = [value for value in (domain.low, domain.high) if isinstance(value, Decimal)]
    close = [value for value in bounds if abs(value) < _LARGE]
    numbers = [value for value in pool if isinstance(value, Decimal)]
    yield from (Decimal(1), Decimal(0))
    for number in (*close, *numbers):
        yield from (number, number + 1, number - 1)
    if len(close) == 2:
        yield (close[0] + close[1]) / 2
    for number in numbers:
        yield from (number * 100, number / 100, -number, number + _HALF)
    yield from (*map(Decimal, (-1, 2, 3, 10, 100)), _HALF, *bounds)
    for number in bounds:
        yield from (number + 1, number - 1)


def _days(pool: Iterable[Value], domain: Domain, now: datetime) -> Iterator[Value]:
    """Yield days: today, what lies beside a literal or a bound, what is so many days or years away, and the ends of time."""
    today = now.date()
    values = list(pool)
    bounds = [_day(value) for value in (domain.low, domain.high) if isinstance(value, date)]
    literals = [_day(value) for value in values if isinstance(value, date)]
    yield today
    for day in (*bounds, *literals):
        if abs(day - today) < _LIFETIME:
            yield from (day, day + _DAY, day - _DAY)
    yield from _near(today, values)
    for day in (*bounds, *literals):
        if date(2, 1, 1) < day < date(9998, 1, 1):
            yield from (day, day + _DAY, day - _DAY)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _near(today: date, values: list[Value]) -> Iterator[date]:
    """Yield days that are so many days, months or years away, or in that month, weekday or year."""
    yield from (today + _DAY, today - _DAY)
    for number in values:
        if isinstance(number, Decimal) and number == number.to_integral_value() and abs(number) < _FAR:
            yield from _days_of(int(number), today)
    yield from (today + at * _DAY for at in range(2, 8))
    yield from (date(today.year, month, 15) for month in range(1, 13))
    yield from (date(today.year + years, 6, 15) for years in (-10, -30, 10, -100))


def _days_of(number: int, today: date) -> Iterator[date]:
    yield from (today + at * _DAY for at in (number, -number, number + 1, -number - 1))
    if 1 <= number <= 12:
        yield date(today.year, number, 15)
    if 1700 < number < 4000:
        yield from (date(number + at, 6, 15) for at in (0, 1, -1))


def _moments(pool: Iterable[Value], domain: Domain, now: datetime) -> Iterator[Value]:
    yield now
    values = list(pool)
    moments = [value for value in (domain.low, domain.high, *values) if isinstance(value, datetime)]
    for moment in moments:
        if abs(moment - now) < _LIFETIME:
            yield from (moment, moment + _SECOND, moment - _SECOND, moment + _DAY, moment - _DAY)
    yield from (now + hours * timedelta(hours=1) for hours in (-12, -3, 3, 9))
    for day in _days(values, domain, now):
        if isinstance(day, date) and 2 < day.year < 9998:
            yield datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    for moment in moments:
        if 2 < moment.year < 9998:
            yield from (moment, moment + _SECOND, moment - _SECOND)


def _identifiers(first: str) -> Iterator[Value]:
    yield first
    yield from (f"{first[:3]}00000000000{at}AAA" for at in (2, 3, 4))


def _texts(pool: Iterable[Value], domain: Domain, first: Value, identifier_: str) -> Iterator[Value]:
    values = list(pool)
    texts = [value for value in values if isinstance(value, str) and value != ""]
    assert isinstance(first, str)
    if first == identifier_:
        yield from _identifiers(first)
    basis = [first, *texts, "Sample", "Other", "5", "-1", "alex@example.com", identifier_, "a", "2026-01-15"]
    yield from basis
    yield from (_fitted(text, domain) for text in basis)
    counts = [int(value) for value in values if isinstance(value, Decimal) and 0 < value < 256]
    for text in texts:
        yield from (
            f"{text}{_PAD}",
            f"{_PAD}{text}",
            f"{_PAD}{text}{_PAD}",
            text.casefold(),
            text.upper(),
            f"{text} {first}",
        )
        yield from (f"{_PAD * (count - 1)}{text}" for count in counts)
        yield from (f"{text}{_PAD * max(0, count - len(text))}" for count in counts)
    for count in counts:
        yield from (_PAD * count, "1" * count, _PAD * (count + 1), _PAD * (count - 1))
    yield from (f"{text};{other}" for text in texts for other in texts if text != other)
    yield from (f"{text}{other}" for text in texts for other in texts if text != other)
    yield from (str(value) for value in values if isinstance(value, Decimal))


def _fitted(text: str, domain: Domain) -> str:
    """Return the text cut or filled to the length that the domain asks for."""
    low = domain.low + domain.low_open if isinstance(domain.low, int) else 0
    high = domain.high - domain.high_open if isinstance(domain.high, int) else None
    fitted = text if high is None else text[:high]
    return fitted + _PAD * min(low - len(fitted), 131_072) if len(fitted) < low else fitted
