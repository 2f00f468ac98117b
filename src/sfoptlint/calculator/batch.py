"""Formulas as JSON lines, answered in order: a line that has no answer says so and ends nothing."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from sfoptlint.calculator.calculate import CalculationError, Given, calculate, parsed, returned, shown
from sfoptlint.calculator.fields import TYPES, FieldError, GivenField, read_field
from sfoptlint.lang.formula.printer import print_tree
from sfoptlint.lang.formula.resolver import BlankMode


def answer_lines(lines: Iterable[str], now: datetime, zone: tzinfo) -> Iterator[str]:
    """Yield one JSON line for each line that is not empty."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, now, zone))


def _answer(line: str, now: datetime, zone: tzinfo) -> dict[str, object]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"the line is no JSON: {error}"}
    if not isinstance(request, dict):
        return {"id": None, "error": "the line is no JSON object"}
    identity = {"id": request.get("id")}
    try:
        return {**identity, **_answered(request, now, zone)}
    except (CalculationError, FieldError) as error:
        return {**identity, "error": str(error)}


def _answered(request: dict[str, object], now: datetime, zone: tzinfo) -> dict[str, object]:
    formula = request.get("formula")
    if not isinstance(formula, str):
        raise CalculationError("the line has no formula")
    if request.get("ast"):
        return {"ast": print_tree(parsed(formula))}
    mode = request.get("mode") or BlankMode.BLANK.value
    if mode not in ("constant", *BlankMode):
        raise CalculationError(f"the mode is one of {', '.join(BlankMode)} and constant")
    blanks = BlankMode.ZERO if mode == BlankMode.ZERO else BlankMode.BLANK
    value = calculate(formula, Given(read_fields(request.get("fields")), now=now, zone=zone), blanks)
    return_type = str(request.get("return_type") or "").lower()
    # A constant is shown as the formula gives it, a blank Boolean included: no field holds it.
    type_ = None if mode == "constant" else TYPES.get(return_type)
    return {"value": shown(returned(value, return_type, type_))}


def read_fields(given: object) -> dict[str, GivenField]:
    """Return the fields of a JSON object; raises `FieldError`."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise FieldError("the fields are a JSON object")
    return {str(name): read_field(str(name), value) for name, value in given.items()}
