"""Wrong usage, configuration and input: exit status 2 and one line that names what is wrong."""

from pathlib import Path

import pytest

from sfoptlint.cli.main import COMMANDS, run
from tests.contract.org import write_org
from tests.orgs import write


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_org(tmp_path_factory.mktemp("org"))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said of a request that is refused."""
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("sfoptlint: ")
    return captured.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "--help"),
        (["no-such-command"], "no-such-command"),
        (["lint", "{org}", "--no-such-option"], "--no-such-option"),
        (["lint", "{org}/nowhere"], "nowhere"),
        (["lint", "{org}", "--format", "yaml"], "yaml"),
        (["lint", "{org}", "--output", "report.docx"], "report.docx"),
        (["lint", "{org}", "--output", "report"], "report"),
        (["lint", "{org}", "--output"], "--output"),
        (["lint", "{org}", "--fail-on", "fatal"], "fatal"),
        (["lint", "{org}", "--color", "blue"], "blue"),
        (["lint", "{org}", "--config", "nowhere.yml"], "nowhere.yml"),
        (["lint", "{org}", "--select", "OPT999"], "OPT999"),
        (["lint", "{org}", "--ignore", "no-rule"], "no-rule"),
        (["lint", "{org}", "--objects", "Contact,Case"], "Case"),
        (["lint", "{org}", "--context", "bulk"], "bulk"),
        (["lint", "{org}", "--solver", "cvc5"], "cvc5"),
        (["lint", "{org}", "--jobs", "0"], "--jobs"),
        (["lint", "{org}", "--jobs", "many"], "--jobs"),
        (["lint", "{org}", "--baseline", "nowhere.json"], "nowhere.json"),
        (["lint", "{org}", "--rules", "nowhere"], "nowhere"),
        (["lint", "{org}", "--staged"], "not a git repository"),
        (["lint", "{org}", "--since", "HEAD"], "not a git repository"),
        (["explain"], "RULE"),
        (["explain", "OPT999"], "OPT999"),
        (["parse"], "PATH"),
        (["parse", "{org}/nowhere"], "nowhere"),
        (["formula"], "formula"),
        (["formula", "1 +"], "formula:1:4"),
        (["formula", "--batch", "nowhere.jsonl"], "nowhere.jsonl"),
        (["fix", "{org}/nowhere"], "nowhere"),
        (["fix", "{org}", "--select", "OPT999"], "OPT999"),
        (["simulate"], "PATH"),
        (["simulate", "{org}"], "--record"),
        (["simulate", "{org}", "--object", "Contact", "--record", "nowhere.json"], "nowhere.json"),
        (["doctor"], "--data"),
        (["doctor", "--data", "{org}/nowhere"], "nowhere"),
        (["reconcile"], "--data"),
        (["reconcile", "--data", "{org}/nowhere"], "nowhere"),
        (["retrieve"], "--org"),
        (["retrieve", "--org", "x"], "--into"),
        (["sync"], "sync --help"),
        (["harness"], "harness --help"),
        (["harness", "run", "no-such"], "no-such"),
        (["harness", "run", "{org}"], "scenario.yaml"),
        (["harness", "run", "--format", "xml"], "xml"),
        (["harness", "serve"], "--org"),
        (["harness", "serve", "--org", "{org}"], "--data"),
        (["harness", "serve", "--org", "{org}", "--data", "{org}/nowhere"], "nowhere"),
        (["harness", "serve", "--org", "{org}/nowhere", "--data", "{org}"], "nowhere"),
        (["simulate", "{org}", "--object", "Contact", "--record", "{org}/sfoptlint.yml"], "sfoptlint.yml"),
        (["simulate", "{org}", "--witness", "0123456789abcdef"], "0123456789abcdef"),
        (["doctor", "--data", "{org}", "--org", "x"], "--org"),
        (["reconcile", "--emit-sql", "oracle"], "oracle"),
        (["reconcile", "--data", "{org}", "--engine", "pandas"], "pandas"),
        (["sync", "no-such"], "no-such"),
        (["sync", "primary"], "--org"),
    ],
)
def test_wrong_usage_is_one_line_that_names_it(
    org: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    assert named in refusal(capsys, *(argument.format(org=org) for argument in arguments))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("pakage: expected", "did you mean package"),
        ("package: maybe", "package"),
        ("objects: [Case]", "Case"),
        ("objects: Contact", "objects"),
        ("context: bulk", "context"),
        ("person_accounts: perhaps", "person_accounts"),
        ("sync_user: {profil: Admin}", "did you mean profile"),
        ("sync_user: {permission_sets: Sync}", "permission_sets"),
        ("severity: {OPT101: fatal}", "OPT101"),
        ("severity: {OPT999: error}", "OPT999"),
        ("suppress: [{artifact: A, rule: OPT101}]", "reason"),
        ("suppress: [{artifact: A, rule: OPT101, reason: known, until: soon}]", "until"),
        ("rules: [nowhere]", "nowhere"),
        ("policy: {link: name}", "link"),
        ("policy: {opted_out_states: [Active]}", "Active"),
        ("policy: {ignored_states: [Unsubscribed]}", "Unsubscribed"),
        ("policy: {clear_on_resubscribe: sometimes}", "clear_on_resubscribe"),
        ("policy: {sync_max_age: 2}", "did you mean sync_max_age_hours"),
        ("[", "sfoptlint.yml"),
        ("- objects", "sfoptlint.yml"),
        ("objects: [Contact]\nobjects: [Lead]", "objects"),
    ],
)
def test_a_wrong_configuration_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    write(tmp_path, {"sfoptlint.yml": text + "\n"})
    said = refusal(capsys, "lint", str(tmp_path))
    assert named in said


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_shows_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: sfoptlint {command}" in capsys.readouterr().out


@pytest.mark.parametrize("job", ["primary", "full-refresh", "refresh", "opt-out-job", "issues"])
def test_the_help_of_every_sync_job_shows_an_example(capsys: pytest.CaptureFixture[str], job: str) -> None:
    assert run(["sync", job, "--help"]) == 0
    assert f"Example: sfoptlint sync {job}" in capsys.readouterr().out


@pytest.mark.parametrize("task", ["run", "serve", "record"])
def test_the_help_of_every_harness_task_shows_an_example(capsys: pytest.CaptureFixture[str], task: str) -> None:
    assert run(["harness", task, "--help"]) == 0
    assert f"Example: sfoptlint harness {task}" in capsys.readouterr().out


def test_help_lists_every_command_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert "Example: sfoptlint lint" in said
    listed = {line.split()[0] for line in said.partition("Commands:")[2].splitlines() if line.strip()}
    contract = {
        "lint",
        "harness",
        "rules",
        "explain",
        "formula",
        "parse",
        "simulate",
        "fix",
        "retrieve",
        "doctor",
        "reconcile",
        "sync",
    }
    assert listed >= contract
