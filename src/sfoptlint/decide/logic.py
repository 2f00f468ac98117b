"""The logical operators: what their operands' masks allow them, and what their own mask says of the operands.

AND, OR and IF evaluate from left to right and only what they need, and a blank is FALSE to them; an error counts only where
it is evaluated.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Primitive
from sfoptlint.decide.domain import (
    ANY,
    BLANK,
    ERROR,
    FALSE,
    NOTHING,
    ONLY_ERROR,
    TRUE,
    Abstract,
    as_domain,
    as_mask,
    empty,
    fails,
    join,
    meet,
)
from sfoptlint.decide.state import Backward, Forward, State

_UNSET: Final = FALSE | BLANK
_RAISED: Final = ERROR | TRUE


def _and(state: State, slot: int) -> int:
    mask, domains = 0, state.domains
    for arg in state.program.args[slot]:
        known = domains[arg]
        if not isinstance(known, int):
            known = as_mask(known)
        mask |= known & ERROR
        if known & _UNSET:
            mask |= FALSE
        if not known & TRUE:
            return mask
    return mask | TRUE


def _or(state: State, slot: int) -> int:
    mask, domains = 0, state.domains
    for arg in state.program.args[slot]:
        known = domains[arg]
        if not isinstance(known, int):
            known = as_mask(known)
        mask |= known & _RAISED
        if not known & _UNSET:
            return mask
    return mask | FALSE


def _and_backward(state: State, slot: int) -> None:
    _chain(state, slot, TRUE, FALSE | BLANK, FALSE)


def _or_backward(state: State, slot: int) -> None:
    _chain(state, slot, FALSE | BLANK, TRUE, TRUE)


def _chain(state: State, slot: int, on: int, stop: int, stopped: int) -> None:
    """Narrow the operands of AND or OR: `on` goes on to the next operand, `stop` decides, as `stopped`."""
    args = state.program.args[slot]
    want = state.mask(slot)
    decides = (stop if want & stopped else 0) | (want & ERROR)
    # The first operand is evaluated, and each one after operands that surely went on.
    for arg in args:
        state.narrow(arg, on | decides)
        if state.mask(arg) & ~on:
            break
    if not want & (TRUE if stopped == FALSE else FALSE):
        _last_open(state, args, on, decides)


def _last_open(state: State, args: tuple[int, ...], on: int, decides: int) -> None:
    """Where only one operand can still decide, it does."""
    domains = state.domains
    open_ = [arg for arg in args if as_mask(domains[arg]) & ~on]
    if len(open_) == 1:
        state.narrow(open_[0], decides)
    elif not open_:
        state.narrow(args[0], decides)


def _if(state: State, slot: int) -> Abstract:
    condition, yes, no = state.program.args[slot]
    known = state.mask(condition)
    if not known & (FALSE | BLANK | ERROR):
        return state.domains[yes]
    if not known & (TRUE | ERROR):
        return state.domains[no]
    if state.program.boolean[slot]:
        mask = known & ERROR
        mask |= state.mask(yes) if known & TRUE else 0
        return mask | (state.mask(no) if known & (FALSE | BLANK) else 0)
    return _joined(state, known, yes, no)


def _joined(state: State, known: int, yes: int, no: int) -> Abstract:
    result = ONLY_ERROR if known & ERROR else NOTHING
    if known & TRUE:
        result = join(result, state.domain(yes))
    return join(result, state.domain(no)) if known & (FALSE | BLANK) else result


def _if_backward(state: State, slot: int) -> None:
    condition, yes, no = state.program.args[slot]
    want = state.domains[slot]
    if not fails(want):
        state.clear_error(condition)
    known = state.mask(condition)
    if known & TRUE and not _meets(state, yes, want):
        state.narrow(condition, ANY & ~TRUE)
    if known & (FALSE | BLANK) and not _meets(state, no, want):
        state.narrow(condition, TRUE | ERROR)
    known = state.mask(condition)
    if known == TRUE:
        state.narrow(yes, want)
    elif not known & (TRUE | ERROR):
        state.narrow(no, want)


def _meets(state: State, slot: int, want: Abstract) -> bool:
    known = state.domains[slot]
    if isinstance(known, int):
        return bool(known & as_mask(want))
    return not empty(meet(known, as_domain(want)))


LOGIC_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {Primitive.AND: _and, Primitive.OR: _or, Primitive.IF: _if}
)
"""What the operands allow, by operator."""
LOGIC_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {Primitive.AND: _and_backward, Primitive.OR: _or_backward, Primitive.IF: _if_backward}
)
"""What the result says of the operands, by operator."""
