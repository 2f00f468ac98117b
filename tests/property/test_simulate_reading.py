"""Records from outside: whatever stands in the file, it is read or refused in words."""

import json
from contextlib import suppress

from hypothesis import example, given
from hypothesis import strategies as st

from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.witness import document
from sfoptlint.simulate.reading import of_witness, read_csv, read_json, read_sets
from tests.simulate.test_replay import witness

LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=9), inner, max_size=3)),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["before", "set", "chunk", "object", "user", "settings", "metadata", "related", "answers", "now", "Since__c", "a#b"]
)
TYPES = st.sampled_from(list(FieldType))


@given(st.dictionaries(KEYS, VALUES, max_size=6), TYPES)
@example({"before": {}, "now": "0001-01-01T00:00:00+23:59"}, FieldType.TEXT)
@example({"Since__c": "9999-12-31T23:59:59-23:59"}, FieldType.DATE_TIME)
def test_json_is_read_or_refused(given_: dict[str, object], type_: FieldType) -> None:
    with suppress(ValueError):
        read_json(json.dumps(given_), lambda name: FieldSchema(name, type_))


@given(st.text(max_size=80), TYPES)
def test_csv_is_read_or_refused(text: str, type_: FieldType) -> None:
    with suppress(ValueError):
        read_csv(text, lambda name: FieldSchema(name, type_))


@given(st.lists(st.text(max_size=20), max_size=3), TYPES)
def test_sets_are_read_or_refused(words: list[str], type_: FieldType) -> None:
    with suppress(ValueError):
        read_sets(words, lambda name: FieldSchema(name, type_))


def test_a_witness_of_a_report_is_read_as_what_it_was() -> None:
    def field_of(_: str) -> None:
        return None

    asked = read_json(json.dumps(document(witness())), field_of)
    known = of_witness(witness())
    assert (asked.object, asked.now, dict(asked.values)) == (known.object, known.now, dict(known.values))
    assert [dict(record.before or {}) for record in asked.chunk] == [
        dict(record.before or {}) for record in known.chunk
    ]
