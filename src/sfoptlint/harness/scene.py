"""Sets the scene: a world as a scenario gives it."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.settings import Settings
from sfoptlint.engine.org import org_at
from sfoptlint.harness.clocks import StandingClock
from sfoptlint.harness.fake_campaign_monitor.account import Account
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.harness.fake_org.saving import PlainSaves
from sfoptlint.harness.fake_org.values import UnfitValueError, from_json
from sfoptlint.harness.faults import FaultySaves
from sfoptlint.harness.field_access import field_access
from sfoptlint.harness.no_metadata import no_metadata
from sfoptlint.harness.org_scene import org_without_records
from sfoptlint.harness.scenario.model import Access, Given, ListGiven, RecordGiven
from sfoptlint.harness.simulated_saves import SimulatedSaves
from sfoptlint.harness.world import CLIENT, World
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project

LIST_OBJECT: Final = "wbsendit__Subscriber_List__c"
_PACKAGE: Final[Mapping[str, tuple[FieldSchema, ...]]] = {
    LIST_OBJECT: (
        FieldSchema("Name", FieldType.TEXT),
        FieldSchema("wbsendit__List_Id__c", FieldType.TEXT),
        FieldSchema("wbsendit__Prevent_Member_Sync__c", FieldType.CHECKBOX),
    )
}
_DEFAULTS: Final[Mapping[str, Mapping[str, Value]]] = {
    "Contact": {"LastName": "Contact", "HasOptedOutOfEmail": False},
    "Lead": {
        "LastName": "Lead",
        "Company": "Company",
        "Status": "Open",
        "HasOptedOutOfEmail": False,
        "IsConverted": False,
    },
    "Account": {"LastName": "Account", "IsPersonAccount": True, "PersonHasOptedOutOfEmail": False},
}


@contextmanager
def started(given: Given, folder: Path, org: Path | None = None, settings: Settings | None = None) -> Iterator[World]:
    """Open the world; `folder` is an empty one that it may use. Raises UsageError for a name that is not known.

    `org` is where the org's metadata is, where the scenario does not hold it itself; `settings` name the sync user.
    """
    clock = StandingClock(given.now)
    account = Account(clock, ZoneInfo(given.zone))
    account.add_client(CLIENT, "Client")
    settings = settings or Settings()
    with ExitStack() as held:
        project = held.enter_context(org_at(org)) if org else written_org(given.metadata, folder / "org", held)
        access = field_access(project, settings) if org else _access(given.access)
        saves = FaultySaves(PlainSaves())
        random = Random(1)  # noqa: S311 - ids are no secrets
        state = org_without_records(Objects(project), clock, random, saves, access)
        state.schema.bring(_PACKAGE)
        world = World(clock, account, state, saves, folder, given.policy, given.options, given.page_size, held)
        automate(world, project, settings)
        _populate(world, given)
        yield world


def _populate(world: World, given: Given) -> None:
    for item in given.lists:
        add_list(world, item)
    for record in given.records:
        add_record(world, record)
    for step in given.members:
        list_id = known_id(world, step.values["list"])
        world.account.put(list_id, step.values["email"], step.values["state"])
    for email in given.suppressed:
        world.account.suppress(CLIENT, email, "Unsubscribed")


def written_org(files: Mapping[str, str], folder: Path, held: ExitStack) -> Project:
    """Write an org's metadata into a folder of its own, and open it for as long as `held` is."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return held.enter_context(org_at(folder)) if files else no_metadata()


def automate(world: World, project: Project, settings: Settings) -> None:
    """Let the org's saves run through the automations of a project."""
    world.saves.inner = SimulatedSaves(org_simulator(project, settings), world.org)


def _access(access: Access) -> FieldAccess:
    lowered = (frozenset(map(str.casefold, names)) for names in (access.hidden, access.read_only, access.uneditable))
    return FieldAccess(*lowered)


def known_id(world: World, name: str) -> str:
    """Return the id of a list or record; raise UsageError for one that the scenario does not know."""
    known = world.names.ids
    if name not in known:
        raise UsageError(f"{name} is neither a list nor a record of this scenario{did_you_mean(name, known)}")
    return known[name]


def add_list(world: World, item: ListGiven) -> None:
    """Make a list on both sides; its id is made from its name."""
    list_id = sha256(item.name.encode()).hexdigest()[:32]
    world.names.ids[item.name] = list_id
    world.account.add_list(list_id, item.name, CLIENT).unsubscribe_setting = item.unsubscribe_setting
    hidden = item.prevent_member_sync
    world.org.put(
        LIST_OBJECT, {"Name": item.name, "wbsendit__List_Id__c": list_id, "wbsendit__Prevent_Member_Sync__c": hidden}
    )


def add_record(world: World, record: RecordGiven) -> None:
    """Make a record; no automation runs."""
    target = world.org.schema.get(record.object)
    if target is None:
        hint = did_you_mean(record.object, world.org.schema.names)
        raise UsageError(f"{record.name}: {record.object} is no object{hint}")
    values = {**_DEFAULTS.get(target.name, {}), **stored(world, record.object, record.fields)}
    made = world.org.put(record.object, {**values, **_times(world)})
    world.names.ids[record.name] = made.id


def change_record(world: World, name: str, fields: Mapping[str, Any]) -> None:
    """Change a record's fields as somebody would whom no automation stops."""
    record = world.record(name)
    if record is None:
        raise UsageError(f"{name} is gone")
    world.org.put(record.object.name, {**record.values, **stored(world, record.object.name, fields), **_times(world)})


def _times(world: World) -> Mapping[str, Value]:
    return {"LastModifiedDate": world.org.now(), "SystemModstamp": world.org.now()}


def stored(world: World, object_name: str, fields: Mapping[str, Any]) -> dict[str, Value]:
    """Return fields as the org stores them; raise UsageError for one that the object has not."""
    target = world.org.object(object_name)
    values: dict[str, Value] = {}
    for name, value in fields.items():
        schema = target.field(name)
        if schema is None:
            known = [field.name for field in target.fields.values()]
            raise UsageError(f"{object_name} has no field {name}{did_you_mean(name, known)}")
        try:
            values[schema.name] = from_json(schema, value)
        except UnfitValueError as error:
            raise UsageError(f"{object_name}.{name} takes a value of type {error}") from error
    return values
