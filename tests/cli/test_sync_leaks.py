"""`sync` says nothing that is somebody's: whatever goes wrong, no address and no token is printed.

The journal alone has addresses, and is for its owner's eyes alone.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sfoptlint.cli import main
from sfoptlint.harness.exchange import Pattern
from sfoptlint.harness.faults import RequestFault
from tests.harness.served import address, serving_with_faults

TOKENS = {"SFOPTLINT_ORG_TOKEN": "00D000000000001!s3cretOrg", "SFOPTLINT_CAMPAIGN_MONITOR_KEY": "s3cretKey"}
SOMEBODYS = ("shore.example", "p007", "s3cret")
FAULTS: dict[str, tuple[str, str, str]] = {
    "none": ("GET", "/nowhere", "500"),
    "expired": ("GET", "/query", "401/INVALID_SESSION_ID"),
    "half a page of people": ("GET", "/query", "truncated"),
    "half a page of subscribers": ("GET", "/lists/", "truncated"),
    "a proxy's page": ("PATCH", "/composite", "html"),
    "a save without an answer": ("PATCH", "/composite", "truncated"),
}


def run(folder: Path, *command: str) -> str:
    """Run a sync in a folder, and return all that it prints."""
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "sfoptlint", "sync", *command],
        cwd=folder,
        env=os.environ | TOKENS | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout + done.stderr


def texts(folder: Path) -> Iterator[str]:
    """Yield what was left in a folder beside the journal, names first."""
    for file in folder.rglob("*"):
        yield file.name
        if file.is_file() and file.name != "journal":
            yield file.read_bytes().decode(errors="replace")


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_that_is_somebodys_is_said(tmp_path: Path, fault: str) -> None:
    method, part, answer = FAULTS[fault]
    folder = tmp_path / "work"
    folder.mkdir()
    fails = RequestFault(Pattern(method, (part,)), fault, times=100, answer=answer)
    with serving_with_faults(tmp_path, fails) as (served, _):
        where = ["--org", served.salesforce, "--campaign-monitor", served.campaign_monitor]
        where += ["--authority", served.authority, "--journal", "journal"]
        said = run(folder, "primary", *where)
        said += run(folder, "primary", *where, "--write", "--format", "json")
        said += run(folder, "refresh", *where, "--list", "news", "--email", address(7), "--write")
    said += run(folder, "issues", "--journal", "journal", "--all")
    found = "\n".join([said, *texts(folder)])
    assert said
    assert [word for word in SOMEBODYS if word in found] == []
    journal = folder / "journal"
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert b"s3cret" not in journal.read_bytes()


class Broken(list[str]):
    """A command line that cannot be read."""

    def __iter__(self) -> Iterator[str]:
        raise KeyError(f"{address(7)}: Bearer s3cret")


def test_nor_by_a_fault_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.run(Broken()) == main.ExitStatus.INTERNAL
    said = capsys.readouterr().err
    assert "KeyError" in said
    assert [word for word in SOMEBODYS if word in said] == []


def test_a_journal_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    where = [
        "--org",
        "https://127.0.0.1:1",
        "--client",
        "c",
        "--campaign-monitor",
        "https://127.0.0.1:1/api/v3.3",
        "--write",
    ]
    for journal in (tmp_path / "no" / "journal", tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "sfoptlint", "sync", "primary", *where, "--journal", str(journal)],
            env=os.environ | TOKENS,
            capture_output=True,
            text=True,
            check=False,
        )
        (line,) = done.stderr.splitlines()
        assert done.returncode == 2
        assert line.startswith(f"sfoptlint: {journal}: ")
