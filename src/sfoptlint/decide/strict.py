"""Operators that evaluate all their operands: by listing where the operands are few, else by what is known of the operator.

An operator that nothing is known of may give anything, blank or an error.
"""

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.decide.domain import (
    ANY,
    ANYTHING,
    BLANK,
    ERROR,
    FALSE,
    TRUE,
    Abstract,
    Domain,
    allows,
    fails,
    of_values,
    outcomes,
)
from sfoptlint.decide.state import Backward, Forward, State
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import LAWS

_FEW: Final = 24
"""How many combinations of operands are listed; more are left to the search."""

SAFE: Final = frozenset(
    [
        "&",
        "ABS",
        "ASCII",
        "BEGINS",
        "BLANKVALUE",
        "BR",
        "CEILING",
        "CONTAINS",
        "DATEVALUE",
        "DAY",
        "DAYOFYEAR",
        "FIND",
        "FLOOR",
        "HOUR",
        "IN",
        "INITCAP",
        "ISNUMBER",
        "ISOWEEK",
        "ISOYEAR",
        "LEFT",
        "LEN",
        "LOWER",
        "MAX",
        "MCEILING",
        "MFLOOR",
        "MID",
        "MILLISECOND",
        "MIN",
        "MINUTE",
        "MONTH",
        "PI",
        "PICKLISTCOUNT",
        "REVERSE",
        "RIGHT",
        "ROUND",
        "SECOND",
        "SUBSTITUTE",
        "TEXT",
        "TRIM",
        "TRUNC",
        "UNIXTIMESTAMP",
        "UPPER",
        "WEEKDAY",
        "YEAR",
        "CASESAFEID",
        "HTMLENCODE",
        "JSENCODE",
    ]
)
"""Functions that give a value for every operand of the type they take, as long as the result fits into a text."""


def is_blank_strict(op: str) -> bool:
    """Whether the operator is blank as soon as one operand is, as the evaluator's law for it says."""
    law = LAWS.get(op)
    return law is not None and not law.sees_blank


def forward(abstract: Forward) -> Forward:
    """Return the rule that lists the results where the operands are few, and else asks the abstract rule."""

    def compute(state: State, slot: int) -> Abstract:
        listed = _listed(state, slot)
        return abstract(state, slot) if listed is None else listed

    return compute


def _listed(state: State, slot: int) -> Abstract | None:
    domains = state.domains
    choices: list[list[Value]] = []
    size = 1
    error = False
    for arg in state.program.args[slot]:
        known = domains[arg]
        values = outcomes(known, _FEW)
        if values is None:
            return None
        size *= len(values)
        if size > _FEW:
            return None
        error = error or fails(known)
        choices.append(values)
    found: set[Value] = set()
    for operands in product(*choices):
        value = state.exact.apply(slot, operands)
        if isinstance(value, FormulaError):
            error = True
        else:
            found.add(value)
    return _gathered(found, error, state.program.boolean[slot])


def _gathered(found: set[Value], error: bool, boolean: bool) -> Abstract:
    if not boolean:
        return of_values(found, error=error)
    mask = ERROR if error else 0
    for value in found:
        mask |= TRUE if value is True else FALSE if value is False else BLANK if value is None else TRUE | FALSE
    return mask


def default(state: State, slot: int) -> Abstract:
    """Return what an operator may give of which only its treatment of blanks and errors is known."""
    args = [state.domains[arg] for arg in state.program.args[slot]]
    op = state.program.ops[slot]
    error = op not in SAFE or any(fails(arg) for arg in args)
    blank = not is_blank_strict(op) or any(_may_be_none(arg) for arg in args)
    if state.program.boolean[slot]:
        return ANY & ~(0 if error else ERROR) & ~(0 if blank else BLANK)
    return ANYTHING if error and blank else Domain(blank, error)


def _may_be_none(abstract: Abstract) -> bool:
    return bool(abstract & BLANK) if isinstance(abstract, int) else abstract.blank


def backward(special: Backward | None) -> Backward:
    """Return the rule that narrows the operands by what every strict operator has in common, then by its own rule."""

    def narrow(state: State, slot: int) -> None:
        want = state.domains[slot]
        args = state.program.args[slot]
        if not fails(want):
            for arg in args:
                state.clear_error(arg)
            if not _may_be_none(want) and is_blank_strict(state.program.ops[slot]):
                for arg in args:
                    _never_none(state, arg)
        _filter(state, slot, args)
        if special is not None:
            special(state, slot)

    return narrow


def _never_none(state: State, slot: int) -> None:
    known = state.domains[slot]
    if isinstance(known, int):
        state.narrow(slot, known & ~BLANK)
    elif known.blank:
        state.narrow(slot, known._replace(blank=False))


def _filter(state: State, slot: int, args: tuple[int, ...]) -> None:
    """Drop the listed values of an operand that no listed values of the others fit to."""
    choices = [outcomes(state.domains[arg], _FEW) for arg in args]
    known = [values for values in choices if values is not None]
    if (
        len(known) < len(choices)
        or not 1 < prod(map(len, known)) <= _FEW
        or any(fails(state.domains[arg]) for arg in args)
    ):
        return
    kept: list[set[Value]] = [set() for _ in args]
    for operands in _fitting(state, slot, known):
        for values, value in zip(kept, operands, strict=True):
            values.add(value)
    for arg, values in zip(args, kept, strict=True):
        state.narrow(arg, _gathered(values, False, state.program.boolean[arg]))


def _fitting(state: State, slot: int, choices: list[list[Value]]) -> Iterator[tuple[Value, ...]]:
    want = state.domains[slot]
    allowed = None if isinstance(want, int) else want
    for operands in product(*choices):
        value = state.exact.apply(slot, operands)
        if isinstance(value, FormulaError):
            if fails(want):
                yield operands
        elif allowed is None:
            bit = TRUE if value is True else FALSE if value is False else BLANK if value is None else TRUE | FALSE
            assert isinstance(want, int)
            if want & bit:
                yield operands
        elif allows(allowed, value):
            yield operands
