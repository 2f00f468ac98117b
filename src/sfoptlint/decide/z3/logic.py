"""Logic, comparisons and choices: what is evaluated, blanks and errors as the evaluator has them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sfoptlint.core.expr import Primitive, Type
from sfoptlint.decide.z3.terms import Term, Terms

Rule = Callable[[Terms, int, tuple[int, ...]], Term | None]
"""Encodes the operator of a slot; None where it does not."""
_ORDERED: Final = (Type.NUMBER, Type.DATE, Type.DATETIME, Type.TIME)


def boolean(terms: Terms, slot: int) -> Term:
    """Return a slot read as a Boolean; what is none is refused by the platform's compiler."""
    z3, term = terms.z3, terms[slot]
    if terms.kind(slot) is Type.BOOLEAN:
        return term
    value = z3.And(terms.as_kind(slot, Type.BOOLEAN), z3.Not(term.blank), z3.Not(term.error))
    return term._replace(value=value)


def _chain(*, stop: bool) -> Rule:
    def rule(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
        z3 = terms.z3
        true, error = z3.BoolVal(not stop), terms.false
        for term in [boolean(terms, arg) for arg in reversed(args)]:
            goes_on = z3.Not(z3.Or(term.value, term.error)) if stop else term.value
            true = z3.Or(term.value, z3.And(goes_on, true)) if stop else z3.And(goes_on, true)
            error = z3.Or(term.error, z3.And(goes_on, error))
        return Term(true, terms.false, error)

    return rule


def _if(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    condition = boolean(terms, args[0])
    return choice(terms, slot, condition, args[1], args[2])


def choice(terms: Terms, slot: int, condition: Term, yes: int, no: int) -> Term:
    """Return one of two slots by a condition, whose error is the result's."""
    z3 = terms.z3
    one, other = _branch(terms, slot, yes), _branch(terms, slot, no)
    value = z3.If(condition.value, one.value, other.value)
    went = z3.Not(condition.error)
    blank = z3.And(went, z3.If(condition.value, one.blank, other.blank))
    error = z3.Or(condition.error, z3.If(condition.value, one.error, other.error))
    return Term(z3.And(went, value) if z3.is_bool(value) else value, blank, error)


def _branch(terms: Terms, slot: int, arg: int) -> Term:
    kind = terms.kind(slot)
    return boolean(terms, arg) if kind is Type.BOOLEAN else terms[arg]._replace(value=terms.as_kind(arg, kind))


def _not(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    z3, term = terms.z3, boolean(terms, args[0])
    return Term(z3.Not(z3.Or(term.value, term.error)), terms.false, term.error)


def _negated(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    term = boolean(terms, args[0])
    return term._replace(value=terms.z3.Not(terms.z3.Or(term.value, term.error, term.blank)))


def _truth(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    return boolean(terms, args[0])._replace(blank=terms.false)


def _blank(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    return terms.total(args, terms.empty(args[0]))


def _equal(terms: Terms, left: int, right: int) -> Any:
    """Return that two values, neither of them blank, are equal; those of two types are not."""
    kind, other = terms.kind(left), terms.kind(right)
    if kind is other:
        return terms[left].value == terms[right].value
    if Type.UNKNOWN in (kind, other):
        return terms.as_kind(left, Type.UNKNOWN) == terms.as_kind(right, Type.UNKNOWN)
    return terms.false


def _same(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    z3 = terms.z3
    one, other = terms.empty(args[0]), terms.empty(args[1])
    return terms.total(args, z3.Or(z3.And(one, other), z3.And(z3.Not(z3.Or(one, other)), _equal(terms, *args))))


def _equality(*, negated: bool) -> Rule:
    def rule(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
        equal = _equal(terms, *args)
        for one, other in (args, args[::-1]):
            terms.wish_kind(one, terms.kind(other))
        return terms.strict(args, terms.z3.Not(equal) if negated else equal)

    return rule


def _less(terms: Terms, left: int, right: int, *, utf16: bool) -> Any:
    """Return that the first value is strictly less; some answer where the types differ, which the compiler refuses."""
    z3, kind, other = terms.z3, terms.kind(left), terms.kind(right)
    kinds = [each for each in (kind, other) if each is not Type.UNKNOWN]
    if not kinds or kinds[0] is not kinds[-1]:
        return terms.some(z3.BoolSort())
    one, another = (terms.as_kind(arg, kinds[0]) for arg in (left, right))
    if kinds[0] in _ORDERED:
        return one < another
    less = terms.some(z3.BoolSort())
    if kinds[0] is Type.TEXT:
        plain = z3.Star(z3.Range(z3.StringVal("\\u{0}"), z3.StringVal("\\u{d7ff}")))
        known = z3.And(z3.InRe(one, plain), z3.InRe(another, plain)) if utf16 else z3.BoolVal(True)
        terms.fact(z3.Implies(known, less == (one < another)), z3.Implies(less, one != another))
    return less


def _order(*, turned: bool, negated: bool) -> Rule:
    """The orders of the formula language: blank as soon as an operand is."""

    def rule(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
        left, right = reversed(args) if turned else args
        less = _less(terms, left, right, utf16=True)
        return terms.strict(args, terms.z3.Not(less) if negated else less)

    return rule


def _primitive_order(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3 = terms.z3
    filled = z3.Not(z3.Or(*map(terms.empty, args)))
    less = _less(terms, *args, utf16=False)
    if terms.program.ops[slot].startswith(Primitive.LESS_EQUAL):
        less = z3.Or(less, _equal(terms, *args))
    if Type.UNKNOWN in map(terms.kind, args):
        less = z3.And(less, terms.some(z3.BoolSort()))
    return terms.total(args, z3.And(filled, less))


def _blank_value(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3 = terms.z3
    failed = terms.failed(args)
    condition = Term(z3.And(z3.Not(terms.empty(args[0])), z3.Not(failed)), terms.false, failed)
    return choice(terms, slot, condition, *args)


def _if_error(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    condition = Term(terms.z3.Not(terms[args[0]].error), terms.false, terms.false)
    return choice(terms, slot, condition, *args)


def _matches(terms: Terms, left: int, right: int) -> Any:
    z3 = terms.z3
    return z3.And(z3.Not(terms[left].blank), z3.Not(terms[right].blank), _equal(terms, left, right))


def _case(terms: Terms, slot: int, args: tuple[int, ...]) -> Term:
    z3 = terms.z3
    found = _branch(terms, slot, args[-1])
    for key, result in reversed(list(zip(args[1:-1:2], args[2:-1:2], strict=True))):
        hit, branch = _matches(terms, args[0], key), _branch(terms, slot, result)
        found = Term(*[z3.If(hit, one, other) for one, other in zip(branch, found, strict=True)])
    failed = terms.failed(args)
    value = z3.And(found.value, z3.Not(failed)) if z3.is_bool(found.value) else found.value
    return Term(value, z3.And(found.blank, z3.Not(failed)), failed)


def _in(terms: Terms, _: int, args: tuple[int, ...]) -> Term:
    return terms.total(args, terms.z3.Or(*[_matches(terms, args[0], arg) for arg in args[1:]], terms.false))


COMPARISON_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        Primitive.SAME: _same,
        Primitive.LESS: _primitive_order,
        Primitive.LESS_EQUAL: _primitive_order,
        "=": _equality(negated=False),
        "<>": _equality(negated=True),
        "<": _order(turned=False, negated=False),
        ">": _order(turned=True, negated=False),
        "<=": _order(turned=True, negated=True),
        ">=": _order(turned=False, negated=True),
    }
)
"""The comparisons, by the operator as it was written."""
LOGIC_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        Primitive.AND: _chain(stop=False),
        Primitive.OR: _chain(stop=True),
        Primitive.IF: _if,
        Primitive.NOT: _not,
        Primitive.TRUTH: _truth,
        Primitive.BLANK: _blank,
        "NOT": _negated,
        "BLANKVALUE": _blank_value,
        "IFERROR": _if_error,
        "CASE": _case,
        "IN": _in,
    }
)
