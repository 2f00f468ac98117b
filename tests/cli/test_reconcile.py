"""`sfoptlint reconcile`: exit status, formats, and one line for what cannot be done."""

import json
from pathlib import Path

import duckdb
import pytest

from sfoptlint.cli.main import run
from tests.reconcile.exports import export

ANN = "003000000000001AAA,ann@x.org,{},\n"
OUT = "m1,ann@x.org,Unsubscribed,list,,,2026-11-17\n"


def test_a_missing_opt_out_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = export(tmp_path, contacts=ANN.format("false"), memberships=OUT)
    assert run(["reconcile", "--data", str(folder), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["missing_opt_out"] == 1


def test_agreement_is_clean_and_the_policy_comes_from_the_configuration(tmp_path: Path) -> None:
    folder = export(tmp_path / "data", contacts=ANN.format("true"), memberships=OUT)
    assert run(["reconcile", "--data", str(folder)]) == 0
    config = tmp_path / "policy.yml"
    config.write_text("policy: {link: lookup}\n")
    folder = export(tmp_path / "data", contacts=ANN.format("false"), memberships=OUT)
    assert run(["reconcile", "--data", str(folder), "--config", str(config)]) == 0
    assert run(["reconcile", "--data", str(folder)]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "sfoptlint: --data is missing: name the folder of exports\n"),
        (["--data", "nowhere"], "sfoptlint: nowhere: is not a folder; --data takes a folder of exports\n"),
        (["--data", "{data}", "--rows", "rows.txt"], "sfoptlint: --rows rows.txt: its name ends with .csv or .parquet\n"),
        (["--data", "{data}", "--memory-limit", "much"], "sfoptlint: --memory-limit much: "),
        (["--data", "{data}", "--rows", "no/such/folder/rows.csv"], "sfoptlint: --rows no/such/folder/rows.csv: "),
        (["--emit-sql", "oracle"], "sfoptlint: Invalid value for '--emit-sql': 'oracle' is not one of 'duckdb', "),
    ],
)  # fmt: skip
def test_what_cannot_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    data = str(export(tmp_path))
    assert run(["reconcile", *(argument.format(data=data) for argument in arguments)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(message)
    assert said.count("\n") == 1


def test_the_emitted_sql_runs_on_tables_with_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconcile", "--emit-sql", "duckdb"]) == 0
    text = capsys.readouterr().out
    with duckdb.connect() as warehouse:
        warehouse.execute(
            "CREATE TABLE Contact AS SELECT '003A' AS Id, ' Ann@x.org' AS Email, FALSE AS HasOptedOutOfEmail;"
            "CREATE TABLE Lead AS SELECT '00QA' AS Id, 'leo@x.org' AS Email, FALSE AS HasOptedOutOfEmail, TRUE AS IsConverted;"
            "CREATE TABLE wbsendit__Subscription__c AS SELECT 'ann@X.org' AS wbsendit__Email__c, 'Deleted' AS wbsendit__State__c,"
            " NULL AS wbsendit__Contact__c, NULL AS wbsendit__Lead__c, 'list' AS wbsendit__List_Id__c,"
            " TIMESTAMPTZ '2026-11-17 10:00:00+00' AS LastModifiedDate;"
            "CREATE TABLE wbsendit__Subscriber_List__c AS SELECT 'list' AS wbsendit__List_Id__c,"
            " TIMESTAMPTZ '2026-11-16 10:00:00+00' AS wbsendit__Last_Synced__c"
        )
        rows = warehouse.execute(f"SELECT object, id, expected, unsynced, n FROM ({text})").fetchall()
    assert sorted(rows) == [
        ("Contact", "003A", True, True, 1),
        ("converted_leads", None, False, False, 1),
        ("memberships", None, False, False, 1),
        ("people", None, False, False, 1),
        ("repeated", None, False, False, 0),
    ]
