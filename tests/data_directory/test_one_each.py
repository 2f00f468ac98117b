"""Rows of one Id: one person where they agree; left out, in one line that both commands say, where they contradict each other."""

import json
from pathlib import Path

import pytest

from sfoptlint.cli.main import run
from tests.reconcile.exports import export

ANN = "003000000000001AAA,ann@x.org,false,\n"
BEN = "003000000000002AAA,ben@x.org,false,\n"
LEO = "00Q000000000001AAA,leo@x.org,false,,false\n"
OUT = "".join(f"m{at},{name}@x.org,Unsubscribed,list,,,2026-11-17\n" for at, name in enumerate(("ann", "ben", "leo")))
BEN_AND_LEO = {"003000000000002AAA", "00Q000000000001AAA"}
TWICE = "is there twice, with another address or box; both are left out: export anew, or keep the row that is true"


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, object], list[str]]:
    """Return what a command answers as JSON, and its lines on standard error."""
    assert run([*arguments, "--format", "json"]) == 1
    printed = capsys.readouterr()
    return json.loads(printed.out), printed.err.splitlines()


def both(folder: Path, rows: Path, capsys: pytest.CaptureFixture[str]) -> tuple[set[str], list[str]]:
    """Ask both commands, and return whom they name and what they complain of: the same."""
    found, complaints = said(capsys, "doctor", "--data", str(folder))
    people = found["people"]
    assert isinstance(people, list)
    counted, same_complaints = said(capsys, "reconcile", "--data", str(folder), "--rows", str(rows))
    listed = [line.split(",")[1] for line in rows.read_text().splitlines()[1:]]
    assert sorted(listed) == sorted(person["id"] for person in people)
    assert counted["missing_opt_out"] == len(listed)
    assert complaints == same_complaints
    return set(listed), [line.removeprefix(f"sfoptlint: {folder}/") for line in complaints]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("003000000000001AAA,ann@x.org,true,\n", "Contact.csv:4, on line 2 too: Id 003000000000001AAA"),
        (" 003000000000001 ,other@x.org,false,\n", "Contact.csv:4, on line 2 too: Id 003000000000001"),
    ],
)
def test_who_is_contradicted_is_left_out_and_everything_else_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, complaint: str
) -> None:
    folder = export(tmp_path / "data", contacts=ANN + BEN + row, leads=LEO, memberships=OUT)
    people, complaints = both(folder, tmp_path / "rows.csv", capsys)
    assert people == BEN_AND_LEO
    assert complaints == [f"{complaint} {TWICE}"]


def test_a_row_without_an_id_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blanks = " ,ann@x.org,false,\n,ann@x.org,true,\n"
    folder = export(tmp_path / "data", contacts=blanks + BEN, leads=LEO, memberships=OUT)
    people, (complaint,) = both(folder, tmp_path / "rows.csv", capsys)
    assert people == BEN_AND_LEO
    assert complaint.startswith("Contact.csv:2: Id is blank, the row is left out; export")
    assert complaint.endswith(" (1 more like it)")


def test_ids_that_a_spreadsheet_took_for_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mangled = "3.50E+124,ann@x.org,false,\n3.50E+124,eve@x.org,false,\n"
    twice = "003000000000003AAA,al@x.org,false,\n003000000000003AAA,al@x.org,true,\n"
    folder = export(tmp_path / "data", contacts=mangled + BEN + twice, leads=LEO, memberships=OUT)
    people, (first, second) = both(folder, tmp_path / "rows.csv", capsys)
    assert people == BEN_AND_LEO
    assert first.startswith("Contact.csv:3, on line 2 too: Id 3.50E+124 is what a spreadsheet made of an Id")
    assert second == f"Contact.csv:6, on line 5 too: Id 003000000000003AAA {TWICE}"


def test_rows_that_agree_are_one_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = "003000000000001 , ANN@x.org,0,2026-11-20\n"
    folder = export(tmp_path / "data", contacts=ANN + BEN + again + ANN, leads=LEO + LEO, memberships=OUT)
    people, complaints = both(folder, tmp_path / "rows.csv", capsys)
    assert people == {"003000000000001AAA"} | BEN_AND_LEO
    assert complaints == []
    counted, _ = said(capsys, "reconcile", "--data", str(folder))
    assert (counted["people"], counted["reasons"]) == (3, {**dict.fromkeys(_REASONS, 0), "unknown": 3})


_REASONS = ("duplicate_email", "blocked_by_automation", "not_synced_yet", "unknown")


def test_a_lead_that_is_converted_in_one_row_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    converted = "00Q000000000001AAA,leo@x.org,false,,true\n"
    folder = export(tmp_path / "data", contacts=ANN, leads=LEO + converted, memberships=OUT)
    people, (complaint,) = both(folder, tmp_path / "rows.csv", capsys)
    assert people == {"003000000000001AAA"}
    assert complaint.startswith("Lead.csv:3, on line 2 too: Id 00Q000000000001AAA is there twice")


def test_who_is_asked_for_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = export(tmp_path / "data", contacts=ANN + ANN.replace("false", "true"), memberships=OUT)
    assert run(["doctor", "--data", str(folder), "--id", "003000000000001"]) == 2
    assert "Contact.csv:3, on line 2 too: Id 003000000000001AAA is there twice" in capsys.readouterr().err


@pytest.mark.parametrize(
    "spelt", [" 003000000000001AAA", "003000000000001\u00a0", "\t003000000000001AAA ", "003000000000001 "]
)
def test_white_space_around_an_id_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spelt: str
) -> None:
    lookup = "m1,other@x.org,Unsubscribed,list, 003000000000001AAA,,2026-11-17\n"
    folder = export(tmp_path / "data", contacts=ANN.replace("003000000000001AAA", spelt), memberships=lookup)
    people, complaints = both(folder, tmp_path / "rows.csv", capsys)
    assert (people, complaints) == ({spelt.strip()}, [])
