"""A finding: who is harmed by what, where it stands, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sfoptlint.core.location import Excerpt, Place
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, Reach, Verdict

if TYPE_CHECKING:  # a witness brings expressions with it, and few runs have one
    from sfoptlint.core.witness import Witness


class Severity(StrEnum):
    """How much a finding weighs; ordered by `rank`, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Related:
    """A further place that belongs to a finding."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line under a finding: what it is, in a word, and the text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should act on. It always has a place.

    `effect`, `cause`, `verdict`, `reach` and `object` are None where it is about the input itself.
    `fingerprint` stays the same while the finding does, also when lines move.
    """

    rule: str
    name: str
    severity: Severity
    artifact: ComponentId
    place: Place
    message: str
    help: str
    fingerprint: str
    excerpt: Excerpt | None = None
    object: str | None = None
    directions: tuple[Direction, ...] = ()
    effect: Effect | None = None
    cause: Cause | None = None
    verdict: Verdict | None = None
    reach: Reach | None = None
    condition: str | None = None
    related: tuple[Related, ...] = ()
    witness: "Witness | None" = None
    replayed: bool | None = None
    notes: tuple[Note, ...] = ()
