"""How two values stand to each other, from what each may be, and back.

A relation narrows both sides: `F = 'a'` leaves F one value, `F < TODAY()` bounds it, `F <> G` takes one value away.
"""

from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.domain import (
    BOTH_BLANK,
    DIFFERENT,
    EQUAL,
    FAILED,
    FILLED,
    GREATER,
    LESS,
    ONE_BLANK,
    ORDERED,
    TEXTUAL,
    UNORDERED,
    Bound,
    Domain,
    allows,
    blanked,
    comparable,
    ends,
    filled,
    may_be_blank,
    may_be_filled,
    meet,
    of_type,
)
from sfoptlint.decide.state import State
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.operators import order
from sfoptlint.evaluate.primitives import same

_FEW = 24


def relation(state: State, slot: int) -> int:
    """Return how the two operands may stand to each other."""
    left, right = state.program.args[slot]
    literal = state.program.constants.get(right)
    if literal and state.program.types[left] is Type.TEXT and isinstance(literal, str):
        return _to_literal(state.domain(left), literal)
    one, other = state.domain(left), state.domain(right)
    mask = FAILED if one.error or other.error else 0
    one_blank, other_blank = may_be_blank(one, state.type(left)), may_be_blank(other, state.type(right))
    one_filled, other_filled = may_be_filled(one), may_be_filled(other)
    if one_blank and other_blank:
        mask |= BOTH_BLANK
    if left == right:
        return mask | (EQUAL if one_filled else 0)
    if (one_blank and other_filled) or (other_blank and one_filled):
        mask |= ONE_BLANK
    if one_filled and other_filled:
        mask |= _values(one, other, state.type(left), state.type(right))
    return mask


def _to_literal(known: Domain, literal: str) -> int:
    """Return how a text may stand to a literal that is not blank, the most frequent comparison of all."""
    mask = FAILED if known.error else 0
    if may_be_blank(known, Type.TEXT):
        mask |= ONE_BLANK
    if known.values is None:
        return mask | LESS | GREATER | (EQUAL if allows(known, literal) else 0)
    for value in known.values:
        if value != "":
            mask |= compare(value, literal)
    return mask


def _values(one: Domain, other: Domain, one_type: Type, other_type: Type) -> int:
    if one.values is not None and other.values is not None and len(one.values) * len(other.values) <= _FEW:
        mask = 0
        for value in one.values:
            for another in other.values:
                if value != "" and another != "":
                    mask |= compare(value, another)
        return mask
    equal = EQUAL if _overlap(one, other) else 0
    if one_type is not other_type or one_type not in ORDERED:
        unordered = UNORDERED if one_type is not other_type or one_type is Type.UNKNOWN else 0
        return equal | LESS | GREATER | unordered
    mask = equal
    if _below(_lowest(one), _highest(other)):
        mask |= LESS
    if _below(_lowest(other), _highest(one)):
        mask |= GREATER
    return mask


def compare(value: Value, another: Value) -> int:
    """Return how two values that are not blank stand to each other."""
    if same(value, another):
        return EQUAL
    if not comparable(value, another):
        return UNORDERED
    try:
        return LESS if order(value, another) < 0 else GREATER
    except FormulaError:
        # Booleans and places have no order, and no formula asks for one: what counts is that they differ.
        return LESS


_End = tuple[Bound, bool]


def _lowest(domain: Domain) -> _End:
    return ends(domain)[0], domain.low_open and domain.values is None


def _highest(domain: Domain) -> _End:
    return ends(domain)[1], domain.high_open and domain.values is None


def _below(low: _End, high: _End) -> bool:
    """Whether a value above the one bound may be less than one below the other."""
    if low[0] is None or high[0] is None or not comparable(low[0], high[0]):
        return True
    return low[0] < high[0]  # type: ignore[operator]


def _overlap(one: Domain, other: Domain) -> bool:
    if one.values is None and other.values is None:
        return may_be_filled(meet(one, other))
    if one.values is None:
        one, other = other, one
    assert one.values is not None
    return any(value != "" and allows(other, value) for value in one.values)


def relation_backward(state: State, slot: int) -> None:
    """Narrow both operands to what the relation leaves."""
    left, right = state.program.args[slot]
    want = state.mask(slot)
    if not want & FAILED:
        state.clear_error(left)
        state.clear_error(right)
    if not want & ~FAILED:
        return
    if left == right:
        _same_operand(state, left, want)
        return
    literal = state.program.constants.get(right)
    if literal and state.type(left) is Type.TEXT and not want & FAILED:
        _beside_literal(state, left, state.domain(right), want)
        return
    if not want & FAILED:
        _blanks(state, left, right, want)
        _blanks(state, right, left, want)
        if not want & (DIFFERENT | ONE_BLANK):
            _equal(state, left, right)
        elif not want & EQUAL:
            _apart(state, left, right)
            _apart(state, right, left)
    if not want & (GREATER | UNORDERED | FAILED):
        _ordered(state, left, right, want)
    if not want & (LESS | UNORDERED | FAILED):
        _ordered(state, right, left, want)


def _beside_literal(state: State, slot: int, literal: Domain, want: int) -> None:
    """Narrow a text that is compared with a literal, the most frequent comparison of all."""
    if not want & (DIFFERENT | ONE_BLANK):
        state.narrow(slot, of_type(literal, Type.TEXT))
    elif not want & (DIFFERENT | EQUAL):
        state.narrow(slot, blanked(state.domain(slot), Type.TEXT))
    else:
        known = state.domain(slot)
        if not want & EQUAL and literal.values is not None and not literal.values <= known.without:
            state.narrow(slot, Domain(error=True, without=literal.values))
        if not want & ONE_BLANK and may_be_blank(known, Type.TEXT):
            state.narrow(slot, FILLED)


def _same_operand(state: State, slot: int, want: int) -> None:
    if not want & (BOTH_BLANK | FAILED):
        state.narrow(slot, filled(state.domain(slot)))
    elif not want & (EQUAL | FAILED):
        state.narrow(slot, blanked(state.domain(slot), state.type(slot)))


def _blanks(state: State, slot: int, other: int, want: int) -> None:
    """Say of one operand whether it is blank, where the other one or the relation decides it."""
    domain, other_domain = state.domain(slot), state.domain(other)
    other_blank, other_filled = may_be_blank(other_domain, state.type(other)), may_be_filled(other_domain)
    may_blank = bool((want & BOTH_BLANK and other_blank) or (want & ONE_BLANK and other_filled))
    may_fill = bool((want & (EQUAL | DIFFERENT) and other_filled) or (want & ONE_BLANK and other_blank))
    if not may_blank:
        if may_be_blank(domain, state.type(slot)):
            state.narrow(slot, filled(domain))
    elif not may_fill and may_be_filled(domain):
        state.narrow(slot, blanked(domain, state.type(slot)))


def _equal(state: State, left: int, right: int) -> None:
    # Blank equals the empty text, so that blankness is not copied where a text is among them.
    for slot, other in ((left, right), (right, left)):
        domain = state.domain(other)
        if state.type(slot) in TEXTUAL or state.type(other) in TEXTUAL:
            values = None if domain.values is None else domain.values | {""}
            low = domain.low if not may_be_blank(domain, Type.TEXT) else None
            domain = domain._replace(
                blank=may_be_blank(domain, Type.TEXT), values=values, low=low, without=domain.without - {""}
            )
            if not domain.blank:
                domain = filled(domain)
        state.narrow(slot, of_type(domain, state.type(slot)))


def _apart(state: State, slot: int, other: int) -> None:
    """Take the other operand's one value away."""
    domain = state.domain(other)
    if domain.values is None or len(domain.values) != 1 or domain.blank:
        return
    (value,) = domain.values
    known = state.domain(slot)
    if value != "" and allows(known, value):
        state.narrow(slot, Domain(error=True, without=frozenset((value,))))


def _ordered(state: State, less: int, more: int, want: int) -> None:
    """Bound both operands where the first is less than the second, or perhaps equal; blanks on the other side free one."""
    if state.type(less) is not state.type(more) or state.type(less) not in ORDERED:
        return
    open_ = not want & EQUAL
    one, other = state.domain(less), state.domain(more)
    if not (want & ONE_BLANK and other.blank):
        high, high_open = _highest(other) if may_be_filled(other) else (None, False)
        state.narrow(less, Domain(error=True, high=high, high_open=high is not None and (high_open or open_)))
    if not (want & ONE_BLANK and one.blank):
        low, low_open = _lowest(one) if may_be_filled(one) else (None, False)
        state.narrow(more, Domain(error=True, low=low, low_open=low is not None and (low_open or open_)))
