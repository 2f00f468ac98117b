"""Texts that become an Id: one that is none throws (Apex Reference Guide, "Id Class", valueOf)."""

import re

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.shapes import cases
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Scalar, Value
from sfoptlint.core.expr import AFTER, PRIOR, Const, Expr, Field, FreeKind, Type
from sfoptlint.core.schema import FieldType
from sfoptlint.lang.apex.nodes import Node, TypeName

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_LENGTHS = (15, 18)
_WRITTEN_BY_HAND = frozenset(
    {
        FieldType.EMAIL,
        FieldType.LONG_TEXT_AREA,
        FieldType.PHONE,
        FieldType.PICKLIST,
        FieldType.TEXT,
        FieldType.TEXT_AREA,
        FieldType.URL,
    }
)
"""Fields that hold any text; what a formula computes is taken to be the Id that its reader expects."""


def is_id(type_: TypeName) -> bool:
    """Whether a type is that of Ids."""
    return not type_.dimensions and type_.name.casefold() in ("id", "system.id")


def require_id(run: Run, value: Value, node: Node, state: State) -> None:
    """Part the way where a text that becomes an Id is none."""
    for condition, case in cases(value, run.terms.true, state):
        if isinstance(case, Scalar) and case.expr.type is Type.TEXT:
            fails = run.terms.all(condition, _is_none(run, case.expr, node))
            message = f"{run.words(node)}: it is no Id"
            run.throw(state, fails, "StringException", message, run.place(node))


def _is_none(run: Run, text: Expr, node: Node) -> Expr:
    terms = run.terms
    if isinstance(text, Const):
        return terms.const(_ID.fullmatch(str(text.value)) is None)
    if not _is_written_by_hand(run, text):
        return terms.false
    at = run.place(node)
    length = terms.call("LEN", (text,), Type.NUMBER)
    fits = terms.any(*(terms.same(length, terms.number(known)) for known in _LENGTHS))
    name = run.again(f"{at.path}:{at.line}:{at.column}:id", str(id(text)))
    other = terms.free(name, Type.BOOLEAN, FreeKind.OPAQUE, at, f"{run.words(node)}: it is no Id", (text,))
    return terms.all(terms.no(terms.is_null(text)), terms.any(terms.no(fits), other))


def _is_written_by_hand(run: Run, text: Expr) -> bool:
    if not isinstance(text, Field) or text.record not in (AFTER, PRIOR) or len(text.path) != 1:
        return False
    known = run.terms.objects.get(run.event.object).field(text.path[0])
    return known is not None and known.formula is None and known.type in _WRITTEN_BY_HAND
