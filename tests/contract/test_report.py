"""The JSON of `lint`: its keys, and the words that each may have."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.contract.org import BROKEN, write_org

LINT = [sys.executable, "-m", "sfoptlint", "lint"]
TYPES = {
    "ValidationRule",
    "ApexTrigger",
    "Flow",
    "WorkflowRule",
    "Layout",
    "Profile",
    "PermissionSet",
    "PermissionSetGroup",
    "MutingPermissionSet",
    "SyncUser",
}
CAUSES = {"error", "exception", "limit", "write", "async", "lock", "access", "page"}
FINDING = {
    "rule", "name", "severity", "artifact", "object", "directions", "effect", "cause", "verdict", "reach", "message",
    "condition", "help", "path", "line", "column", "related", "witness", "replayed", "fingerprint",
}  # fmt: skip
ROW = {
    "artifact", "type", "object", "direction", "effect", "cause", "verdict", "reach", "condition", "reason", "witness",
    "replayed", "path", "line",
}  # fmt: skip
WITNESS = {
    "object", "direction", "chunk", "user", "settings", "metadata", "now", "related", "answers", "expect", "assumptions",
}  # fmt: skip


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_org(tmp_path_factory.mktemp("org"))


@pytest.fixture(scope="module")
def report(org: Path) -> dict[str, Any]:
    done = subprocess.run([*LINT, ".", "--format", "json"], cwd=org, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


def test_the_frame(report: dict[str, Any]) -> None:
    assert set(report) >= {"schema", "tool", "project", "findings", "verdicts", "coverage", "summary"}
    assert report["schema"] == "sfoptlint/1"
    assert set(report["tool"]) == {"name", "version"}
    assert report["project"] == {
        "root": ".",
        "format": "source",
        "objects": ["Contact", "Lead", "Account"],
        "context": "batch",
    }
    assert all({"path", "line", "reason"} <= set(gap) for gap in report["coverage"]["gaps"])


def test_every_finding_has_its_keys_and_their_words(report: dict[str, Any]) -> None:
    for finding in report["findings"]:
        assert set(finding) >= FINDING
        assert re.fullmatch(r"OPT[1-9]\d\d", finding["rule"])
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", finding["name"])
        assert finding["severity"] in {"error", "warning", "note"}
        assert finding["object"] in {"Contact", "Lead", "Account", None}
        assert set(finding["directions"]) <= {"opt_out", "opt_in"}
        assert finding["effect"] in {"block", "revert", "overwrite", "deny", "hide", None}
        assert finding["cause"] in CAUSES | {None}
        assert finding["verdict"] in {"always", "sometimes", "unknown", None} or finding["rule"] in {"OPT603", "OPT607"}
        assert finding["reach"] in {"targeted", "incidental", None}
        assert finding["line"] >= 1
        assert finding["column"] >= 1
        assert "\\" not in finding["path"]
        assert all({"path", "line", "message"} <= set(related) for related in finding["related"])
        assert finding["replayed"] in {True, False, None}
        assert finding["message"]
        assert finding["help"]
    prints = Counter(finding["fingerprint"] for finding in report["findings"])
    assert prints.most_common(1)[0][1] == 1


def test_a_broken_file_is_a_finding_about_no_effect(report: dict[str, Any]) -> None:
    (finding,) = [f for f in report["findings"] if f["path"] == BROKEN]
    assert finding["rule"] == "OPT901"
    assert finding["artifact"] == "Layout:Lead-Broken"
    assert [finding[key] for key in ("effect", "verdict", "reach", "object")] == [None] * 4
    assert not [row for row in report["verdicts"] if row["path"] == BROKEN]


def test_every_row_has_its_keys_and_their_words(report: dict[str, Any]) -> None:
    for row in report["verdicts"]:
        assert set(row) == ROW | ({"missing"} if row["effect"] == "hide" else set())
        assert row["artifact"].startswith(row["type"] + ":")
        assert row["type"] in TYPES
        assert row["object"] in {"Contact", "Lead", "Account"}
        assert row["direction"] in {"opt_out", "opt_in", "any"}
        assert (row["direction"] == "any") is (row["effect"] in {"deny", "hide"})
        assert row["effect"] in {"block", "revert", "overwrite", "deny", "hide"}
        assert row["cause"] in CAUSES
        assert row["verdict"] in {"always", "sometimes", "never", "unknown"}
        harms = row["effect"] in {"block", "revert"} and row["verdict"] in {"always", "sometimes"}
        assert (row["reach"] in {"targeted", "incidental"}) is harms
        assert set(row.get("missing", ())) <= {"related_list", "field"}
        assert row["reason"] or row["verdict"] not in {"unknown", "never"}, row
        assert row["line"] >= 1


def test_a_row_for_each_direction_and_effect(report: dict[str, Any]) -> None:
    made = {(row["artifact"], row["object"], row["direction"], row["effect"]) for row in report["verdicts"]}
    assert len(made) == len(report["verdicts"])
    for artifact, object_ in {(row["artifact"], row["object"]) for row in report["verdicts"]}:
        own = {row[2:] for row in made if row[:2] == (artifact, object_)}
        if artifact.startswith(("ApexTrigger:", "ValidationRule:", "Flow:", "WorkflowRule:")):
            assert own == {(d, e) for d in ("opt_out", "opt_in") for e in ("block", "revert")}
        else:
            assert own in ({("any", "deny")}, {("any", "hide")})


def test_the_org_has_every_kind_of_answer(report: dict[str, Any]) -> None:
    said = {(row["artifact"], row["effect"], row["verdict"], row["reach"]) for row in report["verdicts"]}
    assert said >= {
        ("ValidationRule:Contact.Need_Reason", "block", "sometimes", "targeted"),
        ("ValidationRule:Contact.Any_Save", "block", "sometimes", "incidental"),
        ("ValidationRule:Lead.Off", "block", "never", None),
        ("ValidationRule:Lead.Opaque", "block", "unknown", None),
        ("ApexTrigger:Guard", "block", "sometimes", "targeted"),
        ("ApexTrigger:Guard", "revert", "never", None),
        ("Flow:Untick", "revert", "always", "targeted"),
        ("Layout:Contact-Desk: Shore", "hide", "always", None),
        ("Profile:Desk", "deny", "sometimes", None),
        ("PermissionSet:Sync", "deny", "never", None),
        ("SyncUser:Sync", "deny", "always", None),
    }
    (page,) = [row for row in report["verdicts"] if row["type"] == "Layout"]
    assert page["missing"] == ["related_list", "field"]


def test_a_witness_has_all_that_a_replay_needs(report: dict[str, Any]) -> None:
    witnesses = [row["witness"] for row in report["verdicts"] if row["witness"]]
    assert witnesses
    for witness in witnesses:
        assert set(witness) == WITNESS
        for record in witness["chunk"]:
            assert set(record) == {"before", "set"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", witness["now"])
        assert set(witness["expect"]) == {"effect", "at", "code"}
        assert all(isinstance(text, str) for text in witness["assumptions"])
    assert all(finding["replayed"] is not False for finding in report["findings"])


def test_the_summary_counts_what_is_there(report: dict[str, Any]) -> None:
    severities = Counter(finding["severity"] for finding in report["findings"])
    verdicts = Counter(row["verdict"] for row in report["verdicts"])
    assert report["summary"] == {
        **{severity: severities[severity] for severity in ("error", "warning", "note")},
        "proved_safe": verdicts["never"],
        "unknown": verdicts["unknown"],
    }


@pytest.mark.parametrize("options", [[], ["--jobs", "2"], ["--no-cache"], ["--jobs", "4", "--no-cache"]])
@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_input_gives_the_same_bytes(org: Path, options: list[str], seed: str) -> None:
    def told(extra: list[str], hash_seed: str) -> bytes:
        command = [*LINT, ".", "--format", "json", *extra]
        environment = {"PYTHONHASHSEED": hash_seed, "PATH": "/usr/bin:/bin"}
        return subprocess.run(command, cwd=org, env=environment, capture_output=True, check=False).stdout

    assert told(options, seed) == told([], "0")
