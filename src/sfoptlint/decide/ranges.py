"""Numeric functions that keep the order of their operands, as intervals."""

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.decide.domain import Domain, ends
from sfoptlint.decide.state import Forward, State

_Pick = Callable[[list[Decimal]], Decimal]


def _extreme(pick: _Pick, *, one_bound: str) -> Forward:
    """MAX and MIN: a bound of all operands is one of the result; MAX is no less than any single lower bound."""

    def compute(state: State, slot: int) -> Domain:
        args = [state.domain(arg) for arg in state.program.args[slot]]
        bounds = [ends(arg) for arg in args]
        lows = [low for low, _ in bounds if isinstance(low, Decimal)]
        highs = [high for _, high in bounds if isinstance(high, Decimal)]
        low = pick(lows) if lows and (one_bound == "low" or len(lows) == len(args)) else None
        high = pick(highs) if highs and (one_bound == "high" or len(highs) == len(args)) else None
        return Domain(any(arg.blank for arg in args), any(arg.error for arg in args), low=low, high=high)

    return compute


def _absolute(state: State, slot: int) -> Domain:
    known = state.domain(state.program.args[slot][0])
    low, high = ends(known)
    top = max(abs(low), abs(high)) if isinstance(low, Decimal) and isinstance(high, Decimal) else None
    positive = isinstance(low, Decimal) and low > 0
    return Domain(known.blank, known.error, low=low if positive else Decimal(0), high=top)


def _rounded(state: State, slot: int) -> Domain:
    """FLOOR, CEILING and ROUND to whole numbers: no further from the number than the next whole ones."""
    args = [state.domain(arg) for arg in state.program.args[slot]]
    known = args[0]
    blank, error = any(arg.blank for arg in args), any(arg.error for arg in args)
    if len(args) > 1 and not (
        args[1].values is not None and all(isinstance(v, Decimal) and v >= 0 for v in args[1].values)
    ):
        return Domain(blank, error)
    low, high = ends(known)
    return Domain(
        blank,
        error,
        low=low.to_integral_value(ROUND_FLOOR) if isinstance(low, Decimal) else None,
        high=high.to_integral_value(ROUND_CEILING) if isinstance(high, Decimal) else None,
    )


RANGE_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {
        "ABS": _absolute,
        "MAX": _extreme(max, one_bound="low"),
        "MIN": _extreme(min, one_bound="high"),
        **dict.fromkeys(("FLOOR", "CEILING", "MFLOOR", "MCEILING", "ROUND", "TRUNC"), _rounded),
    }
)
