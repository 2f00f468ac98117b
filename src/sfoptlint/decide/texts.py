"""Text functions by what they make of lengths and blanks."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Primitive, Type
from sfoptlint.decide.domain import BLANK, ERROR, FALSE, TRUE, Domain, blanked, filled, may_be_blank, may_be_filled
from sfoptlint.decide.program import FOLDED
from sfoptlint.decide.state import Backward, Forward, State
from sfoptlint.evaluate.errors import FormulaError


def _shortest(known: Domain) -> int:
    if known.blank:
        return 0
    if known.values:
        return min(len(value) if isinstance(value, str) else 0 for value in known.values)
    return known.low + known.low_open if isinstance(known.low, int) else 0


def _longest(known: Domain) -> int | None:
    if known.values is not None:
        return max((len(value) for value in known.values if isinstance(value, str)), default=0)
    return known.high - known.high_open if isinstance(known.high, int) else None


def _length(state: State, slot: int) -> Domain:
    known = state.domain(state.program.args[slot][0])
    longest = _longest(known)
    high = None if longest is None else Decimal(longest)
    return Domain(False, known.error, low=Decimal(_shortest(known)), high=high)


def _length_backward(state: State, slot: int) -> None:
    (arg,) = state.program.args[slot]
    want, known = state.domain(slot), state.domain(arg)
    if want.error or state.type(arg) is not Type.TEXT:
        return
    low, high = _bound(want, least=True), _bound(want, least=False)
    if low is not None and low > 0:
        known = filled(known)
    state.narrow(arg, Domain(known.blank, known.error, low=low, high=high))


def _bound(want: Domain, *, least: bool) -> int | None:
    """Return the smallest or greatest whole number that a domain of numbers allows."""
    if want.values:
        numbers = [value for value in want.values if isinstance(value, Decimal)]
        if len(numbers) < len(want.values):
            return None
        return int(min(numbers) if least else max(numbers))
    bound, open_ = (want.low, want.low_open) if least else (want.high, want.high_open)
    if not isinstance(bound, Decimal):
        return None
    if least:
        whole = int(bound.to_integral_value("ROUND_CEILING"))
        return max(0, whole + (open_ and whole == bound))
    whole = int(bound.to_integral_value("ROUND_FLOOR"))
    return whole - (open_ and whole == bound)


def _joined(state: State, slot: int) -> Domain:
    left, right = (state.domain(arg) for arg in state.program.args[slot])
    one, other = _longest(left), _longest(right)
    high = None if one is None or other is None else one + other
    return Domain(False, left.error or right.error, low=_shortest(left) + _shortest(right), high=high)


def _kept(state: State, slot: int) -> Domain:
    """UPPER, LOWER and their like: no longer blank than the text is, and short of nothing."""
    args = [state.domain(arg) for arg in state.program.args[slot]]
    return Domain(any(arg.blank for arg in args), any(arg.error for arg in args), low=min(1, _shortest(args[0])))


def _cut(state: State, slot: int) -> Domain:
    """LEFT, RIGHT and MID: at most so many characters, perhaps none."""
    args = [state.domain(arg) for arg in state.program.args[slot]]
    count = args[-1]
    high = _bound(count, least=False)
    return Domain(
        any(arg.blank for arg in args), any(arg.error for arg in args), high=None if high is None else max(0, high)
    )


def _written(state: State, slot: int) -> Domain:
    """TEXT: blank only where the value is, and never the empty text."""
    known = state.domain(state.program.args[slot][0])
    return Domain(known.blank, known.error, low=1)


def _search(state: State, slot: int) -> int:
    """CONTAINS, BEGINS and the primitives: whether a part is found; the formula functions are blank for a blank text."""
    text, part = (state.domain(arg) for arg in state.program.args[slot])
    mask = ERROR if text.error or part.error else 0
    formula = state.program.ops[slot] in _FORMULA_SEARCHES
    if _longest(part) == 0:
        return mask | TRUE
    longest, shortest = _longest(text), _shortest(part)
    mask |= TRUE if longest is None or longest >= shortest else 0
    if formula and text.blank and (shortest == 0 or _longest(part) != 0):
        mask |= BLANK
    return mask | FALSE


def _search_backward(state: State, slot: int) -> None:
    text, part = state.program.args[slot]
    want = state.mask(slot)
    shortest = _shortest(state.domain(part))
    if want & ERROR or shortest == 0 or state.type(text) is not Type.TEXT:
        return
    known = state.domain(text)
    if not want & (FALSE | BLANK):
        state.narrow(text, filled(known)._replace(low=shortest))
    elif not want & BLANK and known.blank and state.program.ops[slot] in _FORMULA_SEARCHES:
        state.narrow(text, known._replace(blank=False))


def _one_of(state: State, slot: int) -> int:
    values, value = (state.domain(arg) for arg in state.program.args[slot])
    mask = ERROR if values.error or value.error else 0
    longest = _longest(values)
    if longest is None or longest >= _shortest(value):
        mask |= TRUE
    return mask | FALSE


def _regex(state: State, slot: int) -> int:
    """REGEX: an error only where the pattern is none that can be matched."""
    text, pattern = (state.domain(arg) for arg in state.program.args[slot])
    if text.error or pattern.error or pattern.values is None or len(pattern.values) != 1 or pattern.blank:
        return TRUE | FALSE | ERROR
    (written,) = pattern.values
    broken = isinstance(state.exact.apply(slot, ("", written)), FormulaError)
    return TRUE | FALSE | (ERROR if broken else 0)


def _counts(state: State, slot: int) -> Domain:
    return Domain(False, any(state.domain(arg).error for arg in state.program.args[slot]), low=Decimal(0))


def _blank_test(state: State, slot: int) -> int:
    (arg,) = state.program.args[slot]
    known = state.domains[arg]
    if isinstance(known, int):
        return (TRUE if known & BLANK else 0) | (FALSE if known & (TRUE | FALSE) else 0) | (known & ERROR)
    mask = ERROR if known.error else 0
    mask |= TRUE if may_be_blank(known, state.type(arg)) else 0
    return mask | (FALSE if known.values is None or len(known.values) > ("" in known.values) else 0)


def _blank_test_backward(state: State, slot: int) -> None:
    (arg,) = state.program.args[slot]
    known, want = state.domains[arg], state.mask(slot)
    if isinstance(known, int):
        allowed = (BLANK if want & TRUE else 0) | (TRUE | FALSE if want & FALSE else 0) | (want & ERROR)
        state.narrow(arg, allowed)
        return
    if not want & ERROR:
        state.clear_error(arg)
        known = state.domain(arg)
    if not want & TRUE:
        state.narrow(arg, filled(known))
    elif not want & FALSE:
        state.narrow(arg, blanked(known, state.type(arg)))


def _folded_backward(state: State, slot: int) -> None:
    (arg,) = state.program.args[slot]
    want = state.domain(slot)
    if not may_be_blank(want, Type.TEXT):
        state.narrow(arg, filled(state.domain(arg)))
    elif not may_be_filled(want):
        state.narrow(arg, blanked(state.domain(arg), state.type(arg)))


_FORMULA_SEARCHES: Final = frozenset({"CONTAINS", "BEGINS"})
_SEARCHES: Final = ("CONTAINS", "BEGINS", Primitive.HAS, Primitive.STARTS, Primitive.ENDS)
_CUTS: Final = ("LEFT", "RIGHT", "MID")
_KEEPS: Final = (FOLDED, "UPPER", "LOWER", "INITCAP", "REVERSE", "CASESAFEID", "HTMLENCODE")

TEXT_FORWARD: Final[Mapping[str, Forward]] = MappingProxyType(
    {
        "LEN": _length,
        "&": _joined,
        "TEXT": _written,
        "REGEX": _regex,
        "FIND": _counts,
        "PICKLISTCOUNT": _counts,
        Primitive.BLANK: _blank_test,
        Primitive.ONE_OF: _one_of,
        **dict.fromkeys(_SEARCHES, _search),
        **dict.fromkeys(_CUTS, _cut),
        **dict.fromkeys(_KEEPS, _kept),
    }
)
TEXT_BACKWARD: Final[Mapping[str, Backward]] = MappingProxyType(
    {
        "LEN": _length_backward,
        FOLDED: _folded_backward,
        Primitive.BLANK: _blank_test_backward,
        **dict.fromkeys(_SEARCHES, _search_backward),
    }
)
