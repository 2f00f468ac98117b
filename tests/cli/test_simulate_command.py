"""`sfoptlint simulate`: records from JSON, CSV and witnesses; what it prints, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from sfoptlint.cli.main import ExitStatus, run
from tests.orgs import write
from tests.simulate.orgs import BOX, field, org, rule

FILES = org(
    field("Reason__c", "Text", "<length>20</length>"),
    field("Since__c", "Date"),
    rule("Require_Reason", f"AND({BOX}, ISBLANK(Reason__c), Since__c < DATE(2026, 1, 1))", field="Reason__c"),
)
STORED = {BOX: False, "Since__c": "2025-12-31"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "org", FILES)


def given(tmp_path: Path, name: str, text: object) -> str:
    file = tmp_path / name
    file.write_text(text if isinstance(text, str) else json.dumps(text))
    return str(file)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = run(["simulate", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_record_is_opted_out_where_nothing_else_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = given(tmp_path, "r.json", STORED)
    status, found = answer(capsys, str(folder), "--object", "Contact", "--record", record)
    assert status == ExitStatus.FINDINGS
    assert found["schema"] == "sfoptlint-simulate/1"
    assert found["outcome"] == "rejected"
    assert found["errors"] == [
        {
            "statusCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "message": "Require_Reason says no",
            "fields": ["Reason__c"],
        }
    ]
    assert {"later", "steps", "assumptions", "record"} <= set(found)


def test_what_is_set_is_read_by_the_type_of_its_field(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = given(tmp_path, "r.json", {"before": STORED, "set": {BOX: True}})
    status, found = answer(
        capsys, str(folder), "--object", "Contact", "--record", record, "--set", "Since__c=2026-02-01"
    )
    assert (status, found["outcome"]) == (ExitStatus.CLEAN, "saved")
    assert found["record"] == {BOX: True, "Since__c": "2026-02-01"}


def test_the_rows_of_an_export_are_one_chunk(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = given(tmp_path, "r.csv", f"{BOX},Since__c,Reason__c\nfalse,2025-01-01,moved\n0,2025-01-01,\n")
    status, found = answer(capsys, str(folder), "--object", "Contact", "--record", record)
    assert status == ExitStatus.FINDINGS
    assert (found["outcome"], [other["outcome"] for other in found["others"]]) == ("saved", ["rejected"])


def test_the_witness_of_a_finding_meets_the_whole_org(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["lint", str(folder), "--format", "json", "--select", "OPT101"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    status, found = answer(capsys, str(folder), "--witness", finding["fingerprint"][:8])
    assert (status, found["outcome"]) == (ExitStatus.FINDINGS, "rejected")


def test_a_witness_from_a_report_is_a_record_too(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["lint", str(folder), "--format", "json", "--select", "OPT101"])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    record = given(tmp_path, "witness.json", finding["witness"])
    status, found = answer(capsys, str(folder), "--object", "Contact", "--record", record)
    assert (status, found["outcome"]) == (ExitStatus.FINDINGS, "rejected")


def test_a_trace_for_people(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = given(tmp_path, "r.json", STORED)
    assert run(["simulate", str(folder), "--object", "Contact", "--record", record]) == ExitStatus.FINDINGS
    shown = capsys.readouterr().out
    assert 'ValidationRule:Contact.Require_Reason  rejects: "Require_Reason says no"' in shown
    assert "\nrejected\n  FIELD_CUSTOM_VALIDATION_EXCEPTION: Require_Reason says no [Reason__c]\n" in shown


@pytest.mark.parametrize(
    ("name", "text", "more", "message"),
    [
        ("r.json", "{", [], "--record {file}: is no JSON: Expecting property name"),
        ("r.json", "[]", [], "--record {file}: is no JSON object"),
        ("r.json", '{"before": 1}', [], "--record {file}: before: is no JSON object of fields"),
        ("r.json", '{"chunk": []}', [], "--record {file}: chunk: is no list"),
        ("r.json", '{"before": {}, "answers": {"a#b": [{}]}}', [], "--record {file}: answers: a#b"),
        ("r.json", '{"before": {}, "now": "soon"}', [], "--record {file}: now: 'soon' is no date-time"),
        ("r.json", '{"chunk": [{"before": {}}], "object": "Lead"}', [], "is a Lead, and --object says Contact"),
        ("r.csv", "A,B\n1\n", [], "--record {file}: row 2: has 1 cells"),
        ("r.csv", "A,B\n", [], "--record {file}: holds no row"),
        ("r.json", "{}", ["--set", "Email"], "--set Email: is no FIELD=VALUE"),
        ("r.json", "{}", ["--witness", "ab"], "give --record FILE or --witness FINGERPRINT"),
    ],
)
def test_bad_input_is_one_line(  # noqa: PLR0913, PLR0917 - fixtures
    name: str,
    text: str,
    more: list[str],
    message: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = given(tmp_path, name, text)
    assert run(["simulate", str(folder), "--object", "Contact", "--record", record, *more]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert message.format(file=record) in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{org}"], "give --record FILE or --witness FINGERPRINT"),
        (["{org}", "--record", "r.json"], "say with --object which object it is of"),
        (["nowhere", "--witness", "ab"], "nowhere: is not there"),
        (["{org}", "--witness", "ffffffffffffffff"], "no finding has this fingerprint"),
        (["{org}", "--object", "Contact", "--record", "nowhere.json"], "nowhere.json: cannot be read: No such file"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", *(word.format(org=folder) for word in arguments)]) == ExitStatus.USAGE
    said = capsys.readouterr()
    assert message in said.err
    assert said.err.count("\n") == 1
