"""What a guard reads, named as an admin would name it."""

from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import PRIOR, Call, Const, Expr, Field, Global
from sfoptlint.explain.formula_text import formula_text, literal, name_of
from sfoptlint.explain.values import date_of, days_from_today

_WHOLE: Final = MappingProxyType(
    {
        "$profile.name": "the profile",
        "$userrole.name": "the role",
        "$userrole.developername": "the role",
        "$recordtype.name": "the record type",
        "$recordtype.developername": "the record type",
    }
)
_OWNERS: Final = MappingProxyType(
    {
        "$user": "the user's",
        "$profile": "the profile's",
        "$userrole": "the role's",
        "$organization": "the organisation's",
        "$setup": "the setting",
        "$label": "the label",
        "$custommetadata": "the custom metadata",
        "$permission": "the custom permission",
    }
)


def term_words(node: Expr) -> str:
    """Return a value's name: `Email`, `the profile`, `"Closed"`, `today`, `30 days ago`; else its formula."""
    match node:
        case Field(record=record) if record == PRIOR:
            return f"the previous {field_words(node)}"
        case Field():
            return field_words(node)
        case Global(name=name):
            return global_words(name)
        case Const(value=None | ""):
            return "blank"
        case Const(value=value):
            return literal(value)
        case _:
            return _moment(node) or formula_text(node)


def field_words(node: Field) -> str:
    """Return a field's name; the record type's name is the record type."""
    if len(node.path) == 2 and f"${name_of(node)}".casefold() in _WHOLE:
        return _WHOLE[f"${name_of(node)}".casefold()]
    return name_of(node)


def global_words(name: str) -> str:
    """Return what a `$` name stands for: `the user's Department`, `the setting Bypass__c.Active__c`."""
    whole = _WHOLE.get(name.casefold())
    if whole is not None:
        return whole
    head, _, rest = name.partition(".")
    owner = _OWNERS.get(head.casefold())
    return f"{owner} {rest}" if owner and rest else name


def _moment(node: Expr) -> str | None:
    day = date_of(node)
    if day is not None:
        return day.isoformat()
    shift = days_from_today(node)
    if shift is not None:
        return _relative(shift)
    return "now" if isinstance(node, Call) and node.op == "NOW" else None


def _relative(days: int) -> str:
    if days == 0:
        return "today"
    count = f"{abs(days)} day{'s' if abs(days) > 1 else ''}"
    return f"{count} from today" if days > 0 else f"{count} ago"
