"""The words of a verdict: which effect an artefact has on an opt-out, and how surely."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sfoptlint.core.witness import Witness


class OptOutObject(StrEnum):
    """The objects whose opt-out box the sync ticks; Account stands for person accounts."""

    CONTACT = "Contact"
    LEAD = "Lead"
    ACCOUNT = "Account"


class Direction(StrEnum):
    """Which way the box goes; `any` where both ways meet the same answer."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    ANY = "any"


class Effect(StrEnum):
    """What happens to the update, or to the people who look at its result."""

    BLOCK = "block"
    REVERT = "revert"
    OVERWRITE = "overwrite"
    DENY = "deny"
    HIDE = "hide"


class Cause(StrEnum):
    """By what means the effect comes about."""

    ERROR = "error"
    EXCEPTION = "exception"
    LIMIT = "limit"
    WRITE = "write"
    ASYNC = "async"
    LOCK = "lock"
    ACCESS = "access"
    PAGE = "page"


class Verdict(StrEnum):
    """How surely the effect happens, over every record, user and data that the update may meet."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"
    UNKNOWN = "unknown"


class Reach(StrEnum):
    """Whether the opt-out is what the automation reacts to, or only the bystander."""

    TARGETED = "targeted"
    INCIDENTAL = "incidental"


class Half(StrEnum):
    """The two things that a person must see on a page."""

    RELATED_LIST = "related_list"
    FIELD = "field"


@dataclass(frozen=True, slots=True, order=True)
class ComponentId:
    """A component in the Metadata API's words: its type and its percent-decoded full name."""

    type: str
    full_name: str

    def __str__(self) -> str:
        return f"{self.type}:{self.full_name}"


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict: what one artefact does to one object, in one direction, by one effect.

    `reason` says why the verdict is what it is, in one sentence; `missing` is for `hide` alone.
    """

    artifact: ComponentId
    object: OptOutObject
    direction: Direction
    effect: Effect
    cause: Cause
    verdict: Verdict
    path: str
    line: int
    reason: str
    reach: Reach | None = None
    condition: str | None = None
    missing: tuple[Half, ...] = ()
    witness: "Witness | None" = None
    replayed: bool | None = None
    """Whether the simulator comes to what the witness shows; None without a witness."""
