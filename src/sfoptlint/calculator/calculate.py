"""One formula over fields given by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from types import MappingProxyType

from sfoptlint.calculator.fields import GivenField
from sfoptlint.core.expr import AFTER, Expr, Global, Interner, Type, Value, nodes
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.formats import clock_text
from sfoptlint.evaluate.world import World
from sfoptlint.lang.formula.building import declared, percent
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError, position
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Node, Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import BlankMode, Source

_PLACE = Place("formula")
_NO_FIELDS: Mapping[str, GivenField] = MappingProxyType({})


class CalculationError(Exception):
    """The formula has no answer; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a formula may read: the fields as the save leaves them, the stored values they replace, and the clock.

    `before` has the names that the update changes; None means that the record is being created.
    """

    fields: Mapping[str, GivenField] = field(default_factory=lambda: _NO_FIELDS)
    before: Mapping[str, GivenField] | None = field(default_factory=lambda: _NO_FIELDS)
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    zone: tzinfo = UTC


class _Resolver:
    """Finds fields by name in any case; formulas among them are expanded, one that needs itself is refused."""

    def __init__(self, given: Given, blanks: BlankMode, interner: Interner) -> None:
        self._fields = {name.lower(): given_field for name, given_field in given.fields.items()}
        self._blanks = blanks
        self._interner = interner
        self._open: list[str] = []

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        name = ".".join(path)
        found = self._fields.get(name.removeprefix("$Record.").lower())
        if found is None:
            return None
        if found.formula is not None:
            return declared(self._expanded(found, found.formula), found.type, self._interner)
        if found.name.startswith("$"):
            return self._interner.global_(found.name, found.type)
        read = self._interner.field(AFTER, tuple(found.name.split(".")), found.type)
        return percent(read, self._interner) if found.percent else read

    def lowered(self, text: str) -> Expr:
        tree = parsed(text)
        result = lower(tree, Source(text, _PLACE, self._blanks), self, self._interner)
        if result.gaps:
            diagnostic = result.gaps[0].diagnostic
            raise CalculationError(located(text, diagnostic.span, str(diagnostic)))
        return result.expr

    def _expanded(self, found: GivenField, formula: str) -> Expr:
        if found.name in self._open or len(self._open) > 50:
            raise CalculationError(f"{found.name} needs itself")
        self._open.append(found.name)
        try:
            return self.lowered(formula)
        finally:
            self._open.pop()


def parsed(text: str) -> Node:
    """Return the formula's tree; raises `CalculationError`."""
    try:
        return parse(text)
    except FormulaSyntaxError as error:
        raise CalculationError(located(text, error.diagnostic.span, str(error))) from None


def located(text: str, span: Span, message: str) -> str:
    """Return the message with the line and column of the span before it."""
    at = position(text, span.start)
    return f"{at.line}:{at.column}: {message}"


def calculate(text: str, given: Given, blanks: BlankMode) -> Value:
    """Return the formula's value; raises `CalculationError`."""
    interner = Interner()
    expr = _Resolver(given, blanks, interner).lowered(text)
    try:
        return evaluate(expr, _world(expr, given))
    except FormulaError as error:
        raise CalculationError(f"{type(error).__name__}: {error}") from None


def _world(expr: Expr, given: Given) -> World:
    after = _values(given.fields)
    prior = None if given.before is None else {**after, **_values(given.before)}
    globals_ = {node.name: given.fields[node.name].value for node in nodes(expr) if isinstance(node, Global)}
    return World(after=after, prior=prior, globals=globals_, now=given.now, zone=given.zone)


def _values(fields: Mapping[str, GivenField]) -> dict[tuple[str, ...], Value]:
    return {tuple(name.split(".")): given.value for name, given in fields.items()}


def shown(value: Value) -> bool | str | None:
    """Return the value as JSON has it: numbers, dates and times are texts."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return format(value, "f")
        case datetime():
            utc = value.astimezone(UTC).replace(tzinfo=None)
            return f"{utc.isoformat(timespec='milliseconds' if utc.microsecond else 'seconds')}Z"
        case date():
            return value.isoformat()
        case time():
            return clock_text(value)
        case _:
            return f"{value.latitude},{value.longitude}"


def returned(value: Value, return_type: str | None, type_: Type | None) -> Value:
    """Return the value as a field of the formula's return type holds it.

    A percent is a hundred times the number, a checkbox is never blank, and a date shows no time where the time is midnight.
    """
    if type_ is Type.BOOLEAN and value is None:
        return False
    if return_type == "percent" and isinstance(value, Decimal):
        return value * 100
    if return_type == "date" and isinstance(value, datetime) and value.astimezone(UTC).time() == time():
        return value.astimezone(UTC).date()
    return value
