"""What a scenario says, checked for form: names, verbs and keys are known; whether it holds is for the player to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options


class Verb(StrEnum):
    """What a step does: runs the sync, or changes something that the sync then meets."""

    SYNC = "sync"
    WAIT = "wait"
    SUBSCRIBER = "subscriber"
    RENAME = "rename"
    SUPPRESS = "suppress"
    ADD_LIST = "add_list"
    DROP_LIST = "drop_list"
    RENAME_LIST = "rename_list"
    ZONE = "zone"
    SKEW = "skew"
    RECORD = "record"
    DELETE = "delete"
    MERGE = "merge"
    HIDE = "hide"
    SHOW = "show"
    FAULT = "fault"
    MEND = "mend"
    METADATA = "metadata"
    POLICY = "policy"
    OPTIONS = "options"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its verb, the line it stands on, and its values by key."""

    verb: Verb
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordGiven:
    """A record by the name that the scenario calls it: its object and its fields."""

    name: str
    object: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListGiven:
    """A mailing list by its name."""

    name: str
    prevent_member_sync: bool = False
    unsubscribe_setting: str = "OnlyThisList"


@dataclass(frozen=True, slots=True)
class Access:
    """What the sync user does not see or may not edit: `Object.Field`, or an object."""

    hidden: Sequence[str] = ()
    read_only: Sequence[str] = ()
    uneditable: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The world at the start. `metadata` are files by path; `page_size` is how many rows the sync asks for at once."""

    now: datetime
    zone: str = "UTC"
    page_size: int = 1000
    policy: Policy = field(default_factory=Policy)
    options: Options = field(default_factory=lambda: Options(write=True))
    metadata: Mapping[str, str] = field(default_factory=dict)
    access: Access = field(default_factory=Access)
    lists: Sequence[ListGiven] = ()
    members: Sequence[Step] = ()
    suppressed: Sequence[str] = ()
    records: Sequence[RecordGiven] = ()


@dataclass(frozen=True, slots=True)
class Then:
    """How it has to end.

    `records`: fields by name; None says that the record is gone. `requests`: every request that changes something, in order.
    `log`: every open issue. `reads`, `memberships`, `told` and `stopped` are looked at where they are given.
    """

    records: Mapping[str, Mapping[str, Any] | None]
    requests: Sequence[str]
    log: Sequence[str]
    reads: Mapping[str, int] = field(default_factory=dict)
    memberships: Mapping[str, Mapping[str, str]] | None = None
    told: Sequence[str] | None = None
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario by the name of its folder. `covers` are keys of the coverage table."""

    name: str
    file: Path
    about: str
    covers: Sequence[str]
    given: Given
    when: Sequence[Step]
    then: Then
