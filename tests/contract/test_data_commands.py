"""`reconcile`, `doctor`, `simulate` and `harness run`: their JSON, and one line where data is missing."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sfoptlint.cli.main import run
from tests.contract.data import FILES, write_data
from tests.contract.org import write_org
from tests.orgs import write

SFOPTLINT = [sys.executable, "-m", "sfoptlint"]
CAUSES = {
    "duplicate_email", "active_membership", "bounced", "not_editable", "refresh_fails", "primary_sync_not_running",
    "option_off", "mixed_states", "stale_membership", "blocked_by_automation", "reverted_by_automation", "converted_lead",
    "no_membership", "unknown",
}  # fmt: skip


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_org(tmp_path_factory.mktemp("org"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def faulty(tmp_path: Path) -> Callable[[str, tuple[str, str]], Path]:
    """Return what writes the data with one text of one file replaced."""
    return lambda name, change: write(tmp_path, {**FILES, name: FILES[name].replace(*change)})


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    status = run([*map(str, arguments), "--format", "json"])
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert isinstance(document, dict)
    return status, document


def test_reconcile_counts_everybody_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, counted = answer(capsys, "reconcile", "--data", data)
    assert status == 1
    assert counted == {
        "schema": "sfoptlint-reconcile/1",
        "people": 7,
        "memberships": 7,
        "converted_leads": 1,
        "expected_opt_out": 4,
        "in_agreement": 2,
        "missing_opt_out": 3,
        "unexplained_opt_out": 1,
        "mixed_states": 1,
        "reasons": {"duplicate_email": 2, "blocked_by_automation": 0, "not_synced_yet": 0, "unknown": 1},
        "rows_file": None,
    }


def test_reconcile_simulates_what_the_org_does(org: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, counted = answer(capsys, "reconcile", "--data", data, "--metadata", org)
    assert counted["reasons"] == {
        "duplicate_email": 2,
        "blocked_by_automation": 1,
        "not_synced_yet": 0,
        "unknown": 0,
    }


def test_reconcile_writes_who_differs(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.csv"
    _, counted = answer(capsys, "reconcile", "--data", data, "--rows", rows)
    assert counted["rows_file"] == str(rows)
    found = {row["id"]: row["finding"] for row in csv.DictReader(rows.read_text().splitlines())}
    assert found == {
        "003000000000001AAA": "missing_opt_out",
        "003000000000002AAA": "unexplained_opt_out",
        "003000000000003AAA": "missing_opt_out",
        "003000000000004AAA": "missing_opt_out",
        "00Q000000000002AAA": "mixed_states",
    }


def test_duckdb_is_the_engine_unless_another_is_named(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "reconcile", "--data", data, "--engine", "duckdb") == answer(
        capsys, "reconcile", "--data", data
    )


def test_spark_that_is_not_installed_is_one_line(data: Path) -> None:
    # A package that cannot be imported stands in front, so that this holds where PySpark is installed too.
    hidden = "import sys; sys.modules['pyspark'] = None; from sfoptlint.cli.main import main; main()"
    command = [sys.executable, "-c", hidden, "reconcile", "--data", str(data), "--engine", "spark"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sfoptlint: --engine spark needs the extra 'spark': pip install 'sfoptlint[spark]'\n"


def test_reconcile_is_clean_where_nobody_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = {name: text.partition("\n")[0] + "\n" for name, text in FILES.items()}
    status, counted = answer(capsys, "reconcile", "--data", write(tmp_path, heads))
    assert (status, counted["people"], counted["missing_opt_out"]) == (0, 0, 0)


def test_doctor_says_who_and_why(org: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = answer(capsys, "doctor", "--data", data, "--metadata", org)
    assert said["schema"] == "sfoptlint-doctor/1"
    assert {check["check"] for check in said["checks"]} <= CAUSES
    for check in said["checks"]:
        assert set(check) == {"check", "status", "count", "detail"}
        assert check["status"] in {"ok", "trouble", "unknown"}
    for person in said["people"]:
        assert set(person) >= {"object", "id", "expected", "actual", "cause", "evidence", "remedy"}
        assert person["object"] in {"Contact", "Lead"}
        assert person["cause"] in CAUSES
    causes = {person["id"]: person["cause"] for person in said["people"]}
    assert causes["003000000000003AAA"] == "duplicate_email"
    assert causes["00Q000000000002AAA"] in {"mixed_states", "bounced"}


@pytest.mark.parametrize("who", [["--email", "ANN@example.com"], ["--id", "003000000000001"]])
def test_doctor_answers_for_one(data: Path, capsys: pytest.CaptureFixture[str], who: list[str]) -> None:
    _, said = answer(capsys, "doctor", "--data", data, *who)
    assert "003000000000001AAA" in {person["id"] for person in said["people"]}


def test_doctor_repeats_no_address(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["doctor", "--data", str(data)])
    captured = capsys.readouterr()
    assert "@example.com" not in captured.out + captured.err


@pytest.mark.parametrize("command", ["reconcile", "doctor"])
@pytest.mark.parametrize("missing", FILES)
def test_a_missing_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, missing: str
) -> None:
    write(tmp_path, {name: text for name, text in FILES.items() if name != missing})
    assert run([command, "--data", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"{missing} is missing" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["reconcile", "doctor"])
@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("Contact.csv", ("HasOptedOutOfEmail,", "Opted,"), "Contact.csv:1: the column HasOptedOutOfEmail is missing"),
        ("Lead.csv", (",IsConverted", ""), "Lead.csv:1: the column IsConverted is missing"),
        ("Contact.csv", ("com,true", "com,maybe"), "Contact.csv:3: HasOptedOutOfEmail"),
        ("Contact.csv", (FILES["Contact.csv"], ""), "Contact.csv:1: is empty"),
    ],
)
def test_a_fault_in_the_data_is_one_line(
    faulty: Callable[[str, tuple[str, str]], Path], command: str, name: str, change: tuple[str, str], said: str
) -> None:
    done = subprocess.run([*SFOPTLINT, command, "--data", str(faulty(name, change))], capture_output=True, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert said in done.stderr.decode()


@pytest.mark.parametrize(
    ("reason", "outcome", "status"), [(None, "rejected", 1), ("moved", "saved", 0)], ids=["rejected", "saved"]
)
def test_simulate_says_how_a_save_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], reason: str | None, outcome: str, status: int
) -> None:
    folder = write_org(tmp_path / "org")
    (folder / "force-app/main/default/flows/Untick.flow-meta.xml").unlink()
    record = tmp_path / "record.json"
    stored = {"HasOptedOutOfEmail": False, "Reason__c": reason, "Phone": "1", "LastName": "Ng"}
    record.write_text(json.dumps({"before": stored, "set": {"HasOptedOutOfEmail": True}}))
    config = tmp_path / "free.yml"
    config.write_text("package: expected\n")
    asked = ["--object", "Contact", "--record", record, "--config", config]
    ended, said = answer(capsys, "simulate", folder, *asked)
    assert set(said) >= {"schema", "outcome", "errors", "record", "later", "steps", "assumptions"}
    assert said["schema"] == "sfoptlint-simulate/1"
    assert (said["outcome"], ended) == (outcome, status)
    assert all(set(error) == {"statusCode", "message", "fields"} for error in said["errors"])
    assert [error["statusCode"] for error in said["errors"]] == ["FIELD_CUSTOM_VALIDATION_EXCEPTION"][:ended]


def test_a_witness_of_lint_is_replayed(org: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, report = answer(capsys, "lint", org, "--select", "OPT101")
    (finding,) = [f for f in report["findings"] if f["artifact"] == "ValidationRule:Contact.Need_Reason"]
    status, said = answer(capsys, "simulate", org, "--witness", finding["fingerprint"])
    assert (status, said["outcome"]) == (1, "rejected")


def test_harness_run_says_how_each_scenario_ended(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = answer(capsys, "harness", "run", "bounced_prevents")
    assert status == 0
    assert said["schema"] == "sfoptlint-harness/1"
    (scenario,) = said["scenarios"]
    assert set(scenario) == {"name", "passed", "seconds", "reason"}
    assert (scenario["name"], scenario["passed"]) == ("bounced_prevents", True)
