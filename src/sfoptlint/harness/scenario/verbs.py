"""Which keys each verb of a step takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sfoptlint.harness.scenario.model import Verb


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a verb. A step may give the value of `short` alone, without a mapping."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    short: str | None = None


COMMANDS: Final = ("primary", "full-refresh", "refresh", "opt-out-job", "add")

KEYS: Final[Mapping[Verb, Keys]] = {
    Verb.SYNC: Keys(("run",), ("list", "email", "records", "write", "killed_at", "nth", "overlapping"), "run"),
    Verb.WAIT: Keys(("for",), (), "for"),
    Verb.SUBSCRIBER: Keys(("list", "email", "state")),
    Verb.RENAME: Keys(("list", "email", "to")),
    Verb.SUPPRESS: Keys(("email",), ("reason",), "email"),
    Verb.ADD_LIST: Keys(("name",), ("prevent_member_sync", "unsubscribe_setting"), "name"),
    Verb.DROP_LIST: Keys(("name",), (), "name"),
    Verb.RENAME_LIST: Keys(("name", "to")),
    Verb.SKEW: Keys(("by",), (), "by"),
    Verb.ZONE: Keys(("name",), (), "name"),
    Verb.RECORD: Keys(("name", "set"), ("object",)),
    Verb.DELETE: Keys(("name",), (), "name"),
    Verb.MERGE: Keys(("name", "into")),
    Verb.HIDE: Keys(("name",), (), "name"),
    Verb.SHOW: Keys(("name",), (), "name"),
    Verb.FAULT: Keys((), ("at", "nth", "times", "answer", "do", "save", "of", "message", "disk")),
    Verb.MEND: Keys(("what",), (), "what"),
    Verb.METADATA: Keys(("files",)),
    Verb.POLICY: Keys(),
    Verb.OPTIONS: Keys(),
    Verb.RESTORE: Keys(("what",), (), "what"),
}
"""`policy` and `options` take the keys of `given`. `mend: faults`; `restore: journal` keeps or brings back a backup."""
