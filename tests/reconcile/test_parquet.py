"""Parquet as other programs write it: whatever the columns' types are, both commands find what they find in plain texts."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from sfoptlint.cli.main import run

WHEN = "2026-11-17T10:00:00.000Z"
Column = Sequence[str | None]
TABLES: Mapping[str, Mapping[str, Column]] = {
    "Contact": {
        "Id": ["003000000000001AAA", "003000000000002", " 003000000000003AAA"],
        "Email": ["\u00c9va@x.org ", "ben@x.org", None],
        "HasOptedOutOfEmail": ["false", "true", "false"],
        "LastModifiedDate": [WHEN] * 3,
    },
    "Lead": {
        "Id": ["00Q000000000001AAA", "00Q000000000002AAA"],
        "Email": ["leo@x.org", "lia@x.org"],
        "HasOptedOutOfEmail": ["false", "false"],
        "LastModifiedDate": [WHEN] * 2,
        "IsConverted": ["false", "true"],
    },
    "wbsendit__Subscription__c": {
        "Id": ["m1", "m2", "m3", "m4", "m5"],
        "wbsendit__Email__c": ["\u00c9VA@x.org", "ben@x.org", "zoe@x.org", "leo@x.org", "lia@x.org"],
        "wbsendit__State__c": ["Unsubscribed", "Unsubscribed", "Deleted", "Unsubscribed", "Unsubscribed"],
        "wbsendit__List_Id__c": ["l1"] * 5,
        "wbsendit__Contact__c": [None, "003000000000002AAA", "003000000000003", "", None],
        "wbsendit__Lead__c": [None, None, None, None, "00Q000000000002AAA"],
        "LastModifiedDate": [WHEN] * 5,
    },
    "wbsendit__Subscriber_List__c": {
        "wbsendit__List_Id__c": ["l1"],
        "wbsendit__Prevent_Member_Sync__c": ["false"],
        "wbsendit__Last_Synced__c": ["2026-11-16T10:00:00.000Z"],
    },
}
MISSING = ["003000000000001AAA", "003000000000003AAA", "00Q000000000001AAA"]
BOXES = {"HasOptedOutOfEmail", "IsConverted", "wbsendit__Prevent_Member_Sync__c"}
MOMENTS = {"LastModifiedDate", "wbsendit__Last_Synced__c"}
Typed = Callable[[str, Column], pa.Array]


def every(type_: pa.DataType) -> Typed:
    return lambda _, values: pa.array(values, type=pa.string()).cast(type_)


def boxes(true: object, false: object, type_: pa.DataType) -> Typed:
    def typed(name: str, values: Column) -> pa.Array:
        if name in BOXES:
            return pa.array([true if value == "true" else false for value in values], type=type_)
        return pa.array(values, type=pa.string())

    return typed


def moments(type_: pa.DataType) -> Typed:
    def typed(name: str, values: Column) -> pa.Array:
        if name in MOMENTS:
            at = [datetime.fromisoformat(str(value)).replace(tzinfo=None) for value in values]
            return pa.array(at, type=pa.timestamp("ms")).cast(type_)
        return pa.array(values, type=pa.string())

    return typed


VARIANTS: dict[str, Typed] = {
    "texts": every(pa.string()),
    "large texts": every(pa.large_string()),
    "dictionaries": lambda _, values: pa.array(values, type=pa.string()).dictionary_encode(),
    "bytes": every(pa.binary()),
    "Booleans": boxes(True, False, pa.bool_()),
    "numbers": boxes(1, 0, pa.int8()),
    "digits": boxes("1", "0", pa.string()),
    "capitals": boxes("True", "False", pa.string()),
    "moments with a zone": moments(pa.timestamp("us", tz="Asia/Kolkata")),
    "nanoseconds": moments(pa.timestamp("ns", tz="UTC")),
    "moments without a zone": moments(pa.timestamp("ms")),
    "days": moments(pa.date32()),
}


def write(folder: Path, typed: Typed) -> Path:
    for table, columns in TABLES.items():
        arrays = {name: typed(name, values) for name, values in columns.items()}
        parquet.write_table(pa.table(arrays), folder / f"{table}.parquet")
    return folder


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_type_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], variant: str) -> None:
    folder, rows = write(tmp_path, VARIANTS[variant]), tmp_path / "rows.csv"
    assert run(["reconcile", "--data", str(folder), "--rows", str(rows), "--format", "json"]) == 1
    counted = json.loads(capsys.readouterr().out)
    assert (counted["people"], counted["converted_leads"], counted["expected_opt_out"]) == (4, 1, 4)
    assert counted["reasons"]["not_synced_yet"] == 3
    listed = [line.split(",") for line in rows.read_text().splitlines()[1:]]
    assert [(row[1], row[4]) for row in listed] == [(id_, "2026-11-17") for id_ in MISSING]
    assert run(["doctor", "--data", str(folder), "--format", "json"]) == 1
    people = {person["id"]: person["cause"] for person in json.loads(capsys.readouterr().out)["people"]}
    assert people == {**dict.fromkeys(MISSING, "primary_sync_not_running"), "00Q000000000002AAA": "converted_lead"}


@pytest.mark.parametrize("command", ["doctor", "reconcile"])
def test_a_page_that_is_broken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    file = write(tmp_path, VARIANTS["texts"]) / "Contact.parquet"
    content = file.read_bytes()
    file.write_bytes(content[:8] + b"\xff" * 32 + content[40:])
    assert run([command, "--data", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"sfoptlint: {file}: is no Parquet file: ")
