"""What the sync asks of each side, and the words it gets back. The clients and the fakes answer these protocols."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sfoptlint.core.verdict import OptOutObject


class Trouble(StrEnum):
    """What a side's failure means for what was asked."""

    REFUSED = "refused"
    """It answered no; asking again changes nothing."""
    UNANSWERED = "unanswered"
    """No answer came: a write may have been carried out or not."""
    EXHAUSTED = "exhausted"
    """The day's requests are used up, or we may not ask at all: the run has to stop."""


class SideError(Exception):
    """A side did not do what was asked. `code` is its own: an HTTP status, or Campaign Monitor's or Salesforce's code."""

    def __init__(self, trouble: Trouble, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.trouble = trouble
        self.code = code


@dataclass(frozen=True, slots=True)
class MailingList:
    """A list of the Campaign Monitor client."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An address on a list. `since` is when it entered its state: the client's local time, minutes, no offset."""

    email: str
    state: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a collection. `total` and `size` are what the envelope says of the whole collection."""

    rows: Sequence[Subscriber]
    number: int
    size: int
    pages: int
    total: int


class CampaignMonitor(Protocol):
    """Campaign Monitor API v3.3, for one client. Every method raises SideError."""

    def system_date(self) -> datetime:
        """Return the account's clock: local, no offset."""
        ...

    def lists(self) -> Sequence[MailingList]:
        """Return every list of the client."""
        ...

    def subscribers(self, list_id: str, state: str, since: datetime | None, page: int) -> Page:
        """Return a page of those who are in a state, oldest entry first; with `since`, who entered it then or later."""
        ...

    def suppressed(self, page: int) -> Page:
        """Return a page of the client's suppression list, oldest first."""
        ...

    def subscriber(self, list_id: str, email: str) -> Subscriber | None:
        """Return one subscriber, or None where the address is not on the list (code 203)."""
        ...

    def unsubscribe(self, list_id: str, email: str) -> None:
        """Move an active subscriber to Unsubscribed."""
        ...

    def add(self, list_id: str, emails: Sequence[str]) -> dict[str, str]:
        """Add addresses to a list without resubscribing anybody; return those that were refused, each with the code."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """A contact, lead or person account as the org has it.

    `id` is the record that holds the box: for a person account the account. `lookup` is what a membership's look-up names:
    the lead, or the contact, a person account's too.
    """

    object: OptOutObject
    id: str
    lookup: str
    email: str
    opted_out: bool
    converted: bool
    modified: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What the org answered about one record of a write; `code` is empty for success."""

    id: str
    code: str = ""
    message: str = ""


class Salesforce(Protocol):
    """The org, as the sync user sees it. Every method raises SideError."""

    def lists_without_sync(self) -> frozenset[str]:
        """Return the ids of the lists whose members are not synced (`wbsendit__Prevent_Member_Sync__c`)."""
        ...

    def people(self, since: datetime | None) -> Iterator[Person]:
        """Return everybody, or who changed at or after a moment (UTC)."""
        ...

    def read(self, target: OptOutObject, ids: Sequence[str]) -> Sequence[Person]:
        """Return those of at most 200 records that are there, by the ids of their boxes."""
        ...

    def write(self, target: OptOutObject, ids: Sequence[str], opted_out: bool) -> Sequence[Answer]:
        """Set the boxes of at most 200 records, each by itself, and return an answer for each in this order."""
        ...
