"""Every operator's rules in one place: forwards from operands to result, backwards from result to operands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.decide.arithmetic import ARITHMETIC_BACKWARD, ARITHMETIC_FORWARD
from sfoptlint.decide.choices import CHOICE_BACKWARD, CHOICE_FORWARD
from sfoptlint.decide.clock import CLOCK_BACKWARD, CLOCK_FORWARD
from sfoptlint.decide.domain import Abstract
from sfoptlint.decide.logic import LOGIC_BACKWARD, LOGIC_FORWARD
from sfoptlint.decide.program import CLOCK, CONST, RELATION, VARIABLE, anything, constant
from sfoptlint.decide.ranges import RANGE_FORWARD
from sfoptlint.decide.relation import relation, relation_backward
from sfoptlint.decide.state import Backward, Forward, State
from sfoptlint.decide.strict import backward, default, forward
from sfoptlint.decide.tables import TABLE_BACKWARD, TABLE_FORWARD
from sfoptlint.decide.texts import TEXT_BACKWARD, TEXT_FORWARD

_STRICT_FORWARD: Final[Mapping[str, Forward]] = {**ARITHMETIC_FORWARD, **RANGE_FORWARD, **CLOCK_FORWARD, **TEXT_FORWARD}
_STRICT_BACKWARD: Final[Mapping[str, Backward]] = {**ARITHMETIC_BACKWARD, **CLOCK_BACKWARD, **TEXT_BACKWARD}


def _constant(state: State, slot: int) -> Abstract:
    return constant(state.program, slot)


def _open(state: State, slot: int) -> Abstract:
    return anything(state.program, slot)


def _nothing(state: State, slot: int) -> None:
    """A leaf says nothing of others."""


FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {
        "": forward(default),
        CONST: _constant,
        VARIABLE: _open,
        CLOCK: _open,
        RELATION: relation,
        **TABLE_FORWARD,
        **LOGIC_FORWARD,
        **{op: forward(rule) for op, rule in _STRICT_FORWARD.items()},
        **{op: forward(rule) if op == "CASE" else rule for op, rule in CHOICE_FORWARD.items()},
    }
)
"""Operator to rule; the empty name is every other operator's."""

BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {
        "": backward(None),
        CONST: _nothing,
        VARIABLE: _nothing,
        CLOCK: _nothing,
        RELATION: relation_backward,
        **TABLE_BACKWARD,
        **LOGIC_BACKWARD,
        **{op: backward(_STRICT_BACKWARD.get(op)) for op in _STRICT_FORWARD},
        **CHOICE_BACKWARD,
    }
)
"""Operator to rule, as in `FORWARD`."""
