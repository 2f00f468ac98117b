"""Operators of one operand that is a mask: negations, and the comparisons over how two values stand to each other."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Primitive
from sfoptlint.decide.domain import (
    BLANK,
    BOTH_BLANK,
    EQUAL,
    ERROR,
    FAILED,
    FALSE,
    GREATER,
    LESS,
    ONE_BLANK,
    TRUE,
    UNORDERED,
    as_mask,
)
from sfoptlint.decide.state import Backward, Forward, State

RELATION_BITS: Final = (LESS, EQUAL, GREATER, BOTH_BLANK, ONE_BLANK, UNORDERED, FAILED)


def _table(*results: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Return an operator of one masked operand as two tables: by its mask forwards, by its result backwards."""
    size = 2 * max(bit for bit, _ in results)
    forward = [0] * size
    for mask in range(size):
        for bit, result in results:
            if mask & bit:
                forward[mask] |= result
    backward = [sum(bit for bit, result in results if result & want) for want in range(16)]
    return forward, backward


def _compare(*results: int) -> tuple[list[int], list[int]]:
    """Return a comparison by what it makes of less, equal, greater, two blanks, one blank, and values without an order."""
    return _table(*zip(RELATION_BITS, (*results, ERROR), strict=True))


_T, _F, _N = TRUE, FALSE, BLANK
_ANY = TRUE | FALSE | BLANK
TABLES: Final = MappingProxyType(
    {
        Primitive.NOT: _table((TRUE, FALSE), (FALSE, TRUE), (BLANK, TRUE), (ERROR, ERROR)),
        "NOT": _table((TRUE, FALSE), (FALSE, TRUE), (BLANK, BLANK), (ERROR, ERROR)),
        Primitive.TRUTH: _table((TRUE, TRUE), (FALSE, FALSE), (BLANK, FALSE), (ERROR, ERROR)),
        "same?": _compare(_F, _T, _F, _T, _F, _F),
        "less?": _compare(_T, _F, _F, _F, _F, _F),
        "less_equal?": _compare(_T, _T, _F, _F, _F, _F),
        "greater?": _compare(_F, _F, _T, _F, _F, _F),
        "greater_equal?": _compare(_F, _T, _T, _F, _F, _F),
        "=?": _compare(_F, _T, _F, _N, _N, ERROR),
        "<>?": _compare(_T, _F, _T, _N, _N, ERROR),
        "<?": _compare(_T, _F, _F, _N, _N, ERROR),
        "<=?": _compare(_T, _T, _F, _N, _N, ERROR),
        ">?": _compare(_F, _F, _T, _N, _N, ERROR),
        ">=?": _compare(_F, _T, _T, _N, _N, ERROR),
        # The platform's compiler has seen to it that both sides are of one type, where nothing here says which.
        "open=?": _compare(_F, _T, _F, _N, _N, _F),
        "open<>?": _compare(_T, _F, _T, _N, _N, _T),
        "open<?": _compare(_T, _F, _F, _ANY, _ANY, _F),
        "open<=?": _compare(_T, _T, _F, _ANY, _ANY, _F),
        "open>?": _compare(_F, _F, _T, _ANY, _ANY, _F),
        "open>=?": _compare(_F, _T, _T, _ANY, _ANY, _F),
        # The empty text has an order among texts where blank has none, and the relation does not tell them apart.
        "text<?": _compare(_T, _F, _F, _ANY, _ANY, ERROR),
        "text<=?": _compare(_T, _T, _F, _ANY, _ANY, ERROR),
        "text>?": _compare(_F, _F, _T, _ANY, _ANY, ERROR),
        "text>=?": _compare(_F, _T, _T, _ANY, _ANY, ERROR),
    }
)


def _forward(table: list[int]) -> Forward:
    def compute(state: State, slot: int) -> int:
        known = state.domains[state.program.args[slot][0]]
        return table[known if isinstance(known, int) else as_mask(known)]

    return compute


def _backward(table: list[int]) -> Backward:
    def narrow(state: State, slot: int) -> None:
        state.narrow(state.program.args[slot][0], table[state.mask(slot)])

    return narrow


TABLE_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {op: _forward(table) for op, (table, _) in TABLES.items()}
)
TABLE_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {op: _backward(table) for op, (_, table) in TABLES.items()}
)
