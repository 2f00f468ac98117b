"""What the project's configuration says, checked; the defaults are what an empty file means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sfoptlint.core.finding import Severity
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import OptOutObject

CONFIG_NAME = "sfoptlint.yml"


class PackagePresence(StrEnum):
    """Whether the membership related list is to be on the pages."""

    DETECT = "detect"
    EXPECTED = "expected"
    ABSENT = "absent"


class SolverChoice(StrEnum):
    """What decides whether a guard can hold: the own search, or z3 after it for what it leaves open."""

    OWN = "own"
    Z3 = "z3"


class Link(StrEnum):
    """How a membership is found to be a person's."""

    LOOKUP_OR_EMAIL = "lookup_or_email"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class SyncUser:
    """The user the sync saves as. None is 'not said', which leaves it free; a list that is given is complete."""

    name: str
    line: int
    profile: str | None = None
    permission_sets: tuple[str, ...] | None = None
    permission_set_groups: tuple[str, ...] | None = None
    custom_permissions: tuple[str, ...] | None = None
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A finding that is known and accepted: of this artefact and rule, for this reason, until the day given."""

    artifact: str
    rule: str
    reason: str
    line: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What is expected of a person, given their memberships."""

    opted_out_states: frozenset[str] = frozenset({"Unsubscribed", "Deleted"})
    ignored_states: frozenset[str] = frozenset()
    link: Link = Link.LOOKUP_OR_EMAIL
    clear_on_resubscribe: bool = False
    sync_max_age_hours: int = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """`sfoptlint.yml`, checked, and what the command line says beside it.

    `path` is the file as the report names it, empty where there is none.

    A value of `severity` is None where the rule is switched off.
    """

    path: str = ""
    objects: tuple[OptOutObject, ...] = tuple(OptOutObject)
    context: Context = Context.BATCH
    person_accounts: bool | None = None
    package: PackagePresence = PackagePresence.DETECT
    sync_user: SyncUser | None = None
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    suppress: tuple[Suppression, ...] = ()
    rule_folders: tuple[str, ...] = ()
    policy: Policy = Policy()
    solver: SolverChoice = SolverChoice.OWN
