"""Collections by page: sorted once, kept until something changes (API v3.3, Lists and Clients: paging)."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from sfoptlint.harness.fake_campaign_monitor.account import Entry, ListState, Suppression
from sfoptlint.harness.fake_campaign_monitor.refusal import Refusal
from sfoptlint.harness.routing import Call
from sfoptlint.policy.address import address_key

Row = TypeVar("Row", Entry, Suppression)
_ORDERS: Final = ("email", "name", "date")
_DIRECTIONS: Final = ("asc", "desc")
_SMALLEST, _LARGEST = 10, 1000
_INVALID_DATE: Final = 5


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a collection is asked for."""

    page: int
    size: int
    order: str
    direction: str


@dataclass(slots=True)
class Views:
    """The sorted view of each collection that was asked for last; `at` is the list's count of changes then."""

    kept: dict[tuple[str, str], tuple[int, str, list[Entry]]] = field(default_factory=dict)

    def of(self, mailing: ListState, state: str, order: str) -> list[Entry]:
        """Return a list's entries in a state, in ascending order."""
        at, known, rows = self.kept.get((mailing.id, state), (-1, "", []))
        if (at, known) != (mailing.changes, order):
            rows = sorted((entry for entry in mailing.entries.values() if entry.state == state), key=sort_key(order))
            self.kept[mailing.id, state] = (mailing.changes, order, rows)
        return rows


def paging(call: Call[Any]) -> Paging:
    """Read what part is asked for; raise Refusal for what the API does not take."""
    page = _number(call.asked("page", "1"), 800, "Invalid page number")
    size = _number(call.asked("pagesize", str(_LARGEST)), 801, "Invalid page size")
    if page < 1:
        raise Refusal(400, 800, "Invalid page number")
    if not _SMALLEST <= size <= _LARGEST:
        raise Refusal(400, 801, f"Invalid page size: it is between {_SMALLEST} and {_LARGEST}")
    order = call.asked("orderfield").lower() or "email"
    direction = call.asked("orderdirection").lower() or "asc"
    if order not in _ORDERS:
        raise Refusal(400, 802, "Invalid order field")
    if direction not in _DIRECTIONS:
        raise Refusal(400, 803, "Invalid order direction")
    return Paging(page, size, order, direction)


def since(call: Call[Any]) -> datetime | None:
    """Read the `date` filter: a day, or a day with a time to the minute; a blank is no filter."""
    text = call.asked("date").strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise Refusal(400, _INVALID_DATE, "Invalid Date") from None


def entered_since(rows: list[Entry], moment: datetime | None, order: str) -> list[Entry]:
    """Return those who entered their state at a moment or later."""
    if moment is None:
        return rows
    if order == "date":
        return rows[bisect_left(rows, moment, key=lambda entry: entry.date) :]
    return [entry for entry in rows if entry.date >= moment]


def sort_key(order: str) -> Callable[[Entry | Suppression], tuple[Any, str]]:
    """Return what rows are ordered by; the address decides between equals."""
    match order:
        case "date":
            return lambda row: (row.date, address_key(row.email))
        case "name":
            return lambda row: (getattr(row, "name", "").casefold(), address_key(row.email))
        case _:
            return lambda row: (address_key(row.email), "")


def envelope(rows: Sequence[Row], asked: Paging, shown: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """Return a page with what surrounds it; rows come in ascending order."""
    start = (asked.page - 1) * asked.size
    if asked.direction == "desc":
        stop = max(len(rows) - start, 0)
        part = rows[max(stop - asked.size, 0) : stop][::-1]
    else:
        part = rows[start : start + asked.size]
    return {
        "Results": [shown(row) for row in part],
        "ResultsOrderedBy": asked.order,
        "OrderDirection": asked.direction,
        "PageNumber": asked.page,
        "PageSize": asked.size,
        "RecordsOnThisPage": len(part),
        "TotalNumberOfRecords": len(rows),
        "NumberOfPages": -(-len(rows) // asked.size),
    }


def _number(text: str, code: int, message: str) -> int:
    if not text.strip().isdecimal():
        raise Refusal(400, code, message)
    return int(text)
