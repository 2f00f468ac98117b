"""The state of an account: clients, their lists, who is on them, and what the API's verbs do to it.

A subscriber is the pair of a list and an address; a state's date has the precision of a minute and no offset (API v3.3,
Lists: Active subscribers, and its sisters). An unsubscribe reaches the client's other lists where the list says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sfoptlint.clients.campaign_monitor.records import Code, State
from sfoptlint.clients.clock import Clock
from sfoptlint.harness.fake_campaign_monitor.refusal import Refusal, invalid_client, invalid_list, valid_address
from sfoptlint.policy.address import address_key

ALL_CLIENT_LISTS = "AllClientLists"
ONLY_THIS_LIST = "OnlyThisList"
_STILL = {
    State.DELETED: (Code.DELETED, "Subscriber is deleted"),
    State.UNSUBSCRIBED: (Code.UNSUBSCRIBED, "Subscriber has unsubscribed"),
    State.BOUNCED: (Code.BOUNCED, "Subscriber has bounced"),
    State.UNCONFIRMED: (Code.UNCONFIRMED, "Subscriber is unconfirmed"),
}
"""Why an address in this state is not added without being told to resubscribe it."""


@dataclass(slots=True)
class Entry:
    """An address on a list; `date` is when it entered its state."""

    email: str
    state: str
    date: datetime
    joined: datetime
    name: str = ""
    consent: str = "Unchanged"
    custom_fields: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Suppression:
    """An address on a client's suppression list."""

    email: str
    reason: str
    date: datetime


@dataclass(slots=True)
class ListState:
    """A list; `changes` counts what was done to it, so that a sorted view knows when it is stale."""

    id: str
    title: str
    client_id: str
    unsubscribe_setting: str = ONLY_THIS_LIST
    confirmed_opt_in: bool = False
    suppress_unsubscribed: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    changes: int = 0


@dataclass(slots=True)
class ClientState:
    """A client of the account."""

    id: str
    name: str
    suppression: dict[str, Suppression] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """Everything. Methods that the API has raise Refusal; `put` and `suppress` are for whoever sets the scene."""

    clock: Clock
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    clients: dict[str, ClientState] = field(default_factory=dict)
    lists: dict[str, ListState] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return the account's own time: local, no offset, to the minute."""
        return self.clock.now().astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0)

    def add_client(self, client_id: str, name: str) -> ClientState:
        """Make a client, or return the one there is."""
        return self.clients.setdefault(client_id, ClientState(client_id, name))

    def add_list(self, list_id: str, title: str, client_id: str) -> ListState:
        """Make a list, or return the one there is."""
        return self.lists.setdefault(list_id, ListState(list_id, title, client_id))

    def put(self, list_id: str, email: str, state: str, at: datetime | None = None) -> Entry:
        """Move an address into a state, whatever it was in; at the account's own time."""
        mailing, key = self.lists[list_id], address_key(email)
        at = at or self.now()
        entry = mailing.entries.get(key)
        if entry is None:
            entry = mailing.entries[key] = Entry(email, state, at, at)
        entry.state, entry.date = state, at
        mailing.changes += 1
        return entry

    def erase(self, list_id: str, email: str) -> None:
        """Take an address off a list without a trace."""
        self.lists[list_id].entries.pop(address_key(email), None)
        self.lists[list_id].changes += 1

    def client(self, client_id: str) -> ClientState:
        """Return a client; one that is not there and one that is somebody else's are refused alike."""
        found = self.clients.get(client_id)
        if found is None:
            raise invalid_client()
        return found

    def list(self, list_id: str) -> ListState:
        """Return a list; one that is not there and one that is somebody else's are refused alike."""
        found = self.lists.get(list_id)
        if found is None:
            raise invalid_list()
        return found

    def lists_of(self, client_id: str) -> Iterator[ListState]:
        """Yield a client's lists."""
        return (mailing for mailing in self.lists.values() if mailing.client_id == client_id)

    def entry(self, list_id: str, email: str) -> Entry:
        """Return an address on a list."""
        found = self.list(list_id).entries.get(address_key(valid_address(email)))
        if found is None:
            raise not_on_the_list()
        return found

    def subscribe(self, list_id: str, email: str, *, resubscribe: bool) -> Entry:
        """Add an address, or bring it back where `resubscribe` says so."""
        mailing, key = self.list(list_id), address_key(valid_address(email))
        if key in self.clients[mailing.client_id].suppression:
            raise Refusal(400, Code.SUPPRESSED, "Subscriber is on the suppression list")
        entry = mailing.entries.get(key)
        if entry is not None and entry.state == State.ACTIVE:
            return entry
        if entry is not None and not resubscribe and entry.state in _STILL:
            raise Refusal(400, *_STILL[State(entry.state)])
        return self.put(list_id, email, State.UNCONFIRMED if mailing.confirmed_opt_in else State.ACTIVE)

    def unsubscribe(self, list_id: str, email: str) -> None:
        """Move an address to Unsubscribed, on the client's other lists too where the list says so."""
        entry, mailing = self.entry(list_id, email), self.list(list_id)
        if entry.state == State.DELETED:
            raise not_on_the_list()
        self._unsubscribed(mailing, entry)
        if mailing.unsubscribe_setting == ALL_CLIENT_LISTS:
            for other in self.lists_of(mailing.client_id):
                beside = other.entries.get(address_key(email))
                if beside is not None and beside.state == State.ACTIVE:
                    self._unsubscribed(other, beside)
        if mailing.suppress_unsubscribed:
            self.suppress(mailing.client_id, email, "Unsubscribed")

    def _unsubscribed(self, mailing: ListState, entry: Entry) -> None:
        if entry.state != State.UNSUBSCRIBED:
            self.put(mailing.id, entry.email, State.UNSUBSCRIBED)

    def delete(self, list_id: str, email: str) -> None:
        """Move an address to Deleted; its row stays."""
        if self.entry(list_id, email).state == State.DELETED:
            raise not_on_the_list()
        self.put(list_id, email, State.DELETED)

    def rename(self, list_id: str, email: str, new: str) -> Entry:
        """Give a subscriber another address; it keeps its state."""
        entry, mailing, key = self.entry(list_id, email), self.list(list_id), address_key(valid_address(new, 211))
        if key != address_key(email) and key in mailing.entries:
            raise Refusal(400, 201, "A subscriber with that email address already exists")
        del mailing.entries[address_key(email)]
        mailing.entries[key] = entry
        entry.email = new
        mailing.changes += 1
        return entry

    def suppress(self, client_id: str, email: str, reason: str, at: datetime | None = None) -> None:
        """Put an address on the client's suppression list."""
        self.clients[client_id].suppression.setdefault(address_key(email), Suppression(email, reason, at or self.now()))

    def unsuppress(self, client_id: str, email: str) -> None:
        """Take an address off the client's suppression list."""
        if self.client(client_id).suppression.pop(address_key(valid_address(email)), None) is None:
            raise Refusal(400, 176, "Email address is not in the suppression list")


def not_on_the_list() -> Refusal:
    """Return the refusal about an address that is not on the list, or no more."""
    return Refusal(400, Code.NOT_IN_LIST, "Subscriber not in list or has already been removed.")
