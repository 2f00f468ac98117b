import json
from pathlib import Path

import pytest

from sfoptlint.cli.main import ExitStatus, run


def test_a_value_and_a_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formula", "1 + 2 * 3"]) == ExitStatus.CLEAN
    assert run(["formula", "1 = 1"]) == ExitStatus.CLEAN
    assert run(["formula", "--ast", "1 + 2 * x"]) == ExitStatus.CLEAN
    assert capsys.readouterr().out == "7\nTRUE\n( + 1 ( * 2 x ) )\n"


def test_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps({"LastName": "Ng", "Due": "2026-01-31", "Amount": {"type": "Number", "value": None}}))
    assert run(["formula", "LastName & TEXT(Due + 1)", "--record", str(record)]) == ExitStatus.CLEAN
    assert run(["formula", "Amount + 1", "--record", str(record), "--blanks", "zero"]) == ExitStatus.CLEAN
    assert capsys.readouterr().out == "Ng2026-02-01\n1\n"


def test_an_update_and_a_new_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update, new = tmp_path / "update.json", tmp_path / "new.json"
    update.write_text(json.dumps({"before": {"Flag": False, "Name": "a"}, "set": {"Flag": True}}))
    new.write_text(json.dumps({"before": None, "set": {"Flag": True}}))
    assert run(["formula", "ISCHANGED(Flag) && NOT(ISCHANGED(Name))", "--record", str(update)]) == ExitStatus.CLEAN
    assert run(["formula", "ISNEW() && NOT(ISCHANGED(Flag))", "--record", str(new)]) == ExitStatus.CLEAN
    assert capsys.readouterr().out == "TRUE\nTRUE\n"


def test_a_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_bytes(b'\xef\xbb\xbf{"id": 1, "formula": "1+1"}\r\n{"id": 2, "formula": "1+"}\r\n')
    assert run(["formula", "--batch", str(batch)]) == ExitStatus.CLEAN
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first) == {"id": 1, "value": "2"}
    assert "error" in json.loads(second)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["1 +"], "formula:1:4: the formula ends after +"),
        (["--ast", "("], "formula:1:2: the formula ends after ("),
        (["1/0"], "NumericError"),
        ([], "give a FORMULA or --batch FILE"),
        (["1", "--batch", "x"], "give a FORMULA or --batch FILE"),
        (["1", "--record", "nowhere.json"], "--record nowhere.json"),
        (["--batch", "nowhere.jsonl"], "--batch nowhere.jsonl"),
    ],
)
def test_wrong_input_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formula", *arguments]) == ExitStatus.USAGE
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    run(["formula", "--help"])
    assert "Example: sfoptlint formula" in capsys.readouterr().out
