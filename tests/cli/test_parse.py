"""`sfoptlint parse`: what the parsers did not understand."""

from pathlib import Path

import pytest

from sfoptlint.cli.main import run
from tests.orgs import CONTACT, NAMESPACE, layout, write

RULE = "objects/Contact/validationRules/R.validationRule-meta.xml"


def rule(formula: str) -> str:
    body = f"<active>true</active>\n<errorConditionFormula>{formula}</errorConditionFormula>"
    return f"<ValidationRule {NAMESPACE}>\n{body}</ValidationRule>\n"


def test_what_is_understood_is_only_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {CONTACT: layout(), RULE: rule("ISBLANK(Phone)"), "classes/A.cls": "public class A { }"}
    assert run(["parse", str(write(tmp_path, files))]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "2 metadata files, 1 formulas and 1 Apex files parsed; 0 not understood\n"


def test_what_is_not_understood_is_listed_by_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {CONTACT: layout()[:30], RULE: rule("ISBLANK(Phone"), "classes/A.cls": "public class A { void b( {} }"}
    assert run(["parse", str(write(tmp_path, files))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["classes/A.cls", CONTACT, RULE]
    assert lines[2].startswith(f"{RULE}:3:1: ")


def test_code_of_a_managed_package_is_no_gap(tmp_path: Path) -> None:
    assert run(["parse", str(write(tmp_path, {"classes/A.cls": "(hidden)"}))]) == 0


def test_parts_of_workflow_and_approvals_that_nobody_reads_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = "<recordEditability>AdminOnly</recordEditability>"
    matching = "<matchingRules><novelty/></matchingRules>"
    files = {
        "workflows/Contact.workflow": f"<Workflow {NAMESPACE}>\n<rules><fullName>R</fullName><novelty/></rules>\n</Workflow>\n",
        "approvalProcesses/Contact.A.approvalProcess": f"<ApprovalProcess {NAMESPACE}>{lock}<novelty/></ApprovalProcess>\n",
        "duplicateRules/Contact.D.duplicateRule": f"<DuplicateRule {NAMESPACE}><novelty/></DuplicateRule>\n",
        "matchingRules/Contact.matchingRule": f"<MatchingRules {NAMESPACE}>\n{matching}</MatchingRules>\n",
    }
    assert run(["parse", str(write(tmp_path, files))]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "approvalProcesses/Contact.A.approvalProcess:1:1: <novelty> is not read",
        "duplicateRules/Contact.D.duplicateRule:1:1: <novelty> is not read",
        "matchingRules/Contact.matchingRule:2:1: <novelty> is not read",
        "workflows/Contact.workflow:2:1: <novelty> is not read",
    ]
