"""What a value may still be: masks for Booleans and relations, `Domain` for everything else.

An abstract value stands for every outcome that the evaluator could give: values, blank, or an error. All of it over-approximates:
what a domain does not contain cannot happen.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final, NamedTuple

from sfoptlint.core.expr import Type, Value

TRUE: Final = 1
FALSE: Final = 2
BLANK: Final = 4
ERROR: Final = 8
"""The outcomes of a Boolean; a set of them is a mask."""
ANY: Final = TRUE | FALSE | BLANK | ERROR
UNTRUE: Final = FALSE | BLANK | ERROR

LESS: Final = 1
EQUAL: Final = 2
GREATER: Final = 4
BOTH_BLANK: Final = 8
ONE_BLANK: Final = 16
UNORDERED: Final = 32
"""How two operands stand to each other; UNORDERED are two values of different types."""
FAILED: Final = 64
DIFFERENT: Final = LESS | GREATER | UNORDERED

ORDERED: Final = frozenset({Type.NUMBER, Type.DATE, Type.DATETIME, Type.TIME})
TEXTUAL: Final = frozenset({Type.TEXT, Type.UNKNOWN})
NONE: Final[frozenset[Value]] = frozenset()
_EMPTY_TEXT: Final[frozenset[Value]] = frozenset(("",))


Bound = Value | int
"""The bound of an ordered value, or of a text's length."""


class Domain(NamedTuple):
    """What a text, a number, a date ... may be.

    `values` lists every value, or is None where they are too many to list; `without` are values it is not. `low` and
    `high` bound it, or for a text its number of characters (an `int`; numbers are decimals); `low_open` and `high_open`
    exclude the bound itself. The empty text is a value of its own: some functions tell it from blank.
    """

    blank: bool = True
    error: bool = False
    values: frozenset[Value] | None = None
    without: frozenset[Value] = NONE
    low: Bound = None
    high: Bound = None
    low_open: bool = False
    high_open: bool = False


Abstract = int | Domain
"""A mask where the value is a Boolean (or a relation), else a domain."""

ANYTHING: Final = Domain(error=True)
ANY_VALUE: Final = Domain()
FILLED: Final = Domain(blank=False, error=True, low=1)
"""Every value but blank and the empty text: an `int` bounds a text's length and nothing else."""
ONLY_BLANK: Final = Domain(values=NONE)
NOTHING: Final = Domain(blank=False, values=NONE)
ONLY_ERROR: Final = Domain(blank=False, error=True, values=NONE)


def exactly(value: Value) -> Domain:
    """Return the domain of one value."""
    if value is None:
        return ONLY_BLANK
    return Domain(blank=False, values=frozenset((value,)))


_BLANK: Final[frozenset[Value]] = frozenset((None,))


def of_values(values: Iterable[Value], *, error: bool = False) -> Domain:
    """Return the domain of some values, blank among them or not."""
    found = frozenset(values)
    filled = found - _BLANK
    return Domain(blank=len(filled) < len(found), error=error, values=filled)


def fills(domain: Domain) -> bool:
    """Whether the value may be other than blank."""
    return domain.values is None or bool(domain.values)


def may_be_blank(domain: Domain, type_: Type) -> bool:
    """Whether the value may be blank or, where its type can hold one, the empty text."""
    return domain.blank or (type_ in TEXTUAL and (domain.values is None or "" in domain.values) and _within(domain, ""))


def may_be_filled(domain: Domain) -> bool:
    """Whether the value may be other than blank and the empty text."""
    return domain.values is None or len(domain.values) > ("" in domain.values)


def filled(domain: Domain) -> Domain:
    """Return what is left when the value is neither blank nor the empty text."""
    return meet(domain, FILLED)


def blanked(domain: Domain, type_: Type) -> Domain:
    """Return what is left when the value is blank or the empty text."""
    empty_text = type_ in TEXTUAL and allows(domain, "")
    return Domain(domain.blank, domain.error, _EMPTY_TEXT if empty_text else NONE)


def empty(domain: Domain) -> bool:
    """Whether nothing is left."""
    return not domain.blank and not domain.error and domain.values is not None and not domain.values


def single(domain: Domain) -> bool:
    """Whether exactly one outcome is left, and it is no error."""
    if domain.error or domain.values is None:
        return False
    return len(domain.values) + domain.blank == 1


def meet(one: Domain, other: Domain) -> Domain:
    """Return what both allow."""
    if one is other or one == other:
        return one
    if other.values is None and other.low is None and other.high is None and not other.without:
        blank, error = one.blank and other.blank, one.error and other.error
        return one if blank == one.blank and error == one.error else one._replace(blank=blank, error=error)
    values = other.values if one.values is None else one.values
    if one.values is not None and other.values is not None:
        values = one.values & other.values
    without = one.without | other.without if other.without else one.without
    low, low_open = _tighter(one.low, one.low_open, other.low, other.low_open, upper=False)
    high, high_open = _tighter(one.high, one.high_open, other.high, other.high_open, upper=True)
    return _settled(
        Domain(one.blank and other.blank, one.error and other.error, values, without, low, high, low_open, high_open)
    )


def _settled(domain: Domain) -> Domain:
    if domain.values is not None:
        kept = frozenset(value for value in domain.values if _within(domain, value))
        return Domain(domain.blank, domain.error, kept)
    low, high = domain.low, domain.high
    if low is not None and high is not None and comparable(low, high):
        if low > high or (low == high and (domain.low_open or domain.high_open)):  # type: ignore[operator]
            return Domain(domain.blank, domain.error, NONE)
        if low == high and not isinstance(low, int):
            kept = NONE if low in domain.without else frozenset((low,))
            return Domain(domain.blank, domain.error, kept)
    return domain


def _tighter(one: Bound, one_open: bool, other: Bound, other_open: bool, *, upper: bool) -> tuple[Bound, bool]:
    if other is None or (one is not None and not comparable(one, other)):
        return one, one_open
    if one is None:
        return other, other_open
    if one == other:
        return one, one_open or other_open
    first = (one < other) is upper  # type: ignore[operator]
    return (one, one_open) if first else (other, other_open)


def comparable(one: Bound, other: Bound) -> bool:
    """Whether two bounds have an order."""
    return type(one) is type(other)


def _within(domain: Domain, value: Value) -> bool:
    if value in domain.without:
        return False
    measured = len(value) if isinstance(value, str) else value
    low, high = domain.low, domain.high
    if low is not None and comparable(low, measured) and not _above(measured, low, domain.low_open):
        return False
    return high is None or not comparable(high, measured) or _above(high, measured, domain.high_open)


def _above(more: Bound, less: Bound, open_: bool) -> bool:
    return bool(more > less) or (more == less and not open_)  # type: ignore[operator]


def ends(domain: Domain) -> tuple[Bound, Bound]:
    """Return the least and the greatest value, None where there is no bound or the values have no order among them."""
    values = domain.values
    if not values:
        return domain.low, domain.high
    kind = type(next(iter(values)))
    if kind not in _ORDERED_KINDS or any(type(value) is not kind for value in values):
        return None, None
    return min(values), max(values)  # type: ignore[type-var]


_ORDERED_KINDS: Final = frozenset({Decimal, date, datetime, time})
_KINDS: Final[Mapping[Type, type]] = {
    Type.BOOLEAN: bool,
    Type.DATE: date,
    Type.DATETIME: datetime,
    Type.NUMBER: Decimal,
    Type.TEXT: str,
    Type.TIME: time,
}


def of_type(domain: Domain, type_: Type) -> Domain:
    """Return what is left for a value of the type; UNKNOWN takes everything."""
    kind = _KINDS.get(type_)
    if kind is None or domain.values is None or all(type(value) is kind for value in domain.values):
        return domain
    return domain._replace(values=frozenset(value for value in domain.values if type(value) is kind))


def allows(domain: Domain, value: Value) -> bool:
    """Whether the domain contains the value."""
    if value is None:
        return domain.blank
    return (domain.values is None or value in domain.values) and _within(domain, value)


def join(one: Domain, other: Domain) -> Domain:
    """Return what either allows; bounds survive where both have them."""
    if one == other:
        return one
    blank, error = one.blank or other.blank, one.error or other.error
    if one.values is not None and other.values is not None and len(one.values) + len(other.values) <= _MANY:
        return Domain(blank, error, one.values | other.values)
    if not fills(one):
        return other._replace(blank=blank, error=error)
    if not fills(other):
        return one._replace(blank=blank, error=error)
    return Domain(blank, error)


_MANY: Final = 64


def within(one: Domain, other: Domain) -> bool:
    """Whether everything that the first allows is allowed by the second."""
    return one == other or meet(one, other) == _settled(one)


def outcomes(abstract: Abstract, limit: int) -> list[Value] | None:
    """Return every value, blank as None, in a fixed order; None where they are too many. Errors are left out."""
    if isinstance(abstract, int):
        listed: list[Value] = []
        if abstract & TRUE:
            listed.append(True)
        if abstract & FALSE:
            listed.append(False)
        if abstract & BLANK:
            listed.append(None)
        return listed
    if abstract.values is None or len(abstract.values) > limit:
        return None
    filled = list(abstract.values) if len(abstract.values) < 2 else sorted(abstract.values, key=order_key)
    return [*filled, None] if abstract.blank else filled


def order_key(value: Value) -> tuple[str, str]:
    """Return a key that orders values of any type the same way in every run."""
    return type(value).__name__, str(value)


def fails(abstract: Abstract) -> bool:
    """Whether an error is among the outcomes."""
    return bool(abstract & ERROR) if isinstance(abstract, int) else abstract.error


def as_mask(abstract: Abstract) -> int:
    """Read a domain as a Boolean: what is neither TRUE nor FALSE is no Boolean, which the platform's compiler refuses."""
    if isinstance(abstract, int):
        return abstract
    mask = (BLANK if abstract.blank else 0) | (ERROR if abstract.error else 0)
    if abstract.values is None:
        return mask | TRUE | FALSE
    return mask | (TRUE if True in abstract.values else 0) | (FALSE if False in abstract.values else 0)


def as_domain(abstract: Abstract) -> Domain:
    """Read a mask as a domain."""
    if isinstance(abstract, Domain):
        return abstract
    return of_values(outcomes(abstract, 3) or (), error=bool(abstract & ERROR))
