"""`sfoptlint sync` against both fakes as another program would meet them: over the wire, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from sfoptlint.clients.network import NetworkTransport
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from tests.harness.served import BLOCKED, Served, contact_id, serving

ENVIRONMENT = {
    "SFOPTLINT_ORG_TOKEN": "00D000000000001!secret-of-the-org",
    "SFOPTLINT_CAMPAIGN_MONITOR_KEY": "secret-key",
}
GONE = {contact_id(n) for n in (2, 3, 6)}
"""Unsubscribed or deleted, and not blocked by the org's rule."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as where:
        yield where


def _command(served: Served, journal: Path, *arguments: str) -> list[str]:
    where = ["--org", served.salesforce, "--campaign-monitor", served.campaign_monitor, "--journal", str(journal)]
    return [sys.executable, "-m", "sfoptlint", "sync", arguments[0], *where, *arguments[1:]]


def _run(served: Served, journal: Path, *arguments: str) -> tuple[int, list[Any]]:
    command = [*_command(served, journal, *arguments), "--format", "json"]
    done = subprocess.run(command, env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=False)
    assert not done.stderr
    assert not [word for word in ("@", "secret") if word in done.stdout]
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def _opted_out(served: Served) -> set[str]:
    network = NetworkTransport()
    org = Salesforce(network, Access(served.salesforce, "token"))
    ids = {str(row["Id"]) for row in org.query("SELECT Id FROM Contact WHERE HasOptedOutOfEmail = true")}
    network.close()
    return ids


def test_plan_write_and_log(served: Served, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    status, (*planned, summary) = _run(served, journal, "primary")
    assert status == 0
    assert {entry["id"] for entry in planned} == GONE | {contact_id(BLOCKED)}
    assert summary == {
        "schema": "sfoptlint-sync/1",
        "written": False,
        "counts": {"planned": 4},
        "incomplete": {},
        "stopped": None,
    }
    assert not journal.exists()
    assert not _opted_out(served)

    status, (*_, summary) = _run(served, journal, "primary", "--write")
    assert (status, summary["counts"]) == (1, {"rejected": 1, "written": 3})
    assert _opted_out(served) == GONE

    listing = [sys.executable, "-m", "sfoptlint", "sync", "issues", "--journal", str(journal), "--format", "json"]
    issues = json.loads(subprocess.run(listing, capture_output=True, text=True, check=True).stdout)["issues"]
    assert [(issue["cause"], issue["record"]) for issue in issues] == [("blocked_by_automation", contact_id(BLOCKED))]
    assert "A phone is needed" in issues[0]["evidence"]


def test_killed_again_and_again_it_comes_to_the_same_end(served: Served, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    for pause in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        command = _command(served, journal, "full-refresh", "--write")
        with subprocess.Popen(command, env=os.environ | ENVIRONMENT, stdout=subprocess.DEVNULL) as process:
            sleep(pause)
            process.kill()
    status, (*_, summary) = _run(served, journal, "full-refresh", "--write")
    assert status == 1
    assert summary["counts"]["rejected"] == 1
    assert _opted_out(served) == GONE
