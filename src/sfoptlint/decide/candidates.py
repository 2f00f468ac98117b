"""Values worth trying: what the guard itself compares with, what lies just beside it, and what looks plain."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import Field, Type, Value
from sfoptlint.core.schema import FieldSchema
from sfoptlint.decide.domain import Domain, allows, order_key
from sfoptlint.decide.looks import identifier, plain
from sfoptlint.decide.program import Program
from sfoptlint.decide.proposals import days, fitted, moments, numbers, texts, times
from sfoptlint.decide.realm import Schema

_MOST: Final = 60
_SOME: Final = 12
_DAY: Final = timedelta(days=1)
_NUMERALS: Final = ("1234567890", "1", "9876543210", "0", "27")
_LONGEST: Final = 20
_LOGIC: Final = frozenset({"and", "or", "not", "NOT", "if", "truth"})


class Candidates:
    """The candidates of one program's variables, gathered when first asked for."""

    __slots__ = ("_digits", "_now", "_patterns", "_pools", "_program", "_schema")

    def __init__(self, program: Program, schema: Schema, now: datetime) -> None:
        self._program = program
        self._schema = schema
        self._now = now
        self._pools: dict[int, list[Value]] | None = None
        self._patterns: dict[int, list[str]] | None = None
        self._digits: frozenset[int] | None = None

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
        """Return every value of a day where its bounds leave but a few, plain ones first.

        Of a number there are always more: a field stores more decimals than it shows (Salesforce Help, "Salesforce Number Field
        Stores More Decimal Places Than Defined When Set via API or Apex").
        """
        low, high = domain.low, domain.high
        if self._program.types[slot] is not Type.DATE or domain.values is not None or domain.blank or domain.error:
            return None
        if type(low) is not date or type(high) is not date or (high - low).days >= _MOST:
            return None
        listed = [low + at * _DAY for at in range((high - low).days + 1)]
        plain_first = [value for value in self.values(slot, domain) if value in listed]
        return list(dict.fromkeys((*plain_first, *(value for value in listed if allows(domain, value)))))

    def values(self, slot: int, domain: Domain) -> Iterator[Value]:
        """Yield values that the domain allows, each once, plain ones first."""
        seen: set[Value] = set()
        for value in self._proposed(slot, domain):
            if value not in seen and allows(domain, value):
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
                yield from sorted(numbers(pool, domain), key=lambda number: not _fits(number, known))
            case Type.DATE:
                yield from days(pool, domain, self._now)
            case Type.DATETIME:
                yield from moments(pool, domain, self._now)
            case Type.TIME:
                yield from (first, *times(pool))
            case Type.TEXT:
                yield first
                yield from known.values[:_SOME] if known is not None else ()
                yield from self._matching(slot, domain)
                yield from self._numerals(slot, domain, known)
                yield from texts(pool, domain, first, identifier(leaf, known))
            case Type.UNKNOWN:
                yield from pool
                yield from texts(pool, domain, first, identifier(leaf, known))
                yield from numbers(pool, domain)
                yield from days(pool, domain, self._now)
                yield from moments(pool, domain, self._now)
            case _:
                yield first

    def _matching(self, slot: int, domain: Domain) -> Iterator[Value]:
        """Yield texts that the patterns beside the variable match, and some that they do not."""
        if self._patterns is None:
            self._patterns = _patterns(self._program)
        if slot not in self._patterns:
            return
        from sfoptlint.decide.members import members, strangers  # noqa: PLC0415 - the reader of patterns is slow to import

        for pattern in self._patterns[slot]:
            for text in (*members(pattern), *strangers(pattern)):
                yield from (text, fitted(text, domain))

    def _numerals(self, slot: int, domain: Domain, known: FieldSchema | None) -> Iterator[Value]:
        """Yield digits for a text whose parts are read as numbers, as a check digit asks."""
        if self._digits is None:
            self._digits = _read_as_numbers(self._program)
        if slot in self._digits:
            longest = min(known.length or _LONGEST, _LONGEST) if known is not None else _LONGEST
            yield from (fitted((digits * _LONGEST)[:longest], domain) for digits in _NUMERALS)

    def _pool(self, slot: int) -> list[Value]:
        if self._pools is None:
            self._pools = _pools(self._program)
        return self._pools.get(slot, [])


def _fits(number: Value, known: FieldSchema | None) -> bool:
    """Whether a number has no more decimals than its field shows."""
    return (
        known is None or known.scale is None or not isinstance(number, Decimal) or number == round(number, known.scale)
    )


def _pools(program: Program) -> dict[int, list[Value]]:
    """Return, for each variable, the literals of every atom that it is in, or that shares a variable with one."""
    atoms = [leaves for slot, leaves in enumerate(_leaves(program)) if _is_first_atom(program, slot)]
    group = _groups(program, atoms)
    found: dict[int, dict[Value, None]] = {}
    for leaves in atoms:
        variable = next((leaf for leaf in leaves if leaf not in program.constants), None)
        if variable is not None:
            literals = (
                program.spellings.get(leaf, program.constants[leaf]) for leaf in leaves if leaf in program.constants
            )
            found.setdefault(group[variable], {}).update(dict.fromkeys(literals))
    return {slot: [value for value in found.get(group[slot], ()) if value is not None] for slot in group}


def _leaves(program: Program) -> list[dict[int, None]]:
    """Return the leaves below each slot, of conditions that are put together from others none."""
    nothing: dict[int, None] = {}
    below: list[dict[int, None]] = []
    for slot, args in enumerate(program.args):
        if not args:
            below.append({slot: None})
        elif _is_logic(program, slot):
            below.append(nothing)
        else:
            below.append(below[args[0]] if len(args) == 1 else {leaf: None for arg in args for leaf in below[arg]})
    return below


def _is_logic(program: Program, slot: int) -> bool:
    return program.boolean[slot] and program.ops[slot] in _LOGIC


def _is_atom(program: Program, slot: int) -> bool:
    return program.boolean[slot] and bool(program.args[slot]) and program.ops[slot] not in _LOGIC


def _is_first_atom(program: Program, slot: int) -> bool:
    """Whether a slot is an atom that does not only look at another one, as a comparison does at a relation."""
    args = program.args[slot]
    return _is_atom(program, slot) and not (len(args) == 1 and _is_atom(program, args[0]))


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


def _patterns(program: Program) -> dict[int, list[str]]:
    """Return the patterns of REGEX by the variables that are matched with them."""
    found: dict[int, list[str]] = {}
    leaves = _leaves(program) if "REGEX" in program.ops else []
    for slot, op in enumerate(program.ops):
        pattern = program.constants.get(program.args[slot][1]) if op == "REGEX" else None
        if isinstance(pattern, str):
            for leaf in leaves[slot]:
                found.setdefault(leaf, []).append(pattern)
    return found


def _read_as_numbers(program: Program) -> frozenset[int]:
    """Return the variables whose text, or a part of it, is read as a number."""
    leaves = _leaves(program) if "VALUE" in program.ops else []
    return frozenset(leaf for slot, op in enumerate(program.ops) if op == "VALUE" for leaf in leaves[slot])
