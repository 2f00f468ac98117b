"""A save from a file: a witness, `{"before", "set"}`, a record as JSON, or the rows of a CSV export."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Answer, Returned, Rows, Throws, Values, Witness
from sfoptlint.simulate.questions import Given
from sfoptlint.simulate.saving import MOST, Change, Circumstances
from sfoptlint.simulate.typed import FieldOf, cell, moment, typed

_SCOPES = {"user": ("$User.", "$Profile."), "settings": ("$Setup.",), "metadata": ("$CustomMetadata.",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A save that somebody asks for. `alike` is how many records of the chunk each one stands for."""

    chunk: tuple["AskedRecord", ...]
    object: str = ""
    values: Values = field(default_factory=dict)
    related: Values = field(default_factory=dict)
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    now: datetime | None = None
    alike: int = 1

    def changes(self, default: Values, more: Values) -> list[Change]:
        """Return the records with what each sets; `default` where neither the file nor `more` says it."""
        found = []
        for record in self.chunk:
            said = {**(record.set or {}), **more}
            asked = said if said or record.set is not None else default
            found.append(Change(record.before, asked, alike=self.alike))
        return found

    def around(self, now: datetime) -> Circumstances:
        """Return what the save meets beside its records."""
        return Circumstances(self.now or now, self.values, self.related, Given(self.answers))


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """One record: `before` is None for one that is created, `set` where nothing says what is set."""

    before: Values | None
    set: Values | None


def of_witness(witness: Witness) -> Asked:
    """Return the save that a witness shows: its record stands for a full chunk."""
    chunk = tuple(AskedRecord(pair.before, pair.set) for pair in witness.chunk)
    values = {**witness.user, **witness.settings, **witness.metadata}
    return Asked(chunk, witness.object, values, witness.related, witness.answers, witness.now, MOST)


def read_json(text: str, field_of: FieldOf) -> Asked:
    """Return the save of a JSON document; raises ValueError, in words."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error}; the name of a CSV file ends in .csv") from None
    if not isinstance(given, dict):
        raise ValueError("is no JSON object; it is a witness, {before, set}, or a record")  # noqa: TRY004 - of the input
    if "chunk" not in given and "before" not in given:
        return Asked((AskedRecord(_values(given, field_of, "the record"), None),))
    pairs = given.get("chunk", [given])
    if not isinstance(pairs, list) or not pairs:
        raise ValueError("chunk: is no list of {before, set}")
    return Asked(
        chunk=tuple(_pair(pair, field_of) for pair in pairs),
        object=str(given.get("object") or ""),
        values=_globals(given),
        related=_values(given.get("related"), field_of, "related"),
        answers=_answers(given.get("answers")),
        now=_now(given.get("now")),
        alike=MOST if "expect" in given else 1,
    )


def read_csv(text: str, field_of: FieldOf) -> Asked:
    """Return the save of all rows of an export together; raises ValueError, in words."""
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ValueError(f"is no CSV: {error}") from None
    rows = [row for row in table[1:] if row]
    if not rows:
        raise ValueError("holds no row: the first line names the columns, the next ones are records")
    if len(rows) > MOST:
        raise ValueError(f"holds {len(rows)} rows; a chunk has at most {MOST}")
    return Asked(tuple(AskedRecord(_row(table[0], row, number, field_of), None) for number, row in enumerate(rows, 2)))


def read_sets(words: Iterable[str], field_of: FieldOf) -> Values:
    """Return the fields of `FIELD=VALUE` arguments; raises ValueError, in words."""
    found: dict[str, Value] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not name.strip() or not equals:
            raise ValueError(f"{word}: is no FIELD=VALUE")
        found[name.strip()] = cell(name, value, field_of(name.strip()))
    return found


def _row(header: list[str], row: list[str], number: int, field_of: FieldOf) -> Values:
    if len(row) != len(header):
        raise ValueError(f"row {number}: has {len(row)} cells, and there are {len(header)} columns")
    return {name.strip(): cell(name, text, field_of(name.strip())) for name, text in zip(header, row, strict=True)}


def _pair(given: object, field_of: FieldOf) -> AskedRecord:
    if not isinstance(given, dict) or "before" not in given:
        raise ValueError("a record of the chunk is {before, set}")
    before = None if given["before"] is None else _values(given["before"], field_of, "before")
    return AskedRecord(before, _values(given["set"], field_of, "set") if "set" in given else None)


def _values(given: object, field_of: FieldOf, what: str) -> Values:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise ValueError(f"{what}: is no JSON object of fields")  # noqa: TRY004 - of the input
    return {str(name): typed(str(name), value, field_of(str(name))) for name, value in given.items()}


def _globals(given: Mapping[str, object]) -> Values:
    """Return the `$` names; one that is written without its scope is that of the section it stands in."""
    found: dict[str, Value] = {}
    for section, scopes in _SCOPES.items():
        for name, value in _values(given.get(section), lambda _: None, section).items():
            whole = name if name.startswith("$") else f"${name}" if section == "user" else f"{scopes[0]}{name}"
            found[whole] = value
    return found


def _answers(given: object) -> Mapping[str, tuple[Answer, ...]]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise ValueError("answers: is no JSON object by place")  # noqa: TRY004 - of the input
    return {
        str(place): tuple(_answer(place, one) for one in _listed(place, answers)) for place, answers in given.items()
    }


def _listed(place: str, answers: object) -> list[object]:
    if not isinstance(answers, list):
        raise ValueError(f"answers: {place}: is no list of answers")  # noqa: TRY004 - of the input
    return answers


def _answer(place: str, given: object) -> Answer:
    match given:
        case {"rows": list(rows)}:
            return Rows(tuple(_values(row, lambda _: None, place) for row in rows))
        case {"value": value}:
            return Returned(typed(place, value, None))
        case {"throws": what}:
            return Throws(str(what))
    raise ValueError(f"answers: {place}: an answer is {{rows}}, {{value}} or {{throws}}")


def _now(given: object) -> datetime | None:
    if given is None:
        return None
    now = moment(given) if isinstance(given, str) else None
    if now is None:
        raise ValueError(f"now: {given!r} is no date-time like 2026-11-22T10:00:00Z")
    return now
