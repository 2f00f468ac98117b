"""What Campaign Monitor's API v3.3 answers, as plain data. Dates are the client's local time, without an offset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sfoptlint.clients.errors import BrokenAnswerError

Row = TypeVar("Row")
DATE_FORMAT = "%Y-%m-%d %H:%M:%S"


class State(StrEnum):
    """The states that are documented; an answer may hold another word, which is kept as it is."""

    ACTIVE = "Active"
    UNCONFIRMED = "Unconfirmed"
    UNSUBSCRIBED = "Unsubscribed"
    BOUNCED = "Bounced"
    DELETED = "Deleted"


class Code:
    """Error codes that decide what to do next (API v3.3, the pages of Lists, Subscribers and Clients)."""

    INVALID_EMAIL = 1
    INVALID_KEY = 100
    INVALID_LIST = 101
    INVALID_CLIENT = 102
    EXPIRED_TOKEN = 121
    NOT_IN_LIST = 203
    SUPPRESSED = 204
    DELETED = 205
    UNSUBSCRIBED = 206
    BOUNCED = 207
    UNCONFIRMED = 208
    TOO_MANY = 209
    PARTIAL_IMPORT = 210


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the account."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list of a client."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListDetails:
    """A list's settings; `unsubscribe_setting` is `AllClientLists` or `OnlyThisList`."""

    id: str
    title: str
    confirmed_opt_in: bool
    unsubscribe_setting: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An address on a list; `date` is when it entered its state, `joined` when it first came."""

    email: str = field(repr=False)
    state: str
    date: datetime
    joined: datetime | None = None
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address on the client's suppression list."""

    email: str = field(repr=False)
    reason: str
    date: datetime


@dataclass(frozen=True, slots=True)
class ListOfEmail:
    """One list that an address is on, in whatever state."""

    list_id: str
    list_name: str
    state: str
    added: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a subscriber did with one email."""

    event: str
    date: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class EmailHistory:
    """What a subscriber did with one campaign or email."""

    id: str
    type: str
    name: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class NewSubscriber:
    """Who is to be added; `consent_to_track` is Yes, No or Unchanged, which the API requires to be said."""

    email: str = field(repr=False)
    name: str = field(default="", repr=False)
    consent_to_track: str = "Unchanged"


@dataclass(frozen=True, slots=True)
class ImportFailure:
    """An address that an import left out, and the code that says why."""

    email: str = field(repr=False)
    code: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    new: int
    existing: int
    submitted: int
    duplicates: tuple[str, ...] = field(repr=False)
    failures: tuple[ImportFailure, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a collection; `total` and `pages` speak of the whole of it, at the moment of this answer."""

    rows: tuple[Row, ...]
    number: int
    size: int
    pages: int
    total: int


def moment(text: Any) -> datetime:
    """Read a date as the API writes it; seconds may be missing."""
    try:
        return datetime.fromisoformat(str(text).strip())
    except ValueError:
        raise BrokenAnswerError("the answer has a date that cannot be read") from None


def page_of(answer: Any, rows: Sequence[Row]) -> Page[Row]:
    """Read the envelope of a page."""
    return Page(
        tuple(rows),
        int(need(answer, "PageNumber")),
        int(need(answer, "PageSize")),
        int(need(answer, "NumberOfPages")),
        int(need(answer, "TotalNumberOfRecords")),
    )


def subscriber(row: Any) -> Subscriber:
    """Read a subscriber."""
    joined = row.get("ListJoinedDate") if isinstance(row, Mapping) else None
    return Subscriber(
        str(need(row, "EmailAddress")),
        str(need(row, "State")),
        moment(need(row, "Date")),
        moment(joined) if joined else None,
        str(row.get("Name") or ""),
    )


def suppressed(row: Any) -> Suppressed:
    """Read a row of the suppression list."""
    return Suppressed(
        str(need(row, "EmailAddress")), str(need(row, "SuppressionReason") or ""), moment(need(row, "Date"))
    )


def history(row: Any) -> EmailHistory:
    """Read what a subscriber did with one email."""
    actions = tuple(
        Action(str(need(a, "Event")), moment(need(a, "Date")), str(a.get("Detail") or ""))
        for a in need(row, "Actions") or ()
    )
    return EmailHistory(str(need(row, "ID")), str(need(row, "Type")), str(need(row, "Name")), actions)


def import_result(answer: Any) -> ImportResult:
    """Read what an import did."""
    failures = tuple(
        ImportFailure(str(need(f, "EmailAddress")), int(need(f, "Code")), str(f.get("Message") or ""))
        for f in need(answer, "FailureDetails") or ()
    )
    return ImportResult(
        int(need(answer, "TotalNewSubscribers")),
        int(need(answer, "TotalExistingSubscribers")),
        int(need(answer, "TotalUniqueEmailsSubmitted")),
        tuple(map(str, need(answer, "DuplicateEmailsInSubmission") or ())),
        failures,
    )


def need(answer: Any, key: str) -> Any:
    """Return a key's value; raise BrokenAnswerError where the answer has none."""
    if not isinstance(answer, Mapping) or key not in answer:
        raise BrokenAnswerError(f"the answer has no {key}")
    return answer[key]
