"""One fact of a guard as a condition of WHERE, with the same meaning for every stored record, or the reason why not.

What SOQL makes of blanks (SOQL and SOSL Reference: Using null in WHERE, Comparison Operators): `= null` finds them, `!=` a value
finds them too, an order never does; whether NOT and EXCLUDES do is not written, so both are always told. A path over an
empty look-up is blank, and a checkbox at its end is not ticked (null Values in Lookup Relationships and Outer Joins).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Field, Free, Global, Primitive, Type, nodes, operands
from sfoptlint.core.schema import FieldType
from sfoptlint.explain.columns import Column, NotWritableError, Schema, column
from sfoptlint.explain.formula_text import quoted
from sfoptlint.explain.sense import Fact, Sense, reading_open
from sfoptlint.explain.soql_text import day_condition, like_literal, number_literal, text_literal
from sfoptlint.explain.values import (
    FLIPPED,
    NEGATED,
    ORDERS,
    date_of,
    days_from_today,
    holds,
    length_is_of_blank,
    never_blank,
    number_of,
)


class Caveat(StrEnum):
    """Where a query reads a condition otherwise than the formula does."""

    CLOCK = "TODAY is the day of whoever runs the query, in their time zone"
    CASE = "unlike the formula, a query does not regard the case of"
    UNKNOWN = "a query fails if a field cannot be filtered by, and nothing is known of"


Caveats = tuple[tuple[Caveat, str], ...]
"""Caveats, each with what it is about."""
_IDENTIFIERS: Final = (
    FieldType.ID,
    FieldType.LOOKUP,
    FieldType.HIERARCHY,
    FieldType.MASTER_DETAIL,
    FieldType.METADATA_RELATIONSHIP,
)
_ID: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?", re.ASCII)
_OF_RECORD_TYPE: Final = (("RecordType", "Name"), ("RecordType", "DeveloperName"))
_USER: Final = ("$user", "$profile", "$permission", "$userrole", "$api", "$client")
_PATTERNS: Final[Mapping[str, tuple[bool, bool]]] = MappingProxyType(
    {
        "CONTAINS": (True, True),
        Primitive.HAS: (True, True),
        "BEGINS": (False, True),
        Primitive.STARTS: (False, True),
        Primitive.ENDS: (True, False),
    }
)
"""Whether the pattern is open before and after the text."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of WHERE; a bare TRUE or FALSE has none. `caveats` say where SOQL reads it otherwise."""

    text: str | bool
    caveats: Caveats = ()


def fact_condition(fact: Fact, schema: Schema) -> Condition:
    """Return a fact about the record alone as a condition; raises `NotWritableError`."""
    match fact.node:
        case Field() as field:
            found = column(field, schema)
            return Condition(f"{found.name} = {'TRUE' if fact.positive else 'FALSE'}", _unknown(found))
        case Call(op=op, args=args):
            return _call(fact, op, args, schema)
        case _:
            raise NotWritableError("a query cannot say it")


def beyond_record(guard: Expr) -> Mapping[Expr, str]:
    """Return the parts of the guard that depend on something beside the record, with why no query asks them."""
    reasons: dict[Expr, str] = {}
    for node in nodes(guard):
        reason = _beyond(node) or next((reasons[below] for below in operands(node) if below in reasons), None)
        if reason is not None:
            reasons[node] = reason
    return reasons


def _beyond(node: Expr) -> str | None:
    match node:
        case Global(name=name) if name.partition(".")[0].casefold() in _USER:
            return "it depends on the user, who is taken not to be spared"
        case Global():
            return "it depends on the org's settings, which are taken not to spare the record"
        case Free():
            return "nothing says if a text is compared" if reading_open(node) else "a query cannot say it"
        case _:
            return None


def _call(fact: Fact, op: str, args: tuple[Expr, ...], schema: Schema) -> Condition:
    match op, args:
        case Primitive.BLANK, (arg,):
            return _blank(arg, schema, blank=fact.positive)
        case Primitive.ONE_OF, (values, value):
            return _includes(fact, column(values, schema), value)
        case (_, (text, part)) if op in _PATTERNS:
            return _like(fact, text, part, schema)
        case Primitive.SAME, (left, right):
            return _compare("=" if fact.positive else "<>", not fact.positive, left, right, schema)
        case (_, (left, right)) if op in ORDERS:
            order = ORDERS[op] if fact.positive else NEGATED[ORDERS[op]]
            return _compare(order, fact.sense in (Sense.NOT_TRUE, Sense.NOT_FALSE), left, right, schema)
        case _:
            raise NotWritableError(f"a query cannot compute {op}" if op.isupper() else "a query cannot compare so")


def _blank(node: Expr, schema: Schema, *, blank: bool) -> Condition:
    if never_blank(node):
        return Condition(not blank)
    found = column(node, schema)
    return Condition(f"{found.name} {'=' if blank else '!='} null", _unknown(found))


def _compare(order: str, blanks: bool, left: Expr, right: Expr, schema: Schema) -> Condition:
    """Return a comparison; `blanks`: it also holds where an operand is blank."""
    if isinstance(left, Field) and isinstance(right, Field) and left.path == right.path:
        return _with_itself(order, blanks, left, schema)
    if _is_literal(left) and not _is_literal(right):
        left, right, order = right, left, FLIPPED[order]
    if isinstance(left, Call) and left.op == "LEN" and len(left.args) == 1:
        return _length(order, left.args[0], right, schema)
    if isinstance(left, Call) and left.op == "BLANKVALUE" and len(left.args) == 2:
        return _filled(order, *left.args, right, schema)
    found = column(left, schema)
    if not _is_literal(right):
        raise NotWritableError("a query does not compare two fields")
    if isinstance(right, Const) and right.value in (None, ""):
        # Only SAME meets a literal blank here, and it is an equality.
        return Condition(f"{found.name} {'=' if order == '=' else '!='} null", _unknown(found))
    day = days_from_today(right)
    if day is not None and found.type in (Type.DATE, Type.UNKNOWN):
        text = _or_blank(day_condition(found.name, order, day), found, blanks)
        return Condition(text, ((Caveat.CLOCK, ""), *_unknown(found)))
    written, caveats = _literal(found, right, order)
    text = f"{found.name} {'!=' if order == '<>' else order} {written}"
    return Condition(_blanks(text, found, order, blanks), (*caveats, *_unknown(found)))


def _with_itself(order: str, blanks: bool, field: Field, schema: Schema) -> Condition:
    """A value compared with itself: the update left it as it was."""
    equal = order in ("=", "<=", ">=")
    if equal is blanks:
        return Condition(equal)
    return _blank(field, schema, blank=blanks)


def _blanks(text: str, found: Column, order: str, blanks: bool) -> str:
    """Say of a comparison what it makes of blanks: `!=` finds them, everything else does not."""
    if order == "<>":
        return text if blanks else f"({text} AND {found.name} != null)"
    return _or_blank(text, found, blanks)


def _or_blank(text: str, found: Column, blanks: bool) -> str:
    return f"({text} OR {found.name} = null)" if blanks else text


def _filled(order: str, field: Expr, instead: Expr, right: Expr, schema: Schema) -> Condition:
    """A number that counts as another one where it is blank."""
    number, limit = number_of(instead), number_of(right)
    if number is None or limit is None:
        raise NotWritableError("a query cannot compute BLANKVALUE")
    return _compare(order, holds(number, order, limit), field, right, schema)


def _is_literal(node: Expr) -> bool:
    return (
        isinstance(node, Const)
        or number_of(node) is not None
        or date_of(node) is not None
        or days_from_today(node) is not None
    )


def _length(order: str, text: Expr, number: Expr, schema: Schema) -> Condition:
    limit = number_of(number)
    blank = None if limit is None else length_is_of_blank(order, limit)
    if blank is None:
        raise NotWritableError("a query cannot compute LEN")
    return _blank(text, schema, blank=blank)


def _literal(found: Column, node: Expr, order: str) -> tuple[str, Caveats]:
    number, day = number_of(node), date_of(node)
    if number is not None and found.type in (Type.NUMBER, Type.UNKNOWN):
        return number_literal(number * 100 if found.percent else number), ()
    if day is not None and found.type in (Type.DATE, Type.UNKNOWN) and not found.day:
        return day.isoformat(), ()
    if isinstance(node, Const) and isinstance(node.value, str) and found.type in (Type.TEXT, Type.UNKNOWN):
        return _text(found, node.value, order)
    raise NotWritableError("a query compares a field with a literal of its own type only")


def _text(found: Column, text: str, order: str) -> tuple[str, Caveats]:
    if order not in ("=", "<>"):
        raise NotWritableError("a query orders texts by the rules of a language")
    if found.kind is FieldType.MULTISELECT_PICKLIST:
        raise NotWritableError("a query compares a multi-select picklist by its values only")
    if found.kind in _IDENTIFIERS:
        if not _ID.fullmatch(text):
            raise NotWritableError("a query compares an identifier with an identifier only")
        return text_literal(text), ()
    return text_literal(text), _case(found, text)


def _case(found: Column, text: str) -> Caveats:
    if found.kind is FieldType.PICKLIST or text.casefold() == text.upper():
        return ()
    return ((Caveat.CASE, quoted(text)),)


def _like(fact: Fact, text: Expr, part: Expr, schema: Schema) -> Condition:
    if not (isinstance(part, Const) and isinstance(part.value, str | None)):
        raise NotWritableError("a query compares a field with a literal only")
    if not part.value:
        return Condition(fact.positive)
    found = column(text, schema)
    before, after = _PATTERNS[fact.node.op] if isinstance(fact.node, Call) else (True, True)
    pattern = like_literal(part.value, before=before, after=after)
    if pattern is None:
        raise NotWritableError("a query cannot search for a backslash")
    if found.type not in (Type.TEXT, Type.UNKNOWN) or found.kind in (*_IDENTIFIERS, FieldType.MULTISELECT_PICKLIST):
        raise NotWritableError("a query searches in texts only")
    return Condition(_asked(fact, f"{found.name} LIKE {pattern}", found), (*_case(found, part.value), *_unknown(found)))


def _includes(fact: Fact, found: Column, value: Expr) -> Condition:
    if not (isinstance(value, Const) and isinstance(value.value, str | None)) or ";" in (value.value or ""):
        raise NotWritableError("a query asks a multi-select picklist for literal values only")
    if not value.value:
        return Condition(f"{found.name} {'=' if fact.positive else '!='} null", _unknown(found))
    if fact.positive:
        return Condition(f"{found.name} INCLUDES ({text_literal(value.value)})", _unknown(found))
    return Condition(f"({found.name} EXCLUDES ({text_literal(value.value)}) OR {found.name} = null)", _unknown(found))


def _asked(fact: Fact, text: str, found: Column) -> str:
    match fact.sense:
        case Sense.TRUE:
            return text
        case Sense.NOT_FALSE:
            return f"({text} OR {found.name} = null)"
        case Sense.FALSE:
            return f"((NOT {text}) AND {found.name} != null)"
        case Sense.NOT_TRUE:
            return f"((NOT {text}) OR {found.name} = null)"


def _unknown(found: Column) -> Caveats:
    if found.schema is not None or found.path[-2:] in _OF_RECORD_TYPE:
        return ()
    return ((Caveat.UNKNOWN, found.name),)
