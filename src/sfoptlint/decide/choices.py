"""Operators that hand one of their operands through: BLANKVALUE, IFERROR and CASE."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.decide.domain import (
    BLANK,
    ERROR,
    NOTHING,
    ONLY_ERROR,
    Abstract,
    Domain,
    as_domain,
    empty,
    filled,
    join,
    may_be_blank,
    meet,
)
from sfoptlint.decide.state import Backward, Forward, State


def _blank_value(state: State, slot: int) -> Abstract:
    value, substitute = state.program.args[slot]
    if state.program.boolean[slot]:
        mask = state.mask(value)
        other = state.mask(substitute)
        return (mask & ~BLANK) | (other if mask & BLANK else 0) | (other & ERROR)
    known, other_known = state.domain(value), state.domain(substitute)
    kept = filled(known)
    if not may_be_blank(known, state.type(value)):
        return kept._replace(error=known.error or other_known.error)
    joined = other_known if empty(kept) else join(kept, other_known)
    return joined._replace(error=known.error or other_known.error)


def _blank_value_backward(state: State, slot: int) -> None:
    value, substitute = state.program.args[slot]
    if state.program.boolean[slot]:
        return
    want, known, other = state.domain(slot), state.domain(value), state.domain(substitute)
    if want.error:
        return
    if empty(meet(other, want)):
        state.narrow(value, meet(filled(known), want._replace(error=True)))
    elif empty(meet(filled(known), want)):
        state.narrow(substitute, want)


def _if_error(state: State, slot: int) -> Abstract:
    first, second = state.program.args[slot]
    if state.program.boolean[slot]:
        mask = state.mask(first)
        return (mask & ~ERROR) | (state.mask(second) if mask & ERROR else 0)
    known = state.domain(first)
    if not known.error:
        return known
    without = known._replace(error=False)
    return state.domain(second) if empty(without) else join(without, state.domain(second))


def _if_error_backward(state: State, slot: int) -> None:
    first, second = state.program.args[slot]
    known, want = state.domains[first], state.domains[slot]
    if isinstance(known, int) and isinstance(want, int):
        if not known & ERROR:
            state.narrow(first, want)
        elif not known & ~ERROR:
            state.narrow(second, want)
        return
    known, want = as_domain(known), as_domain(want)
    if not known.error:
        state.narrow(first, want)
    elif empty(known._replace(error=False)):
        state.narrow(second, want)


def _case(state: State, slot: int) -> Abstract:
    args = state.program.args[slot]
    results = [*args[2:-1:2], args[-1]]
    error = any(as_domain(state.domains[arg]).error for arg in args)
    # The evaluator compares as it goes: a value of another type than the first is an error there.
    error = error or len({state.type(arg) for arg in (args[0], *args[1:-1:2])}) > 1
    if state.program.boolean[slot]:
        mask = ERROR if error else 0
        for result in results:
            mask |= state.mask(result)
        return mask
    joined: Domain = NOTHING
    for result in results:
        joined = join(joined, state.domain(result))
    return joined._replace(error=error)


def _case_backward(state: State, slot: int) -> None:
    """Where the default does not fit, the value is one of those whose results do."""
    args = state.program.args[slot]
    want = as_domain(state.domains[slot])
    if want.error or not empty(meet(state.domain(args[-1])._replace(error=False), want)):
        return
    allowed = NOTHING
    for key, result in zip(args[1:-1:2], args[2:-1:2], strict=True):
        if not empty(meet(state.domain(result)._replace(error=False), want)):
            allowed = join(allowed, state.domain(key)) if not empty(allowed) else state.domain(key)
    state.narrow(args[0], allowed._replace(blank=False) if not empty(allowed) else ONLY_ERROR)


CHOICE_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {"BLANKVALUE": _blank_value, "IFERROR": _if_error, "CASE": _case}
)
CHOICE_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {"BLANKVALUE": _blank_value_backward, "IFERROR": _if_error_backward, "CASE": _case_backward}
)
