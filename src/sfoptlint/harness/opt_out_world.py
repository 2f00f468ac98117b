"""A world for a team's own tests: people and lists in a few words, a run of the sync, and questions about its end."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sfoptlint.config import read_settings
from sfoptlint.core.errors import UsageError, did_you_mean
from sfoptlint.core.settings import CONFIG_NAME, Settings
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.harness.changes import take
from sfoptlint.harness.exchange import changes
from sfoptlint.harness.fake_org.values import to_json
from sfoptlint.harness.scenario.model import Given, ListGiven, RecordGiven, Step, Verb
from sfoptlint.harness.scenario.read import START, zone_named
from sfoptlint.harness.scene import add_list, add_record, change_record, started
from sfoptlint.harness.world import World
from sfoptlint.sync.context import Options
from sfoptlint.sync.verdict import FIELDS

_EMAILS: Final = {OptOutObject.CONTACT: "Email", OptOutObject.LEAD: "Email", OptOutObject.ACCOUNT: "PersonEmail"}


class OptOutWorld:
    """A Campaign Monitor account and an org with a team's own metadata. Records and lists go by names of the test's choosing."""

    def __init__(self, world: World) -> None:
        self.world = world

    def contact(self, name: str, email: str, fields: Mapping[str, Any] | None = None) -> None:
        """Put a contact into the org, with further fields by API name; no automation runs."""
        self._person(OptOutObject.CONTACT, name, email, fields)

    def lead(self, name: str, email: str, fields: Mapping[str, Any] | None = None) -> None:
        """Put a lead into the org."""
        self._person(OptOutObject.LEAD, name, email, fields)

    def person_account(self, name: str, email: str, fields: Mapping[str, Any] | None = None) -> None:
        """Put a person account into the org."""
        self._person(OptOutObject.ACCOUNT, name, email, fields)

    def record(self, name: str, object_name: str, fields: Mapping[str, Any]) -> None:
        """Put a record of any object into the org."""
        add_record(self.world, RecordGiven(name, object_name, fields))

    def change(self, name: str, fields: Mapping[str, Any]) -> None:
        """Change a record's fields; no automation runs."""
        change_record(self.world, name, fields)

    def subscriber(self, list_name: str, email: str, state: str = "Active") -> None:
        """Put an address on a list, or move it into another state; a list is made when it is first named."""
        if list_name not in self.world.names.ids:
            add_list(self.world, ListGiven(list_name))
        self._take(Verb.SUBSCRIBER, {"list": list_name, "email": email, "state": state})

    def wait(self, span: str) -> None:
        """Let time pass: `90 minutes`, `1 hour`, `3 days`."""
        self._take(Verb.WAIT, {"for": span})

    def fault(self, code: str, name: str) -> None:
        """Let the next save of a record fail with a status code."""
        self._take(Verb.FAULT, {"save": code, "of": name})

    def sync(self, command: str = "primary", *, write: bool = True) -> None:
        """Run the sync: `primary`, `full-refresh` or `opt-out-job`; without `write` it only plans."""
        self._take(Verb.SYNC, {"run": command, "write": write})

    def opted_out(self, name: str) -> bool:
        """Return whether a person's box is ticked."""
        record = self.world.record(name)
        if record is None:
            raise UsageError(f"{name} is gone")
        return bool(record.values[FIELDS[OptOutObject(record.object.name)]])

    def field(self, name: str, field_name: str) -> Any:
        """Return a field of a record, as JSON has it."""
        record = self.world.record(name)
        if record is None:
            raise UsageError(f"{name} is gone")
        return to_json(record.values.get(field_name))

    @property
    def log(self) -> Sequence[str]:
        """The open issues of the maintenance log: cause, record and evidence."""
        lines = (f"{issue.cause} {issue.record}: {issue.evidence}" for issue in self.world.issues())
        return [self.world.names.outward(line) for line in lines]

    @property
    def requests(self) -> Sequence[str]:
        """Every request that changed something, in words."""
        return changes(self.world.exchanges, self.world.names)

    def assert_opted_out(self, *names: str) -> None:
        """Fail unless these people's boxes are ticked; the message is the maintenance log."""
        missing = [name for name in names if not self.opted_out(name)]
        if missing:
            raise AssertionError("\n".join([f"not opted out: {', '.join(missing)}", *self.log]))

    def _person(self, target: OptOutObject, name: str, email: str, fields: Mapping[str, Any] | None) -> None:
        add_record(self.world, RecordGiven(name, target, {_EMAILS[target]: email, **(fields or {})}))

    def _take(self, verb: Verb, values: Mapping[str, Any]) -> None:
        take(self.world, Step(verb, 0, values))


KEYS: Final = ("metadata", "config", "zone", "allow_opt_in", "unsubscribe_opted_out")


@contextmanager
def opt_out_world(said: Mapping[str, Any], root: Path, folder: Path) -> Iterator[OptOutWorld]:
    """Open a world as a marker says; paths are relative to `root`. Raises UsageError for what it says wrong.

    `metadata` is a project or a folder of metadata, `config` an sfoptlint.yml (default: the one at the root) whose policy and
    sync user hold, `zone` the Campaign Monitor client's time zone.
    """
    for key in said:
        if key not in KEYS:
            raise UsageError(f"the marker sfoptlint takes no {key}{did_you_mean(key, KEYS)}")
    zone = said.get("zone", "UTC")
    if zone_named(zone) is None:
        raise UsageError(f"{zone} is no time zone such as Australia/Sydney")
    settings = _settings(root, said.get("config"))
    options = Options(True, bool(said.get("allow_opt_in")), bool(said.get("unsubscribe_opted_out")))
    given = Given(START, zone, policy=settings.policy, options=options)
    metadata = root / said["metadata"] if "metadata" in said else None
    if metadata is not None and not metadata.exists():
        raise UsageError(f"{metadata}: is not there; metadata is a path from {root}")
    with started(given, folder, metadata, settings) as world:
        yield OptOutWorld(world)


def _settings(root: Path, config: str | None) -> Settings:
    file = root / (config or CONFIG_NAME)
    return read_settings(file, file.name) if config or file.is_file() else Settings()
