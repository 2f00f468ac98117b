"""Constants of a query (SOQL and SOSL Reference: "Date Formats and Date Literals in WHERE", "Quoted String Escape Sequences")."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import Value
from sfoptlint.data_directory.values import moment
from sfoptlint.harness.fake_org.soql.refusal import Refuser
from sfoptlint.lang.soql.nodes import Bind, Literal, LiteralType

_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPED: Final = {
    "n": "\n",
    "N": "\n",
    "r": "\r",
    "R": "\r",
    "t": "\t",
    "T": "\t",
    "b": "\b",
    "B": "\b",
    "f": "\f",
    "F": "\f",
}
_LAST_DAYS: Final = re.compile(r"last_n_days\s*:\s*(\d+)", re.IGNORECASE)
_MOST_DAYS: Final = 36_500


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a date literal names: from the first up to, but without, the last; midnight is UTC's."""

    first: date
    last: date

    def holds(self, value: Value) -> bool:
        """Whether a date or date-time lies within."""
        return not self.before(value) and not self.after(value)

    def before(self, value: Value) -> bool:
        """Whether a date or date-time is earlier."""
        return _day(value) < self.first

    def after(self, value: Value) -> bool:
        """Whether a date or date-time is later."""
        return _day(value) >= self.last


Constant = Value | Span


def constant(node: Literal | Bind, now: datetime, refuse: Refuser) -> Constant:
    """Return what a literal stands for."""
    if isinstance(node, Bind):
        raise refuse.malformed(node, "unexpected token: ':' (a bind is Apex's alone)")
    match node.type:
        case LiteralType.TEXT:
            return unescaped(node.text)
        case LiteralType.INTEGER | LiteralType.DECIMAL:
            return Decimal(node.text)
        case LiteralType.BOOLEAN:
            return node.text.casefold() == "true"
        case LiteralType.NULL:
            return None
        case LiteralType.DATE | LiteralType.DATE_TIME:
            return _date(node, refuse)
        case LiteralType.DATE_WORD | LiteralType.DATE_FUNCTION:
            return _span(node, now.astimezone(UTC).date(), refuse)
        case LiteralType.CURRENCY:
            raise refuse.malformed(node, "amounts with a currency are not evaluated here")


def unescaped(text: str) -> str:
    """Return a text without its escapes."""
    return _ESCAPE.sub(lambda found: _sign(found[1]), text)


def like(text: str) -> re.Pattern[str]:
    """Return the pattern of LIKE: `%` is any text, `_` any one character; both may be escaped."""
    parts: list[str] = []
    for found in re.finditer(r"\\(u[0-9A-Fa-f]{4}|.)|.", text, re.DOTALL):
        if found[1]:
            parts.append(re.escape(_sign(found[1])))
        else:
            parts.append({"%": ".*", "_": "."}.get(found[0], re.escape(found[0])))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def _sign(escape: str) -> str:
    if len(escape) == 5:
        return chr(int(escape[1:], 16))
    return _ESCAPED.get(escape, escape)


def _date(node: Literal, refuse: Refuser) -> date | datetime:
    found = moment(node.text)
    if found is None:
        raise refuse.malformed(node, f"{node.text} is no date")
    return found.date() if node.type is LiteralType.DATE else found


def _span(node: Literal, today: date, refuse: Refuser) -> Span:
    day = timedelta(days=1)
    word = node.text.casefold()
    if word == "today":
        return Span(today, today + day)
    if word == "yesterday":
        return Span(today - day, today)
    days = _LAST_DAYS.fullmatch(word)
    if days and int(days[1]) <= _MOST_DAYS:
        return Span(today - int(days[1]) * day, today + day)
    raise refuse.malformed(node, f"{node.text} is not evaluated here: write TODAY, YESTERDAY, LAST_N_DAYS:n or a date")


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.astimezone(UTC).date()
    assert isinstance(value, date)
    return value
