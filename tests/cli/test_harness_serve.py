"""`harness serve`: what it says of input that it cannot use, one line each; the rest of it runs in `tests/harness`."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sfoptlint.cli.main import ExitStatus, run
from tests.harness.served import write_export, write_org

Change = Callable[[Path], object]
BAD: list[tuple[Change, str]] = [
    (lambda f: (f / "data" / "Contact.csv").unlink(), "Contact.csv is missing"),
    (lambda f: (f / "data" / "Lead.csv").write_text("Id,Email\n"), "the column HasOptedOutOfEmail is missing"),
    (
        lambda f: (f / "data" / "Account.csv").write_text("Id,AnnualRevenue\n001000000000001,much\n"),
        "Account.csv:2: AnnualRevenue is no double",
    ),
    (lambda f: shutil.rmtree(f / "org" / "objects"), "holds no metadata"),
    (lambda f: (f / "org").rename(f / "gone"), "--org"),
    (lambda f: (f / "data").rename(f / "gone"), "is not a folder"),
    (lambda f: (f / "org" / "sfoptlint.yml").write_text("polcy: {}\n"), "did you mean policy"),
]


@pytest.mark.parametrize(("change", "said"), BAD)
def test_input_that_cannot_be_used_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Change, said: str
) -> None:
    org, data = write_org(tmp_path / "org"), write_export(tmp_path / "data")
    change(tmp_path)
    assert run(["harness", "serve", "--org", str(org), "--data", str(data)]) == ExitStatus.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_port_that_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    org, data = write_org(tmp_path / "org"), write_export(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ["harness", "serve", "--org", str(org), "--data", str(data), "--port", str(port)]
        assert run(arguments) == ExitStatus.USAGE
    assert f"--port {port}: Address already in use" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--seed", "x"], []])
def test_options_that_are_wrong(arguments: list[str]) -> None:
    assert run(["harness", "serve", *arguments]) == ExitStatus.USAGE


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["harness", "--help"]) == ExitStatus.CLEAN
    assert run(["harness", "serve", "--help"]) == ExitStatus.CLEAN
    assert capsys.readouterr().out.count("Example: sfoptlint harness") == 2


def test_nothing_of_the_extras_is_loaded_before_it_is_needed() -> None:
    modules = (
        "sfoptlint.cli.main, sfoptlint.cli.harness_serve, sfoptlint.cli.harness_record, sfoptlint.harness.local.fakes"
    )
    loaded = "[m for m in ('requests', 'simple_salesforce', 'responses', 'trustme') if m in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print({loaded})"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
