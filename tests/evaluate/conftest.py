from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from sfoptlint.calculator.calculate import CalculationError, Given, calculate
from sfoptlint.calculator.fields import read_field
from sfoptlint.core.expr import Value
from sfoptlint.lang.formula.resolver import BlankMode

NOW = datetime(2026, 3, 10, 23, 30, 15, 250_000, tzinfo=UTC)
"""Already the next day for the user, who is two hours east."""


@pytest.fixture
def value() -> Callable[..., Value]:
    """A formula's value; a field is a bare value, or `("Number", None)` where a blank needs its type."""

    def run(text: str, *, zero: bool = False, before: object = (), **fields: object) -> Value:
        given = {name: read_field(name, _json(field)) for name, field in fields.items()}
        stored = None
        if isinstance(before, dict):
            stored = {name: read_field(name, _json(field)) for name, field in before.items()}
        elif before is not None:
            stored = {}
        mode = BlankMode.ZERO if zero else BlankMode.BLANK
        return calculate(text, Given(given, stored, NOW, timezone(timedelta(hours=2))), mode)

    return run


@pytest.fixture
def error(value: Callable[..., Value]) -> Callable[..., str]:
    """The name of the error that a formula ends in."""

    def run(text: str, **fields: object) -> str:
        with pytest.raises(CalculationError) as caught:
            value(text, **fields)
        return str(caught.value).split(":")[0]

    return run


def _json(field: object) -> object:
    return {"type": field[0], "value": field[1]} if isinstance(field, tuple) else field
