"""Literals as SOQL writes them (SOQL and SOSL Reference: Quoted String Escape Sequences, Date Formats and Date Literals)."""

from decimal import Decimal
from types import MappingProxyType
from typing import Final

_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)
_WILDCARDS: Final = str.maketrans({"%": "\\%", "_": "\\_"})
_LARGEST_INTEGER: Final = 2**31 - 1
_NEAR: Final = MappingProxyType({-1: "YESTERDAY", 0: "TODAY", 1: "TOMORROW"})


def text_literal(text: str) -> str:
    """Return a text in single quotes."""
    return f"'{text.translate(_ESCAPES)}'"


def like_literal(text: str, *, before: bool, after: bool) -> str | None:
    """Return the pattern of LIKE for a text with anything before or after it.

    None for a text with a backslash: in a search it may only escape (SOQL and SOSL Reference, Comparison Operators, LIKE).
    """
    if "\\" in text:
        return None
    body = text.translate(_ESCAPES).translate(_WILDCARDS)
    return f"'{'%' if before else ''}{body}{'%' if after else ''}'"


def number_literal(number: Decimal) -> str:
    """Return a number; one beyond 32 bits is written with its point, for it is no integer to the parser."""
    text = format(number.normalize(), "f")
    return f"{text}.0" if "." not in text and abs(number) > _LARGEST_INTEGER else text


def day_condition(column: str, order: str, days: int) -> str:
    """Return the comparison of a date, or of a date-time's day, with the day that is `days` days from today.

    A blank date meets none of them. `N_DAYS_AGO:n` is that one day. `NEXT_N_DAYS:n` begins tomorrow and ends n days from
    today; `>` compares with the end of the range, `<=` too, so a day ahead is always compared through the ends of ranges
    (SOQL and SOSL Reference, Date Formats and Date Literals).
    """
    if days <= 1:
        day = _NEAR.get(days) or f"N_DAYS_AGO:{-days}"
        return f"({column} < {day} OR {column} > {day})" if order == "<>" else f"{column} {order} {day}"
    until, until_eve = f"<= NEXT_N_DAYS:{days}", _until(days - 1, "<=")
    beyond, beyond_eve = f"> NEXT_N_DAYS:{days}", _until(days - 1, ">")
    match order:
        case "=":
            return f"({column} {beyond_eve} AND {column} {until})"
        case "<>":
            return f"({column} {until_eve} OR {column} {beyond})"
        case "<":
            return f"{column} {until_eve}"
        case "<=":
            return f"{column} {until}"
        case ">":
            return f"{column} {beyond}"
        case _:
            return f"{column} {beyond_eve}"


def _until(days: int, order: str) -> str:
    return f"{order} TOMORROW" if days == 1 else f"{order} NEXT_N_DAYS:{days}"
