"""`sfoptlint sync`, as far as it goes without a service: the maintenance log, and what a run needs."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sfoptlint.cli.main import ExitStatus, run
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.journal import leased
from sfoptlint.sync.maintenance import close_one, note

ORG = ["--org", "https://org.example", "--client", "c1"]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with an open issue and one that is over."""
    file = tmp_path / "journal"
    now = datetime(2026, 11, 25, 10, tzinfo=UTC)
    with leased(file) as opened, opened.step("test"):
        note(opened, IssueCause.BLOCKED, "003A", "FIELD_CUSTOM_VALIDATION_EXCEPTION: no ann@example.com", now)
        note(opened, IssueCause.ROW_BUSY, "003B", "UNABLE_TO_LOCK_ROW", now)
        close_one(opened, IssueCause.ROW_BUSY, "003B", now)
    return file


def test_the_log_is_listed_with_remedies_and_without_addresses(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sync", "issues", "--journal", str(journal)]) == ExitStatus.CLEAN
    assert capsys.readouterr().out == (
        "blocked_by_automation 003A: FIELD_CUSTOM_VALIDATION_EXCEPTION: no <address> "
        "(first seen 2026-11-25T10:00:00+00:00, last 2026-11-25T10:00:00+00:00)\n"
        "  remedy: let the sync user pass the automation that the message names; `sfoptlint lint` finds it\n"
    )


def test_the_log_as_json_with_what_is_over(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sync", "issues", "--journal", str(journal), "--all", "--format", "json"]) == ExitStatus.CLEAN
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "sfoptlint-sync-issues/1"
    assert [(issue["cause"], issue["closed"]) for issue in document["issues"]] == [
        ("blocked_by_automation", None),
        ("row_busy", "2026-11-25T10:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("arguments", "environment", "complaint"),
    [
        (["issues", "--journal", "nowhere"], {}, "nowhere: is not there"),
        (["primary"], {}, "Missing option '--org'"),
        (["primary", *ORG], {}, "set SFOPTLINT_ORG_TOKEN in the environment"),
        (["primary", *ORG], {"SFOPTLINT_ORG_TOKEN": "t"}, "set SFOPTLINT_CAMPAIGN_MONITOR_KEY"),
        (["primary", "--org", "alias", "--client", "c1"], {"PATH": ""}, "the Salesforce CLI `sf` is not on the PATH"),
        (["primary", "--config", "none.yml", *ORG], {}, "none.yml"),
    ],
)
def test_what_is_missing_is_said_in_one_line(
    arguments: list[str],
    environment: dict[str, str],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("SFOPTLINT_ORG_TOKEN", "SFOPTLINT_CAMPAIGN_MONITOR_KEY", "SFOPTLINT_CAMPAIGN_MONITOR_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["sync", *arguments]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert complaint in said
    assert said.count("\n") == 1
