"""`sfoptlint lint` from its arguments to its exit status."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sfoptlint.cli.main import run
from tests.orgs import CONTACT, MEMBERSHIPS, git, layout, profile, repository, write

EXPECTED = "package: expected\n"
PROJECT = '{"packageDirectories": [{"path": "force-app"}]}'


@pytest.fixture
def lint(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, Any]]]:
    def call(*arguments: object) -> tuple[int, dict[str, Any]]:
        status = run(["lint", *map(str, arguments), "--format", "json"])
        captured = capsys.readouterr()
        assert status != 2, captured.err
        return status, json.loads(captured.out)

    return call


@pytest.fixture
def refuse(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def call(*arguments: object) -> str:
        assert run(["lint", *map(str, arguments)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        return error

    return call


def rules(report: dict[str, Any]) -> list[str]:
    return [finding["rule"] for finding in report["findings"]]


def test_findings_below_the_limit_pass(tmp_path: Path, lint: Callable[..., Any]) -> None:
    write(tmp_path, {CONTACT: layout(), "sfoptlint.yml": EXPECTED})
    assert lint(tmp_path)[0] == 0
    assert lint(tmp_path, "--fail-on", "warning")[0] == 1
    assert lint(tmp_path, "--fail-on", "never")[0] == 0


def test_every_judged_artefact_has_its_row(tmp_path: Path, lint: Callable[..., Any]) -> None:
    files = {CONTACT: layout(), "force-app/main/default/profiles/Admin.profile-meta.xml": profile()}
    _, report = lint(write(tmp_path, files))
    rows = [(row["artifact"], row["object"], row["effect"]) for row in report["verdicts"]]
    assert rows == [
        ("Layout:Contact-Contact Layout", "Contact", "hide"),
        ("Profile:Admin", "Account", "deny"),
        ("Profile:Admin", "Contact", "deny"),
        ("Profile:Admin", "Lead", "deny"),
    ]
    assert report["coverage"]["read"] == {"Layout": 1, "Profile": 1}


def test_a_zip_is_read_without_unpacking(tmp_path: Path, lint: Callable[..., Any]) -> None:
    archive = tmp_path / "retrieved.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("unpackaged/layouts/Contact-Contact Layout.layout", layout(MEMBERSHIPS))
        packed.writestr("unpackaged/package.xml", "<Package/>")
    _, report = lint(archive)
    assert report["project"]["format"] == "mdapi"
    assert report["verdicts"][0]["path"] == "unpackaged/layouts/Contact-Contact Layout.layout"


def test_two_orgs_side_by_side_are_judged_each_by_itself(tmp_path: Path, lint: Callable[..., Any]) -> None:
    name = "layouts/Contact-Contact Layout.layout"
    files = {f"test/{name}": layout(), f"live/{name}": layout(MEMBERSHIPS)}
    _, report = lint(write(tmp_path, files))
    verdicts = {row["path"]: row["verdict"] for row in report["verdicts"]}
    assert verdicts == {f"live/{name}": "never", f"test/{name}": "never"}, "only the live org shows the package"


def test_what_stands_outside_the_packages_is_a_gap(tmp_path: Path, lint: Callable[..., Any]) -> None:
    files = {"sfdx-project.json": PROJECT, CONTACT: layout(), "old/layouts/Lead-Old.layout": layout()}
    _, report = lint(write(tmp_path, files))
    assert [row["artifact"] for row in report["verdicts"]] == ["Layout:Contact-Contact Layout"]
    assert "old" in {gap["path"] for gap in report["coverage"]["gaps"]}


def test_what_is_not_judged_is_a_gap(tmp_path: Path, lint: Callable[..., Any]) -> None:
    _, report = lint(write(tmp_path, {"triggers/A.trigger": "", "triggers/B.trigger": ""}))
    assert ("triggers/A.trigger", "no trigger can be read in this file, so it is not judged") in {
        (gap["path"], gap["reason"]) for gap in report["coverage"]["gaps"]
    }


def test_an_empty_folder_says_so(tmp_path: Path, lint: Callable[..., Any]) -> None:
    status, report = lint(tmp_path)
    assert status == 0
    assert report["coverage"]["gaps"][0]["path"] == "."


def test_a_single_file_is_judged_with_its_project(tmp_path: Path, lint: Callable[..., Any]) -> None:
    files = {"sfdx-project.json": PROJECT, "sfoptlint.yml": EXPECTED, CONTACT: layout()}
    files["force-app/main/default/profiles/Admin.profile-meta.xml"] = profile("Contact-Other")
    _, report = lint(write(tmp_path, files) / CONTACT)
    assert [(row["path"], row["verdict"]) for row in report["verdicts"]] == [(CONTACT, "always")]
    assert rules(report) == ["OPT601"]


def test_a_named_file_that_is_no_metadata_is_a_gap(tmp_path: Path, lint: Callable[..., Any]) -> None:
    write(tmp_path, {"sfdx-project.json": PROJECT, "notes.md": "", "force-app/lwc/a.js": ""})
    _, report = lint(tmp_path / "notes.md", tmp_path / "force-app/lwc/a.js")
    assert [gap["path"] for gap in report["coverage"]["gaps"]] == ["force-app/lwc/a.js", "notes.md"]


def test_staged_judges_the_index_alone(tmp_path: Path, lint: Callable[..., Any]) -> None:
    other = CONTACT.replace("Contact Layout", "Other")
    repository(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(MEMBERSHIPS), other: layout()})
    assert lint(tmp_path, "--staged")[1]["verdicts"] == []
    write(tmp_path, {CONTACT: layout()})
    git(tmp_path, "add", "--all")
    write(tmp_path, {CONTACT: layout(MEMBERSHIPS)})
    _, report = lint(tmp_path, "--staged")
    assert [row["path"] for row in report["verdicts"]] == [CONTACT]
    assert rules(report) == ["OPT601"]


def test_a_layout_that_loses_the_last_sign_of_the_package_is_found(tmp_path: Path, lint: Callable[..., Any]) -> None:
    repository(tmp_path, {"sfdx-project.json": PROJECT, CONTACT: layout(MEMBERSHIPS)})
    write(tmp_path, {CONTACT: layout()})
    git(tmp_path, "add", "--all")
    assert rules(lint(tmp_path, "--staged")[1]) == ["OPT601"]


def test_staged_works_before_the_first_commit(tmp_path: Path, lint: Callable[..., Any]) -> None:
    write(tmp_path, {CONTACT: layout(MEMBERSHIPS)})
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    assert len(lint(tmp_path, "--staged")[1]["verdicts"]) == 1


def test_a_deleted_layout_says_nothing(tmp_path: Path, lint: Callable[..., Any]) -> None:
    repository(tmp_path, {CONTACT: layout(MEMBERSHIPS)})
    git(tmp_path, "rm", "--quiet", CONTACT)
    assert lint(tmp_path, "--staged")[1]["verdicts"] == []


def test_a_revision_is_read_from_git(tmp_path: Path, lint: Callable[..., Any]) -> None:
    repository(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    write(tmp_path, {CONTACT: layout(MEMBERSHIPS)})
    assert rules(lint(tmp_path, "--revision", "HEAD")[1]) == ["OPT601"]
    assert rules(lint(tmp_path)[1]) == []


def test_since_reports_changed_files_alone(tmp_path: Path, lint: Callable[..., Any]) -> None:
    other = CONTACT.replace("Contact Layout", "Other")
    repository(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(), other: layout()})
    assert rules(lint(tmp_path, "--since", "HEAD")[1]) == []
    write(tmp_path, {other: layout("RelatedNoteList")})
    _, report = lint(tmp_path, "--since", "HEAD")
    assert [finding["path"] for finding in report["findings"]] == [other]
    assert len(report["verdicts"]) == 2, "rows are made for everything"


def test_a_baseline_hides_what_it_lists(tmp_path: Path, lint: Callable[..., Any]) -> None:
    org = write(tmp_path / "org", {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    known = tmp_path / "known.json"
    assert rules(lint(org, "--write-baseline", known)[1]) == []
    assert rules(lint(org, "--baseline", known)[1]) == []
    write(org, {CONTACT.replace("Contact Layout", "New"): layout()})
    assert rules(lint(org, "--baseline", known)[1]) == ["OPT601"]


RULE = "force-app/main/default/objects/Contact/validationRules/Phone.validationRule-meta.xml"


def rule(formula: str) -> str:
    body = (
        f"<active>true</active><errorConditionFormula>{formula}</errorConditionFormula><errorMessage>no</errorMessage>"
    )
    return f'<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">{body}</ValidationRule>'


def test_a_validation_rule_has_four_rows_and_a_witness(tmp_path: Path, lint: Callable[..., Any]) -> None:
    _, report = lint(write(tmp_path, {RULE: rule("ISBLANK(Phone)")}))
    rows = [(row["direction"], row["effect"], row["verdict"], row["reach"]) for row in report["verdicts"]]
    assert rows == [
        ("opt_in", "block", "sometimes", "incidental"),
        ("opt_in", "revert", "never", None),
        ("opt_out", "block", "sometimes", "incidental"),
        ("opt_out", "revert", "never", None),
    ]
    witness = report["findings"][0]["witness"]
    assert witness["chunk"][0]["before"] == {"HasOptedOutOfEmail": False, "Phone": None}
    assert witness["chunk"][0]["set"] == {"HasOptedOutOfEmail": True}


def test_rules_in_an_objects_file_are_counted_as_rules(tmp_path: Path, lint: Callable[..., Any]) -> None:
    rules_ = "".join(
        f"<validationRules><fullName>R{n}</fullName><active>true</active>"
        f"<errorConditionFormula>ISNEW()</errorConditionFormula></validationRules>"
        for n in range(3)
    )
    contact = f'<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">{rules_}</CustomObject>'
    _, report = lint(write(tmp_path, {"objects/Contact.object": contact}))
    assert report["coverage"]["read"] == {"CustomObject": 1, "ValidationRule": 3}


def test_z3_is_loaded_only_when_it_is_asked_for(tmp_path: Path) -> None:
    org = write(tmp_path, {RULE: rule("ISBLANK(Phone)")})
    code = "import sys; from sfoptlint.cli.main import run; status = run(sys.argv[1:]); sys.exit(2 * ('z3' in sys.modules))"
    for solver, loaded in (((), 0), (("--solver", "own"), 0), (("--solver", "z3"), 2)):
        command = [sys.executable, "-c", code, "lint", str(org), *solver]
        assert subprocess.run(command, capture_output=True, check=False).returncode == loaded


def test_z3_decides_what_the_search_leaves_open(tmp_path: Path, lint: Callable[..., Any]) -> None:
    org = write(tmp_path, {RULE: rule('UPPER(FirstName) = "ab"')})
    for solver, verdict in (("own", "unknown"), ("z3", "never")):
        _, report = lint(org, "--solver", solver)
        assert {row["verdict"] for row in report["verdicts"] if row["effect"] == "block"} == {verdict}


def test_rules_are_chosen_by_id_name_and_prefix(tmp_path: Path, lint: Callable[..., Any]) -> None:
    org = write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(fields=("Email",))})
    assert rules(lint(org)[1]) == ["OPT601", "OPT606"]
    assert rules(lint(org, "--select", "page-without-opt-out-field")[1]) == ["OPT606"]
    assert rules(lint(org, "--ignore", "OPT6")[1]) == []


def test_a_suppression_of_a_rule_that_was_left_out_is_not_unused(tmp_path: Path, lint: Callable[..., Any]) -> None:
    known = 'suppress: [{artifact: "Layout:Contact-Contact Layout", rule: OPT606, reason: It is a kiosk.}]\n'
    org = write(tmp_path, {"sfoptlint.yml": known, CONTACT: layout(fields=("Email",))})
    assert rules(lint(org)[1]) == []
    assert rules(lint(org, "--ignore", "OPT606")[1]) == []
    assert rules(lint(org, "--objects", "Lead")[1]) == []


def test_a_rule_of_ones_own_runs(tmp_path: Path, lint: Callable[..., Any]) -> None:
    rule = "id: ORG001\nname: any-page\nsummary: s\nseverity: note\nfamily: page\nsince: now\nwhy: w\nhelp: h\n"
    detector = (
        "from sfoptlint.ruleapi import Observation, Place\n\n\ndef detect(pages):\n"
        "    for page in pages:\n        yield Observation(Place(page.row.path), 'seen', page.row)\n"
    )
    write(tmp_path / "rules", {"ORG001_any_page/rule.yaml": rule, "ORG001_any_page/detector.py": detector})
    org = write(tmp_path / "org", {CONTACT: layout()})
    assert rules(lint(org, "--rules", tmp_path / "rules")[1]) == ["ORG001"]


def test_a_rule_that_crashes_costs_only_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = "id: BAD001\nname: broken\nsummary: s\nseverity: note\nfamily: page\nsince: now\nwhy: w\nhelp: h\n"
    files = {
        "BAD001_broken/rule.yaml": rule,
        "BAD001_broken/detector.py": "def detect(pages):\n    raise ValueError('no')\n",
    }
    write(tmp_path / "rules", files)
    org = write(tmp_path / "org", {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    assert run(["lint", str(org), "--rules", str(tmp_path / "rules"), "--format", "json"]) == 3
    captured = capsys.readouterr()
    assert rules(json.loads(captured.out)) == ["OPT601"]
    assert "BAD001" in captured.err


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    org = write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(), "profiles/A.profile": profile()})
    outputs = set()
    for _ in range(2):
        run(["lint", str(org), "--format", "json"])
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


def test_account_findings_wait_for_person_accounts(tmp_path: Path, lint: Callable[..., Any]) -> None:
    page = (
        '<FlexiPage xmlns="http://soap.sforce.com/2006/04/metadata"><flexiPageRegions><name>main</name>'
        "<type>Region</type></flexiPageRegions><sobjectType>Account</sobjectType><type>RecordPage</type></FlexiPage>"
    )
    org = write(tmp_path, {"flexipages/Account_Page.flexipage": page})
    _, report = lint(org)
    assert [row["verdict"] for row in report["verdicts"]] == ["always"]
    assert rules(report) == []
    write(org, {"sfoptlint.yml": "person_accounts: true\n"})
    assert rules(lint(org)[1]) == ["OPT606"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no/such/folder"], "no/such/folder"),
        ([".", "--format", "pdf"], "--format"),
        ([".", "--output", "report.pdf"], "--output report.pdf"),
        ([".", "--objects", "Kontact"], "Contact"),
        ([".", "--objects", ","], "--objects"),
        ([".", "--context", "bulk"], "--context"),
        ([".", "--select", "OPT999"], "OPT999"),
        ([".", "--config", "no.yml"], "no.yml"),
        ([".", "--baseline", "no.json"], "no.json"),
        ([".", "--rules", "no"], "no"),
        ([".", "--staged", "--revision", "HEAD"], "--staged"),
        ([".", "--speed", "9"], "--speed"),
        ([".", "--since", "no-such-revision"], "git"),
        ([".", "--since", ""], "git"),
    ],
)
def test_wrong_usage_is_one_clear_line(refuse: Callable[..., str], arguments: list[str], words: str) -> None:
    assert words in refuse(*arguments)
