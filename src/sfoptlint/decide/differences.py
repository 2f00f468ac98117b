"""Chains of comparisons: `Start < End`, `End < TODAY() - 30` and `TODAY() < Start` cannot hold together.

Each ordering between sums of one value and a number is a bound on a difference; they contradict each other exactly where
going round them gains something.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.domain import (
    BOTH_BLANK,
    EQUAL,
    FAILED,
    GREATER,
    LESS,
    ONE_BLANK,
    UNORDERED,
    Bound,
    Domain,
    ends,
)
from sfoptlint.decide.program import RELATION
from sfoptlint.decide.state import State

_Gain = tuple[Decimal, int]
"""A bound on a difference, and how often it is strict, negated: smaller is tighter."""
_Edge = tuple[int, int, _Gain]
_NO_ORDER: Final = BOTH_BLANK | ONE_BLANK | UNORDERED | FAILED
_APART: Final = GREATER | LESS
_ORIGIN: Final = -1
_DEEPEST: Final = 20
_SECONDS: Final = Decimal(86_400)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def contradict(state: State) -> bool:
    """Whether the orderings that are settled contradict each other; found out once for what they rest on."""
    domains, ordered = state.domains, state.rules.ordered
    known = {
        slot: tuple([domains[rested] for rested in below])
        for slot, below in ordered.items()
        if _is_settled(state, slot)
    }
    if known == state.agreed or not _contradict(state, known):
        state.agreed = known
        return False
    return True


def _is_settled(state: State, slot: int) -> bool:
    """Whether a comparison has one of its outcomes, or a difference of two days a value, that bounds its operands."""
    known = state.domains[slot]
    if isinstance(known, int):
        return not known & _NO_ORDER and known & _APART != _APART
    args = state.program.args[slot]
    return len(args) == 2 and not known.blank and not known.error and state.type(args[0]) is Type.DATE


def _contradict(state: State, settled: Iterable[int]) -> bool:
    by_type: dict[Type, list[_Edge]] = {}
    for slot in settled:
        type_ = state.type(state.program.args[slot][0])
        edges = _edges if state.program.ops[slot] == RELATION else _subtracted
        by_type.setdefault(type_, []).extend(edges(state, slot, type_))
    if Type.DATETIME in by_type and Type.DATE in by_type:
        by_type[Type.DATE].extend(_days(state, by_type[Type.DATETIME]))
    return any(edges and _gains(state, edges) for edges in by_type.values())


def _edges(state: State, slot: int, type_: Type) -> Iterator[_Edge]:
    left, right = state.program.args[slot]
    known = state.mask(slot)
    one, other = _term(state, left), _term(state, right)
    strict = 0 if known & EQUAL else 1
    if not known & GREATER:
        yield _edge(one, other, strict, type_)
    if not known & LESS:
        yield _edge(other, one, strict, type_)


def _subtracted(state: State, slot: int, _: Type) -> Iterator[_Edge]:
    """Yield the bounds of a difference of two days."""
    one, other = (_term(state, arg) for arg in state.program.args[slot])
    low, high = _bounds_of(state.domain(slot))
    if high is not None:
        yield one[0], other[0], (high.to_integral_value(ROUND_FLOOR) + other[1] - one[1], 0)
    if low is not None:
        yield other[0], one[0], (one[1] - other[1] - low.to_integral_value(ROUND_CEILING), 0)


def _bounds_of(known: Domain) -> tuple[Decimal | None, Decimal | None]:
    if known.values:
        least, greatest = ends(known)
        return _number(least), _number(greatest)
    low, high = _number(known.low), _number(known.high)
    # Days are whole: a bound that is excluded ends at the day beside it.
    if low is not None and known.low_open and low == low.to_integral_value():
        low += 1
    if high is not None and known.high_open and high == high.to_integral_value():
        high -= 1
    return low, high


def _days(state: State, moments: list[_Edge]) -> Iterator[_Edge]:
    """Yield that the days of two moments are in the order of the moments."""
    for less, more, (bound, _) in moments:
        if bound <= 0 and _ORIGIN not in (less, more):
            for day in _day_slots(state, less):
                yield from ((day, other, (Decimal(0), 0)) for other in _day_slots(state, more))


def _day_slots(state: State, moment: int) -> list[int]:
    return [user for user in state.program.users[moment] if state.program.ops[user] in ("DATEVALUE", "TODAY")]


def _edge(less: tuple[int, Decimal], more: tuple[int, Decimal], strict: int, type_: Type) -> _Edge:
    bound = more[1] - less[1]
    if type_ is Type.DATE:
        return less[0], more[0], (bound - strict, 0)
    return less[0], more[0], (bound, -strict)


def _term(state: State, slot: int) -> tuple[int, Decimal]:
    """Return the slot as a base and what is added to it; a literal is added to the origin."""
    total = Decimal(0)
    for _ in range(_DEEPEST):
        number = _number(_literal(state, slot))
        if number is not None:
            return _ORIGIN, total + number
        args = state.program.args[slot]
        op = state.program.ops[slot]
        if op not in ("+", "-") or len(args) != 2:
            break
        by = _literal(state, args[1])
        whole = isinstance(by, Decimal) and (by == by.to_integral_value() or state.type(slot) is Type.NUMBER)
        if not isinstance(by, Decimal) or not whole or state.type(args[0]) is not state.type(slot):
            break
        total += by if op == "+" else -by
        slot = args[0]
    return slot, total


def _literal(state: State, slot: int) -> Value:
    domain = state.domain(slot)
    if domain.values is None or len(domain.values) != 1 or domain.blank or domain.error:
        return None
    (value,) = domain.values
    return value


def _number(value: Bound) -> Decimal | None:
    match value:
        case Decimal():
            return value
        case datetime():
            since = value - _EPOCH
            return Decimal(since.days) + Decimal(since.seconds) / _SECONDS
        case date():
            return Decimal(value.toordinal())
        case _:
            return None


def _gains(state: State, edges: list[_Edge]) -> bool:
    """Whether some way round the edges is negative (Bellman and Ford's shortest paths)."""
    nodes = dict.fromkeys(node for edge in edges for node in edge[:2])
    edges = [*edges, *_bounds(state, nodes)]
    reach: dict[int, _Gain] = dict.fromkeys((*nodes, _ORIGIN), (Decimal(0), 0))
    for _ in range(len(reach)):
        shorter = False
        for less, more, (bound, strict) in edges:
            distance, stricts = reach[more]
            candidate = (distance + bound, stricts + strict)
            if candidate < reach[less]:
                reach[less] = candidate
                shorter = True
        if not shorter:
            return False
    return True


def _bounds(state: State, nodes: dict[int, None]) -> Iterator[_Edge]:
    for node in nodes:
        if node == _ORIGIN:
            continue
        domain = state.domain(node)
        low, high = _number(domain.low), _number(domain.high)
        if high is not None:
            yield node, _ORIGIN, (high, -1 if domain.high_open else 0)
        if low is not None:
            yield _ORIGIN, node, (-low, -1 if domain.low_open else 0)
