"""The options of reporting, and the exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sfoptlint.cli.main import run
from tests.contract.org import FILES, FOLDER, write_org
from tests.orgs import write


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_org(tmp_path_factory.mktemp("org"))


def looks_like(form: str, text: str) -> bool:
    """Whether a report is one of this format."""
    return bool(LOOKS[form](text))


def is_rectangular(text: str) -> bool:
    return len({len(row) for row in csv.reader(io.StringIO(text))}) == 1


LOOKS: dict[str, Callable[[str], object]] = {
    "json": lambda text: json.loads(text)["schema"] == "sfoptlint/1",
    "sarif": lambda text: json.loads(text)["version"] == "2.1.0",
    "gitlab": lambda text: (
        set(json.loads(text)[0]) >= {"description", "check_name", "fingerprint", "severity", "location"}
    ),
    "junit": lambda text: ET.fromstring(text).tag == "testsuites",
    "csv": is_rectangular,
    "html": lambda text: text.startswith("<!doctype html>"),
    "markdown": lambda text: text.startswith("## "),
    "github": lambda text: text.startswith("::error "),
    "text": lambda text: "\nerror[OPT" in text,
}
FORMAT_OF_NAME = {
    "report.sarif": "sarif",
    "junit.xml": "junit",
    "report.html": "html",
    "findings.json": "json",
    "report.md": "markdown",
    "report.csv": "csv",
    "report.txt": "text",
    "gl-code-quality-report.json": "gitlab",
    "new/folder/report.sarif.json": "sarif",
}


@pytest.mark.parametrize("form", LOOKS)
def test_every_format_stands_on_standard_output(org: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert run(["lint", str(org), "--format", form]) == 1
    captured = capsys.readouterr()
    assert looks_like(form, captured.out)
    assert captured.err == ""


def test_the_default_format_is_text(org: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["lint", str(org)])
    default = capsys.readouterr().out
    run(["lint", str(org), "--format", "text"])
    assert capsys.readouterr().out == default


def test_the_name_of_an_output_says_its_format(org: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {tmp_path / name: form for name, form in FORMAT_OF_NAME.items()}
    assert run(["lint", str(org), *(word for file in files for word in ("--output", str(file)))]) == 1
    assert looks_like("text", capsys.readouterr().out)
    assert {file: looks_like(form, file.read_text()) for file, form in files.items()} == dict.fromkeys(files, True)


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_errors_fail_at_every_level_but_never(org: Path, level: str, status: int) -> None:
    assert run(["lint", str(org), "--fail-on", level]) == status


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_a_warning_fails_where_it_is_asked_to(tmp_path: Path, level: str, status: int) -> None:
    name = f"{FOLDER}/layouts/Contact-Desk%3A Shore.layout-meta.xml"
    write(tmp_path, {name: FILES[name], "sfoptlint.yml": "package: expected\n"})
    assert run(["lint", str(tmp_path), "--fail-on", level]) == status


@pytest.mark.parametrize(
    ("arguments", "only"),
    [
        (["--select", "OPT101"], {"OPT101"}),
        (["--select", "validation-rule-against-opt-out"], {"OPT101"}),
        (["--select", "OPT1", "--ignore", "OPT102", "--ignore", "OPT106"], {"OPT101"}),
        (["--select", "OPT101,OPT601"], {"OPT101", "OPT601"}),
        (["--select", "OPT101", "--select", "layout-without-membership-list"], {"OPT101", "OPT601"}),
    ],
)
def test_rules_are_chosen(org: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], only: set[str]) -> None:
    run(["lint", str(org), "--format", "json", *arguments])
    assert {finding["rule"] for finding in json.loads(capsys.readouterr().out)["findings"]} == only


@pytest.mark.parametrize(
    ("color", "no_color", "coloured"),
    [
        ("auto", None, False),
        ("always", None, True),
        ("always", "1", True),
        ("never", None, False),
        ("auto", "1", False),
    ],
)
def test_colour_is_on_when_asked_for_alone(org: Path, color: str, no_color: str | None, coloured: bool) -> None:
    environment = {**os.environ, **({"NO_COLOR": no_color} if no_color else {})}
    command = [sys.executable, "-m", "sfoptlint", "lint", str(org), "--color", color]
    out = subprocess.run(command, capture_output=True, env=environment, check=False).stdout
    assert (b"\x1b[" in out) is coloured


def test_a_terminal_gets_colour_unless_no_color_is_set(org: Path) -> None:
    pty = pytest.importorskip("pty")

    def shown(**more: str) -> bytes:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "sfoptlint", "lint", str(org), "--select", "OPT601"]
        child = subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**os.environ, **more})
        os.close(theirs)
        seen = b""
        while chunk := read_from(ours):
            seen += chunk
        child.wait()
        os.close(ours)
        return seen

    assert b"\x1b[" in shown()
    assert b"\x1b[" not in shown(NO_COLOR="1")


def read_from(terminal: int) -> bytes:
    """What a terminal shows next; nothing once its other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
