"""What comes of a save: saved, rejected or not known, with every step that led there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.core.witness import Values, plain

SCHEMA = "sfoptlint-simulate/1"


class Outcome(StrEnum):
    """The three ways that a save can end here."""

    SAVED = "saved"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rejection:
    """One error as the API returns it (SOAP API Developer Guide, Error); `by` is the automation that raised it, if one did.

    `place` is `path#element` where what raised it has a name. `chunk`: it fails every record that is saved with this one.
    """

    status_code: str
    message: str
    fields: tuple[str, ...] = ()
    by: ComponentId | None = None
    at: Place | None = None
    place: str = ""
    chunk: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Something that runs after the commit: what, when, and the values that it gives the record where they are known."""

    what: str
    when: str
    by: ComponentId | None = None
    sets: Values = field(default_factory=dict)
    at: Place | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a save, in words; `by` is the automation that took it, None where it is the platform."""

    phase: str
    words: str
    by: ComponentId | None = None
    at: Place | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of one record.

    `record` holds the values that it ends with, as far as they are known; of a rejected save the stored ones. `reasons` say
    why the outcome is not known. `assumptions` say what was taken for granted, a sentence each.
    """

    outcome: Outcome
    errors: tuple[Rejection, ...]
    record: Values
    later: tuple[Later, ...]
    steps: tuple[Step, ...]
    reasons: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


def document(result: SaveResult, others: Iterable[SaveResult] = ()) -> dict[str, object]:
    """Return the result as plain data in the schema's shape; `others` are the further records of the chunk."""
    more = [_result(other) for other in others]
    return {"schema": SCHEMA, **_result(result), **({"others": more} if more else {})}


def _result(result: SaveResult) -> dict[str, object]:
    return {
        "outcome": result.outcome,
        "errors": [
            {"statusCode": error.status_code, "message": error.message, "fields": list(error.fields)}
            for error in result.errors
        ],
        "record": _values(result.record),
        "later": [
            {"what": later.what, "when": later.when, "artifact": _name(later.by), "sets": _values(later.sets)}
            for later in result.later
        ],
        "steps": [_step(step) for step in result.steps],
        "reasons": list(result.reasons),
        "assumptions": list(result.assumptions),
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "phase": step.phase,
        "artifact": _name(step.by),
        "what": step.words,
        "path": step.at.path if step.at else None,
        "line": step.at.line if step.at else None,
        "depth": step.depth,
    }


def _name(by: ComponentId | None) -> str | None:
    return None if by is None else str(by)


def _values(values: Values) -> dict[str, object]:
    return {name: plain(value) for name, value in sorted(values.items())}
