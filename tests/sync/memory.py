"""Both sides in memory, as small as the protocols allow: for the laws and stories of the sync itself."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.policy.address import address_key
from sfoptlint.sync.sides import Answer, MailingList, Page, Person, SideError, Subscriber, Trouble

START = datetime(2026, 4, 4, 0, 0, tzinfo=UTC)
"""A day before summer time ends in Sydney."""


@dataclass
class Clock:
    """A clock that stands still until it is told to move; sleeping moves it."""

    utc: datetime = START

    def now(self) -> datetime:
        return self.utc

    def sleep(self, seconds: float) -> None:
        self.utc += timedelta(seconds=seconds)

    def wait(self, **span: float) -> None:
        self.utc += timedelta(**span)


@dataclass
class MemoryCampaignMonitor:
    """Lists of subscribers by address key, each with its state and the moment (UTC) it entered it."""

    clock: Clock
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Australia/Sydney"))
    page_size: int = 10
    names: dict[str, str] = field(default_factory=dict)
    members: dict[str, dict[str, tuple[str, str, datetime]]] = field(default_factory=dict)
    suppression: dict[str, datetime] = field(default_factory=dict)
    failures: dict[str, SideError] = field(default_factory=dict)
    before_page: deque[Callable[[], None]] = field(default_factory=deque)
    short_pages: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)

    def put(self, list_id: str, email: str, state: str) -> None:
        """Move an address into a state, as of now."""
        self.names.setdefault(list_id, list_id)
        self.members.setdefault(list_id, {})[address_key(email)] = (email, state, self.clock.utc)

    def erase(self, list_id: str, email: str) -> None:
        """Take an address off a list without a trace."""
        self.members[list_id].pop(address_key(email), None)

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0)

    def _call(self, name: str, place: str = "") -> None:
        self.calls.append(f"{name} {place}".strip())
        if place in self.failures:
            raise self.failures[place]

    def system_date(self) -> datetime:
        self._call("systemdate")
        return self.clock.utc.astimezone(self.zone).replace(tzinfo=None)

    def lists(self) -> Sequence[MailingList]:
        self._call("lists", "lists")
        return [MailingList(list_id, name) for list_id, name in sorted(self.names.items())]

    def subscribers(self, list_id: str, state: str, since: datetime | None, page: int) -> Page:
        if self.before_page:
            self.before_page.popleft()()
        self._call(f"{state} page {page}", list_id)
        held = sorted(
            (at, key, email) for key, (email, there, at) in self.members.get(list_id, {}).items() if there == state
        )
        rows = [Subscriber(email, state, self._local(at)) for at, _, email in held]
        return self._page([row for row in rows if since is None or row.since >= since], page, list_id)

    def _page(self, rows: Sequence[Subscriber], page: int, list_id: str) -> Page:
        pages = -(-len(rows) // self.page_size)
        part = rows[(page - 1) * self.page_size : page * self.page_size]
        return Page(part[1:] if list_id in self.short_pages else part, page, self.page_size, pages, len(rows))

    def suppressed(self, page: int) -> Page:
        self._call("suppressed")
        rows = [Subscriber(email, "Suppressed", self._local(at)) for email, at in sorted(self.suppression.items())]
        return self._page(rows, page, "")

    def subscriber(self, list_id: str, email: str) -> Subscriber | None:
        self._call("subscriber", list_id)
        row = self.members.get(list_id, {}).get(address_key(email))
        return Subscriber(row[0], row[1], self._local(row[2])) if row else None

    def unsubscribe(self, list_id: str, email: str) -> None:
        self._call("unsubscribe", list_id)
        row = self.members[list_id].get(address_key(email))
        if row is None or row[1] != "Active":
            raise SideError(Trouble.REFUSED, "203" if row is None else "206", "not there")
        self.put(list_id, email, "Unsubscribed")

    def add(self, list_id: str, emails: Sequence[str]) -> dict[str, str]:
        self._call("add", list_id)
        refused: dict[str, str] = {}
        for email in emails:
            row = self.members[list_id].get(address_key(email))
            if row is not None and row[1] != "Active":
                refused[email] = {"Deleted": "205", "Unsubscribed": "206", "Bounced": "207"}.get(row[1], "208")
            else:
                self.put(list_id, email, "Active")
        return refused


@dataclass
class MemoryOrg:
    """People by the id of their box. `codes` reject, `reverting` undo, `on_write` runs before a request is carried out."""

    clock: Clock
    everybody: dict[str, Person] = field(default_factory=dict)
    hidden_lists: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    reverting: set[str] = field(default_factory=set)
    lost_answers: int = 0
    lost_requests: int = 0
    budget: int = 10**9
    writes: list[tuple[str, bool]] = field(default_factory=list)
    requests: list[int] = field(default_factory=list)

    def put(self, record: str, email: str, **changes: object) -> None:
        """Make or change a person, as of now; contacts by default, leads where the id begins with 00Q."""
        target = {"00Q": OptOutObject.LEAD, "001": OptOutObject.ACCOUNT}.get(record[:3], OptOutObject.CONTACT)
        old = self.everybody.get(record) or Person(target, record, record, email, False, False, self.clock.utc)
        self.everybody[record] = replace(old, email=email, modified=self.clock.utc, **changes)  # type: ignore[arg-type]

    def tick(self, record: str, opted_out: bool = True) -> None:
        """Change a box by hand."""
        self.put(record, self.everybody[record].email, opted_out=opted_out)

    def opted_out(self) -> set[str]:
        """Return the ids of those who are opted out."""
        return {record for record, person in self.everybody.items() if person.opted_out}

    def _spend(self) -> None:
        if self.budget <= 0:
            raise SideError(Trouble.EXHAUSTED, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        self.budget -= 1

    def lists_without_sync(self) -> frozenset[str]:
        self._spend()
        return frozenset(self.hidden_lists)

    def people(self, since: datetime | None) -> Iterator[Person]:
        self._spend()
        yield from [person for _, person in sorted(self.everybody.items()) if since is None or person.modified >= since]

    def read(self, target: OptOutObject, ids: Sequence[str]) -> Sequence[Person]:
        assert len(ids) <= 200
        self._spend()
        return [self.everybody[record] for record in ids if record in self.everybody]

    def write(self, target: OptOutObject, ids: Sequence[str], opted_out: bool) -> Sequence[Answer]:
        assert 0 < len(ids) <= 200
        self._spend()
        self.requests.append(len(ids))
        if self.lost_requests:
            self.lost_requests -= 1
            raise SideError(Trouble.UNANSWERED, "timeout", "no answer within 30 s")
        answers = [self._save(record, opted_out) for record in ids]
        if self.lost_answers:
            self.lost_answers -= 1
            raise SideError(Trouble.UNANSWERED, "timeout", "no answer within 30 s")
        return answers

    def _save(self, record: str, opted_out: bool) -> Answer:
        self.writes.append((record, opted_out))
        if record not in self.everybody:
            return Answer(record, "ENTITY_IS_DELETED", "entity is deleted")
        if self.busy.get(record, 0) > 0:
            self.busy[record] -= 1
            return Answer(record, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")
        if record in self.codes:
            return Answer(record, self.codes[record], f"refused for {self.everybody[record].email}")
        if record not in self.reverting:
            self.tick(record, opted_out)
        return Answer(record)
