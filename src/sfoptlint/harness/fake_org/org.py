"""The state of an org: its records, and the few things that the API remembers between two requests."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.harness.fake_org.files import MetadataFiles
from sfoptlint.harness.fake_org.ids import IdMaker, key_of, whole
from sfoptlint.harness.fake_org.record import Cursor, Job, Record
from sfoptlint.harness.fake_org.saving import PlainSaves, Saves
from sfoptlint.harness.fake_org.schema import OrgObject, OrgSchema

DAILY_REQUESTS = 15_000


@dataclass
class Org:
    """Everything. Whoever sets a scene uses `put`; requests go through the routes."""

    schema: OrgSchema
    clock: Clock
    random: Random
    saves: Saves = field(default_factory=PlainSaves)
    access: FieldAccess = field(default_factory=FieldAccess)
    daily_requests: int = DAILY_REQUESTS
    requests: int = 0
    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    row_faults: dict[str, deque[SaveError]] = field(default_factory=dict)
    """By the first 15 characters of an id: what the next updates of that record meet, one error each."""
    later: list[tuple[Record, Values]] = field(default_factory=list)
    """What runs soon after a commit: values that a record is given before the next request is answered."""
    metadata: MetadataFiles | None = None
    retrieves: dict[str, frozenset[str]] = field(default_factory=dict)
    """The metadata types of each retrieve, by the id of its job."""
    doubts: list[str] = field(default_factory=list)
    """What the saves could not know, a sentence each."""

    def __post_init__(self) -> None:
        self.ids = IdMaker(self.random)
        self.id = self.ids.make("Organization")
        self.user_id = self.ids.make("User")

    def now(self) -> datetime:
        """Return the moment, in UTC and whole seconds: the platform keeps no more."""
        return self.clock.now().replace(microsecond=0)

    def object(self, name: str) -> OrgObject:
        """Return an object that is known to be there."""
        found = self.schema.get(name)
        assert found is not None, name
        return found

    def table(self, object_: OrgObject) -> dict[str, Record]:
        """Return an object's records by the first 15 characters of their ids."""
        return self.tables.setdefault(object_.name, {})

    def records(self, object_: OrgObject, *, deleted: bool = False) -> Iterator[Record]:
        """Yield an object's records, those in the recycle bin only when asked for."""
        return (record for record in self.table(object_).values() if deleted or not record.deleted)

    def find(self, object_: OrgObject, record_id: str) -> Record | None:
        """Return a record, also from the recycle bin."""
        return self.table(object_).get(key_of(record_id))

    def anywhere(self, record_id: str) -> Record | None:
        """Return a record of whatever object, also from the recycle bin."""
        key = key_of(record_id)
        return next((table[key] for table in self.tables.values() if key in table), None)

    def catch_up(self) -> None:
        """Run what was to run after the commits so far."""
        for record, values in self.later:
            record.values |= {**values, "LastModifiedDate": self.now(), "SystemModstamp": self.now()}
        self.later.clear()

    def put(self, object_name: str, values: Mapping[str, Value]) -> Record:
        """Store a record as it is, without saving it: no automation runs. Names are taken whatever their case."""
        object_ = self.object(object_name)
        spelt = {self._spelt(object_, name): value for name, value in values.items()}
        record_id = whole(str(spelt.get("Id") or "")) or self.ids.make(object_.name)
        spelt["Id"] = record_id
        record = Record(record_id, object_, spelt, deleted=spelt.get("IsDeleted") is True)
        self.table(object_)[key_of(record_id)] = record
        return record

    @staticmethod
    def _spelt(object_: OrgObject, name: str) -> str:
        known = object_.field(name)
        return known.name if known else name
