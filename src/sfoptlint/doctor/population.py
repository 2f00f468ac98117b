"""The people and memberships of a data directory, each person with the memberships that are theirs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sfoptlint.core.settings import Link
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.data_directory.directory import Row
from sfoptlint.data_directory.one_each import OneEach, shown
from sfoptlint.data_directory.records import Records
from sfoptlint.data_directory.tables import CONTACT, LEAD, SUBSCRIPTION
from sfoptlint.policy.address import address_key
from sfoptlint.policy.people import Membership, Person, record_key

CHANGED = "LastModifiedDate"
CONVERTED_CONTACT = "ConvertedContactId"
PERSON_ACCOUNT = "IsPersonAccount"
_TABLES = {OptOutObject.CONTACT: CONTACT, OptOutObject.LEAD: LEAD}
_Key = tuple[OptOutObject, str]


@dataclass(frozen=True, slots=True)
class Holding:
    """A membership, and when it last changed where the export says so."""

    membership: Membership
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One person with all that the data says of them.

    `holdings` are theirs by the policy; `namesakes` have their address and are not. `twins` are the other people with their
    address, `lead` is the converted lead that they came from, `contact` what they became.
    """

    person: Person
    row: Row
    holdings: tuple[Holding, ...]
    namesakes: tuple[Holding, ...]
    twins: tuple[Person, ...]
    lead: Person | None = None
    contact: Person | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """The states of their memberships."""
        return tuple(holding.membership.state for holding in self.holdings)

    @property
    def automated(self) -> OptOutObject:
        """The object whose automations a save of this person runs: a person account's are the Account's."""
        if self.row.checkbox(PERSON_ACCOUNT):
            return OptOutObject.ACCOUNT
        return self.person.object


class Population:
    """Everybody in a data directory. Ids are compared by their first 15 characters."""

    def __init__(self, data: Records, link: Link) -> None:
        self._link = link
        rows = {object_: list(data.rows(table)) for object_, table in _TABLES.items()}
        self._standing = {object_: shown(of_table) for object_, of_table in rows.items()}
        found = {_key(person): (person, row) for person, row in _people(rows, self._standing)}
        self._people = {key: person for key, (person, _) in found.items()}
        self._rows = {key: row for key, (_, row) in found.items()}
        self.holdings = tuple(_holdings(data))
        self._by_lookup: dict[tuple[OptOutObject, str], list[Holding]] = defaultdict(list)
        self._by_address: dict[str, list[Holding]] = defaultdict(list)
        self._sharing: dict[str, list[Person]] = defaultdict(list)
        for person in self._people.values():
            if address := address_key(person.email):
                self._sharing[address].append(person)
        for holding in self.holdings:
            self._index(holding)

    def __len__(self) -> int:
        return len(self._people)

    def __iter__(self) -> Iterator[Subject]:
        for key, person in self._people.items():
            yield self._subject(key, person)

    def rows(self) -> Iterable[Row]:
        """Return everybody's row."""
        return self._rows.values()

    def left_out(self, record_id: str | None = None) -> Iterator[str]:
        """Yield why rows are left out: those of one Id, or a line for each kind."""
        for standing in self._standing.values():
            if record_id is None:
                yield from standing.told()
            elif doubt := standing.left_out(record_id):
                yield str(doubt)

    def unlinked(self) -> Iterator[Holding]:
        """Yield the memberships that are nobody's: no look-up names a person in the data, and no address is theirs."""
        for holding in self.holdings:
            known = any(key in self._people for key in _lookups(holding.membership))
            if not known and not (self._link is Link.LOOKUP_OR_EMAIL and self._sharing.get(_address(holding))):
                yield holding

    def _index(self, holding: Holding) -> None:
        for key in _lookups(holding.membership):
            self._by_lookup[key].append(holding)
        if address := _address(holding):
            self._by_address[address].append(holding)

    def _subject(self, key: tuple[OptOutObject, str], person: Person) -> Subject:
        row, address = self._rows[key], address_key(person.email)
        named = self._by_lookup.get(key, [])
        same = self._by_address.get(address, []) if address else []
        others = [holding for holding in same if holding not in named]
        sharing = [other for other in self._sharing.get(address, []) if other is not person] if address else []
        linked = self._link is Link.LOOKUP_OR_EMAIL
        return Subject(
            person,
            row,
            holdings=(*named, *(others if linked else ())),
            namesakes=() if linked else tuple(others),
            twins=tuple(other for other in sharing if not other.converted),
            lead=self._origin(person, sharing),
            contact=self._people.get((OptOutObject.CONTACT, record_key(row.text(CONVERTED_CONTACT)))),
        )

    def _origin(self, person: Person, sharing: Iterable[Person]) -> Person | None:
        """Return the converted lead that a contact came from, as far as the one or the other says so."""
        for other in sharing:
            if other.converted and person.object is OptOutObject.CONTACT:
                became = record_key(self._rows[_key(other)].text(CONVERTED_CONTACT))
                if not became or became == record_key(person.id):
                    return other
        return None


def _people(
    rows: Mapping[OptOutObject, list[Row]], standing: Mapping[OptOutObject, OneEach]
) -> Iterator[tuple[Person, Row]]:
    for object_, of_table in rows.items():
        for row in of_table:
            if standing[object_].stands(row):
                opted_out, converted = row.checkbox("HasOptedOutOfEmail"), row.checkbox("IsConverted")
                yield Person(object_, row.text("Id").strip(), row.text("Email"), opted_out, converted), row


def _holdings(data: Records) -> Iterator[Holding]:
    for row in data.rows(SUBSCRIPTION):
        membership = Membership(
            row.text("Id"),
            row.text("wbsendit__Email__c"),
            row.text("wbsendit__State__c"),
            row.text("wbsendit__List_Id__c"),
            row.text("wbsendit__Contact__c"),
            row.text("wbsendit__Lead__c"),
        )
        yield Holding(membership, row.moment(CHANGED))


def _key(person: Person) -> _Key:
    return person.object, record_key(person.id)


def _address(holding: Holding) -> str:
    return address_key(holding.membership.email)


def _lookups(membership: Membership) -> Iterator[tuple[OptOutObject, str]]:
    for object_, lookup in ((OptOutObject.CONTACT, membership.contact), (OptOutObject.LEAD, membership.lead)):
        if key := record_key(lookup):
            yield object_, key
