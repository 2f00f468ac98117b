"""A program in z3's terms: every slot from those before it, and the variables within what the schema says of them."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType
from typing import Any, Final

from sfoptlint.core.expr import Primitive, Type
from sfoptlint.decide.domain import BLANK, ERROR, FALSE, TRUE, Abstract, Domain, order_key
from sfoptlint.decide.program import RELATION, Program
from sfoptlint.decide.strict import SAFE, is_blank_strict
from sfoptlint.decide.z3.logic import COMPARISON_RULES, LOGIC_RULES, Rule
from sfoptlint.decide.z3.numbers import NUMBER_RULES
from sfoptlint.decide.z3.terms import Term, Terms
from sfoptlint.decide.z3.texts import TEXT_RULES
from sfoptlint.evaluate.evaluator import LAWS

_RULES: Final[Mapping[str, Rule]] = MappingProxyType({**TEXT_RULES, **NUMBER_RULES, **LOGIC_RULES})
_TURNED: Final[Mapping[str, str]] = {"greater": Primitive.LESS, "greater_equal": Primitive.LESS_EQUAL}
_MEASURED: Final = (Type.NUMBER, Type.DATE, Type.DATETIME, Type.TIME)


def encoded(z3: Any, program: Program, realms: Mapping[int, Abstract], zone: tzinfo) -> Terms:
    """Return the terms of every slot; their facts say what the realms do."""
    terms = Terms(z3, program, in_utc=zone is UTC)
    for slot in range(len(program)):
        terms.append(_variable(terms, slot, realms[slot]) if slot in realms else _term(terms, slot))
        if terms.kind(slot) is Type.NUMBER and terms.rough.intersection(program.args[slot]):
            terms.rough.add(slot)
    return terms


def allowed(terms: Terms, slot: int, mask: int) -> Any:
    """Return that a Boolean slot has one of the outcomes of the mask."""
    z3, term = terms.z3, terms[slot]
    none = z3.Not(z3.Or(term.value, term.blank, term.error))
    parts = ((TRUE, term.value), (FALSE, none), (BLANK, term.blank), (ERROR, term.error))
    return z3.Or(*[condition for bit, condition in parts if mask & bit], terms.false)


def _term(terms: Terms, slot: int) -> Term:
    program = terms.program
    op, args = program.ops[slot], program.args[slot]
    if slot in program.constants:
        value, kind = program.constants[slot], terms.kind(slot)
        return Term(terms.constant(value, kind), terms.z3.BoolVal(value is None), terms.false)
    if op == RELATION:
        return Term(terms.false, terms.false, terms.false)
    if args and program.ops[args[0]] == RELATION:
        return _comparison(terms, slot)
    if op == Primitive.CHANGED:
        return Term(terms.some(terms.z3.BoolSort()), terms.false, terms.false)
    rule = _RULES.get(op)
    term = rule(terms, slot, args) if rule is not None else None
    if term is not None and _fits(terms, slot, term):
        return term
    return _open(terms, slot)


def _fits(terms: Terms, slot: int, term: Term) -> bool:
    """Whether the term's sort is the one that the slot's type asks for: what is typed otherwise stays open."""
    return bool(term.value.sort() == terms.sort(terms.kind(slot)))


def _open(terms: Terms, slot: int) -> Term:
    """Return any value; an operator that evaluates all its operands fails with them, and many are blank with them."""
    z3, op, args = terms.z3, terms.program.ops[slot], terms.program.args[slot]
    term = terms.open(slot)
    if op not in LAWS:
        return term
    failed = terms.failed(args)
    terms.fact(z3.Implies(failed, term.error))
    if op in SAFE:
        terms.fact(z3.Implies(term.error, failed))
    if is_blank_strict(op):
        blank = z3.Or(*[terms[arg].blank for arg in args], terms.false)
        terms.fact(z3.Implies(z3.And(z3.Not(failed), blank), term.blank))
    return term


def _comparison(terms: Terms, slot: int) -> Term:
    """Read a comparison as it was written; without regard to case, the folded operands stand in the relation alone."""
    program, call = terms.program, terms.program.calls[slot]
    assert call is not None
    if not call.ci:
        return _compared(terms, slot, call.op, tuple(program.slots[arg] for arg in call.args))
    left, right = program.args[program.args[slot][0]]
    op = program.ops[slot].removesuffix("?").removeprefix("open").removeprefix("text")
    return _compared(terms, slot, _TURNED.get(op, op), (right, left) if op in _TURNED else (left, right))


def _compared(terms: Terms, slot: int, op: str, args: tuple[int, ...]) -> Term:
    rule = COMPARISON_RULES.get(op)
    term = rule(terms, slot, args) if rule is not None else None
    return terms.variable(slot) if term is None else term


def _variable(terms: Terms, slot: int, realm: Abstract) -> Term:
    z3, term = terms.z3, terms.variable(slot)
    terms.fact(z3.Not(term.error))
    may_be_blank = bool(realm & BLANK) if isinstance(realm, int) else realm.blank
    if not may_be_blank:
        terms.fact(z3.Not(term.blank))
    if isinstance(realm, Domain):
        terms.fact(z3.Or(term.blank, _within(terms, term.value, terms.kind(slot), realm)))
    return term


def _within(terms: Terms, value: Any, kind: Type, realm: Domain) -> Any:
    z3 = terms.z3
    conditions = [
        value != terms.constant(other, kind) for other in sorted(realm.without, key=order_key) if other is not None
    ]
    if realm.values is not None:
        listed = sorted(realm.values, key=order_key)
        conditions.append(z3.Or(*[value == terms.constant(one, kind) for one in listed], terms.false))
    elif kind is Type.UNKNOWN and isinstance(realm.low, int) and realm.low > 0:
        conditions.append(value != terms.any.text(z3.StringVal("")))
    elif kind is Type.TEXT:
        conditions += _bounds(terms, z3.Length(value), realm)
    elif kind in _MEASURED:
        conditions += _bounds(terms, value, realm)
    return z3.And(*conditions, z3.BoolVal(True))


def _bounds(terms: Terms, measured: Any, realm: Domain) -> list[Any]:
    found = []
    if realm.low is not None:
        low = terms.literal(realm.low)
        found.append(measured > low if realm.low_open else measured >= low)
    if realm.high is not None:
        high = terms.literal(realm.high)
        found.append(measured < high if realm.high_open else measured <= high)
    return found
