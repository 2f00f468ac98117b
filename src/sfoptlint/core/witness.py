"""A witness: one state of affairs in which an effect happens, replayable without whatever found it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import Direction, Effect, OptOutObject

Values = Mapping[str, Value]
"""Values by name; a field behind look-ups is named by its path, `Account.Industry`."""


@dataclass(frozen=True, slots=True)
class RecordPair:
    """One record of the chunk: what is stored, and what the update sets. Only what was read is listed."""

    before: Values
    set: Values


@dataclass(frozen=True, slots=True)
class Rows:
    """A query returns these rows; only the fields that were read are listed."""

    rows: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A call, or a part that was not translated, yields this value."""

    value: Value


@dataclass(frozen=True, slots=True)
class Throws:
    """A call fails; `what` says how."""

    what: str


Answer = Rows | Returned | Throws


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must happen when the witness is replayed, where, and the status code that the API answers.

    `place` is `path#element` where what does it is an element with a name; else it is empty, and `at` has the line.
    """

    effect: Effect
    at: Place
    code: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """The victim is the first record of the chunk. `assumptions` say what was taken for granted, a sentence each.

    `answers` are what queries and calls give, by place (`path#element` or `path:line`), one after the other.
    """

    object: OptOutObject
    direction: Direction
    chunk: tuple[RecordPair, ...]
    expect: Expectation
    now: datetime
    user: Values = field(default_factory=dict)
    settings: Values = field(default_factory=dict)
    metadata: Values = field(default_factory=dict)
    related: Values = field(default_factory=dict)
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()


def plain(value: Value) -> bool | int | float | str | dict[str, float] | None:
    """Return a value as JSON has it: blank is null, dates and times are ISO 8601 texts, date-times in UTC."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat(timespec="milliseconds")
        case Geolocation():
            return {"latitude": float(value.latitude), "longitude": float(value.longitude)}


def document(witness: Witness) -> dict[str, object]:
    """Return the witness as plain data, in the shape of the JSON report."""

    values = _values
    at = witness.expect.at
    return {
        "object": witness.object,
        "direction": witness.direction,
        "chunk": [{"before": values(pair.before), "set": values(pair.set)} for pair in witness.chunk],
        "user": values(witness.user),
        "settings": values(witness.settings),
        "metadata": values(witness.metadata),
        "now": plain(witness.now),
        "related": values(witness.related),
        "answers": {
            place: [_answer(answer) for answer in answers] for place, answers in sorted(witness.answers.items())
        },
        "expect": {
            "effect": witness.expect.effect,
            "at": witness.expect.place or f"{at.path}:{at.line}",
            "code": witness.expect.code,
        },
        "assumptions": list(witness.assumptions),
    }


def _values(of: Values) -> dict[str, object]:
    return {name: plain(value) for name, value in sorted(of.items())}


def _answer(answer: Answer) -> dict[str, object]:
    match answer:
        case Rows(rows=rows):
            return {"rows": [_values(row) for row in rows]}
        case Returned(value=value):
            return {"value": plain(value)}
        case Throws(what=what):
            return {"throws": what}


def in_words(witness: Witness) -> str:
    """Return the victim on one line: `Contact { HasOptedOutOfEmail: false -> true, Reason__c: blank }`."""
    pair = witness.chunk[0]
    parts = [f"{name}: {_word(pair.before.get(name))} -> {_word(value)}" for name, value in sorted(pair.set.items())]
    parts += [f"{name}: {_word(value)}" for name, value in sorted(pair.before.items()) if name not in pair.set]
    others = {**witness.related, **witness.user, **witness.settings, **witness.metadata}
    parts += [f"{name}: {_word(value)}" for name, value in sorted(others.items())]
    return f"{witness.object} {{ {', '.join(parts)} }}"


def _word(value: Value) -> str:
    plain_value = plain(value)
    if plain_value is None:
        return "blank"
    if isinstance(plain_value, bool):
        return str(plain_value).lower()
    return f'"{plain_value}"' if isinstance(value, str) else str(plain_value)
