"""Reads `scenario.yaml`; whatever is wrong in it is one line with file, line and key."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sfoptlint.config import Reader, open_mapping, read_policy
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.harness.scenario.model import (
    Access,
    Given,
    ListGiven,
    RecordGiven,
    Scenario,
    Step,
    Then,
    Verb,
)
from sfoptlint.harness.scenario.verbs import KEYS, Keys
from sfoptlint.sync.context import Options

FILE = "scenario.yaml"
START = datetime(2026, 11, 25, 9, tzinfo=UTC)
"""When a scenario begins that does not say when."""
SMALLEST_PAGE = 10
_GIVEN = (
    "now", "zone", "page_size", "policy", "options", "metadata", "access", "lists", "memberships", "suppressed", "records",
)  # fmt: skip
_OPTIONS = ("allow_opt_in", "unsubscribe_opted_out", "hold_opted_out")


def read_scenario(folder: Path) -> Scenario:
    """Read the scenario of a folder; raise UsageError for anything that is wrong in it."""
    file = folder / FILE
    reader = open_mapping(file)
    if reader is None:
        raise UsageError(f"{file}: is empty; it needs about, given, when and then")
    reader.check_keys("about", "covers", "given", "when", "then")
    return Scenario(
        name=folder.name,
        file=file,
        about=_needed(reader, "about"),
        covers=reader.texts("covers") or (),
        given=_given(_part(reader, "given"), folder),
        when=_steps(reader, "when"),
        then=_then(_part(reader, "then")),
    )


def _part(reader: Reader, key: str) -> Reader:
    part = reader.mapping(key)
    if part is None:
        reader.refuse(key, "must be given")
    return part


def _needed(reader: Reader, key: str) -> str:
    text = reader.text(key)
    if not text or not text.strip():
        reader.refuse(key, "must be given, as text")
    return text.strip()


def _given(reader: Reader, folder: Path) -> Given:
    reader.check_keys(*_GIVEN)
    policy, options = reader.mapping("policy"), reader.mapping("options")
    return Given(
        now=_moment(reader, "now"),
        zone=_zone(reader),
        page_size=_page_size(reader),
        policy=read_policy(policy) if policy else Policy(),
        options=read_options(options) if options else Options(write=True),
        metadata={**_files(folder / "metadata"), **_texts(reader, "metadata")},
        access=_access(reader.mapping("access")),
        lists=tuple(_lists(reader.mapping("lists"))),
        members=tuple(_members(reader.mapping("memberships"))),
        suppressed=reader.texts("suppressed") or (),
        records=tuple(_records(reader.mapping("records"))),
    )


def read_options(reader: Reader) -> Options:
    """Read what a run may do beside writing opt-outs."""
    reader.check_keys(*_OPTIONS)
    allow, unsubscribe, hold = (bool(reader.flag(key)) for key in _OPTIONS)
    return Options(write=True, allow_opt_in=allow, unsubscribe=unsubscribe, hold_opted_out=hold)


def _moment(reader: Reader, key: str) -> datetime:
    value = dict(reader.items()).get(key)
    if value is None:
        return START
    if not isinstance(value, datetime):
        reader.refuse(key, "must be a moment such as 2026-11-25T09:00:00Z")
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _zone(reader: Reader) -> str:
    name = reader.text("zone") or "UTC"
    if zone_named(name) is None:
        reader.refuse("zone", f"is a time zone such as Australia/Sydney, not {name}")
    return name


def zone_named(name: str) -> ZoneInfo | None:
    """Return a time zone by its name in the tz database; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _page_size(reader: Reader) -> int:
    size = reader.number("page_size") or 1000
    if not SMALLEST_PAGE <= size <= 1000:
        reader.refuse("page_size", f"is between {SMALLEST_PAGE} and 1000, as the API has it")
    return size


def _files(folder: Path) -> dict[str, str]:
    """Read the metadata that lies beside the scenario."""
    if not folder.is_dir():
        return {}
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _texts(reader: Reader, key: str) -> dict[str, str]:
    part = reader.mapping(key)
    return {name: _needed(part, name) for name, _ in part.items()} if part else {}


def _access(reader: Reader | None) -> Access:
    if reader is None:
        return Access()
    reader.check_keys("hidden", "read_only", "uneditable")
    return Access(*(reader.texts(key) or () for key in ("hidden", "read_only", "uneditable")))


def _lists(reader: Reader | None) -> Iterator[ListGiven]:
    for name, _ in reader.items() if reader else ():
        assert reader is not None
        part = reader.mapping(name)
        if part is not None:
            part.check_keys("prevent_member_sync", "unsubscribe_setting")
        setting = (part.text("unsubscribe_setting") if part else None) or "OnlyThisList"
        yield ListGiven(name, bool(part and part.flag("prevent_member_sync")), setting)


def _members(reader: Reader | None) -> Iterator[Step]:
    for name, _ in reader.items() if reader else ():
        assert reader is not None
        part = reader.mapping(name)
        for email, state in part.items() if part else ():
            assert part is not None
            if not isinstance(state, str):
                part.refuse(email, "is the state of an address, such as Unsubscribed")
            yield Step(Verb.SUBSCRIBER, part.line(email), {"list": name, "email": email, "state": state})


def _records(reader: Reader | None) -> Iterator[RecordGiven]:
    for name, _ in reader.items() if reader else ():
        assert reader is not None
        part = _part(reader, name)
        fields = {key: _plain(value) for key, value in part.items() if key != "object"}
        yield RecordGiven(name, part.text("object") or "Contact", fields)


def _plain(value: Any) -> Any:
    """Return a value as a record has it: YAML makes dates of what looks like one."""
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value


def _steps(reader: Reader, key: str) -> tuple[Step, ...]:
    found = tuple(read_step(part) for part in reader.mappings(key))
    if not found:
        reader.refuse(key, "must be given: at least one step")
    return found


def read_step(reader: Reader) -> Step:
    """Read a step: a mapping of one verb to its values."""
    reader.check_keys(*Verb)
    given = [verb for verb, _ in reader.items()]
    if len(given) != 1:
        raise_at = given[1] if given else "a step"
        reader.refuse(raise_at, "is one too many: a step has one verb" if given else "must have a verb")
    verb = Verb(given[0])
    return Step(verb, reader.line(verb), _values(reader, verb, KEYS[verb]))


def _values(reader: Reader, verb: Verb, keys: Keys) -> Mapping[str, Any]:
    value = dict(reader.items())[verb]
    if keys.short and not isinstance(value, dict):
        return {keys.short: _needed(reader, verb)}
    part = _part(reader, verb)
    match verb:
        case Verb.POLICY:
            return {"policy": read_policy(part)}
        case Verb.OPTIONS:
            return {"options": read_options(part)}
        case _:
            part.check_keys(*keys.required, *keys.optional)
            for key in keys.required:
                if part.line(key) and key not in dict(part.items()):
                    part.refuse(key, "must be given")
            return {key: _value(part, key) for key, _ in part.items()}


def _value(reader: Reader, key: str) -> Any:
    match key:
        case "write" | "prevent_member_sync":
            return reader.flag(key)
        case "nth" | "times":
            return reader.number(key)
        case "records":
            return reader.texts(key)
        case "files":
            return _texts(reader, key)
        case "set":
            return {name: _plain(value) for name, value in _part(reader, key).items()}
        case "do":
            return read_step(_part(reader, key))
        case _:
            return _needed(reader, key)


def _then(reader: Reader) -> Then:
    reader.check_keys("records", "requests", "log", "reads", "memberships", "told", "stopped")
    for key in ("records", "requests", "log"):
        if key not in dict(reader.items()):
            reader.refuse(key, "must be given, if only as empty")
    reads = reader.mapping("reads")
    memberships = reader.mapping("memberships")
    return Then(
        records=_ends(_part(reader, "records")),
        requests=reader.texts("requests") or (),
        log=reader.texts("log") or (),
        reads={name: _count(reads, name) for name, _ in reads.items()} if reads else {},
        memberships={name: _texts(memberships, name) for name, _ in memberships.items()} if memberships else None,
        told=reader.texts("told"),
        stopped=reader.text("stopped"),
    )


def _ends(reader: Reader) -> Mapping[str, Mapping[str, Any] | None]:
    ends: dict[str, Mapping[str, Any] | None] = {}
    for name, value in reader.items():
        if value == "gone":
            ends[name] = None
        else:
            ends[name] = {key: _plain(item) for key, item in _part(reader, name).items()}
    return ends


def _count(reader: Reader, key: str) -> int:
    value = dict(reader.items())[key]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        reader.refuse(key, "is how many such requests there were, a whole number")
    return value


def scenario_folders(named: Sequence[Path], default: Path) -> list[Path]:
    """Return the folders of scenarios: those named, what lies below those named, or what lies below the default."""
    found: list[Path] = []
    for path in named or [default]:
        folder = path.parent if path.name == FILE else path
        below = [folder] if (folder / FILE).is_file() else sorted(file.parent for file in folder.rglob(FILE))
        if not below:
            raise UsageError(f"{path}: holds no scenario (a scenario is a folder with {FILE})")
        found += below
    return found
