"""What a lint run found: all that a report needs, and nothing that it must look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.verdict import OptOutObject, Row, Verdict


class Format(StrEnum):
    """The two shapes that metadata comes in."""

    SOURCE = "source"
    MDAPI = "mdapi"


class Context(StrEnum):
    """How the sync saves: as a batch job inside the org, or through the API from outside."""

    BATCH = "batch"
    API = "api"


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """What was linted, as the user named it."""

    root: str
    format: Format
    objects: tuple[str, ...]
    context: Context


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """Something that was there and was not judged, and why."""

    path: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What a report says of a rule without opening its folder."""

    id: str
    name: str
    summary: str
    severity: Severity
    help: str


@dataclass(frozen=True, slots=True)
class InternalError:
    """A defect of ours that was caught: where, and what to attach to a bug report."""

    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one lint run; every tuple is sorted, so that the same input gives the same bytes."""

    version: str
    project: ProjectInfo
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]
    read: Mapping[str, int]
    gaps: tuple[Gap, ...]
    rules: tuple[RuleSummary, ...]
    internal_errors: tuple[InternalError, ...] = ()
    raised: frozenset[OptOutObject] = frozenset(OptOutObject)
    """The objects that findings are raised on; Account has rows in every org, and findings where persons are accounts."""

    def count(self, severity: Severity) -> int:
        """How many findings weigh exactly this much."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def proved_safe(self) -> int:
        """How many rows say that the effect can never happen."""
        return sum(row.verdict is Verdict.NEVER for row in self.rows)

    @property
    def undecided(self) -> int:
        """How many rows could not be decided."""
        return sum(row.verdict is Verdict.UNKNOWN for row in self.rows)
