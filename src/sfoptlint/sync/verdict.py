"""What became of each person, and of a run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from sfoptlint.core.verdict import OptOutObject

FIELDS = {
    OptOutObject.CONTACT: "HasOptedOutOfEmail",
    OptOutObject.LEAD: "HasOptedOutOfEmail",
    OptOutObject.ACCOUNT: "PersonHasOptedOutOfEmail",
}


class Became(StrEnum):
    """What became of a person's box."""

    PLANNED = "planned"
    WRITTEN = "written"
    ALREADY = "already"
    REJECTED = "rejected"
    REVERTED = "reverted"
    UNANSWERED = "unanswered"
    WITHHELD = "withheld"
    NOT_ALLOWED = "not_allowed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PersonVerdict:
    """One person: the box, from what to what, what became of it, and why. `detail` is the org's answer, without addresses."""

    object: OptOutObject
    id: str
    opted_out: bool
    became: Became
    evidence: str
    detail: str = ""

    def __str__(self) -> str:
        """Return the line of the plan: who, from what to what, why."""
        old, new = str(not self.opted_out).lower(), str(self.opted_out).lower()
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.became}: {self.object} {self.id} {FIELDS[self.object]} {old} -> {new}: {self.evidence}{detail}"


@dataclass(frozen=True, slots=True)
class Action:
    """Something done, or planned, in Campaign Monitor: what, on which list, for whose record."""

    became: str
    what: str
    list: str
    record: str

    def __str__(self) -> str:
        """Return its line of the plan."""
        return f"{self.became}: {self.what} {self.record} on {self.list}"


@dataclass(slots=True)
class Report:
    """What a run tells: each verdict and action as it comes, how many of each there were, and what went wrong as a whole.

    `incomplete` are the lists that did not come whole, with the reason; `stopped` is why the run stopped early, if it did.
    """

    tell: Callable[[PersonVerdict | Action], None]
    counts: dict[str, int] = field(default_factory=dict)
    incomplete: dict[str, str] = field(default_factory=dict)
    stopped: str = ""

    def add(self, entry: PersonVerdict | Action) -> None:
        """Tell one entry and count it."""
        self.counts[entry.became] = self.counts.get(entry.became, 0) + 1
        self.tell(entry)
