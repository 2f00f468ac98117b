"""Whom an automation stops: simulated over what the export says of each person, and over nothing else."""

import json
from pathlib import Path

import pytest

from sfoptlint.cli.main import run
from tests.flow_files import decision, error, flow, start
from tests.orgs import NAMESPACE, write
from tests.reconcile.exports import export

PEOPLE = "Id,Email,HasOptedOutOfEmail,LastModifiedDate,Phone,Level__c,IsPersonAccount,Account.Type\n"
ANN = "003000000000001AAA,ann@x.org,false,,,,false,\n"
BEN = "003000000000002AAA,ben@x.org,false,,123,,false,\n"
PAM = "003000000000003AAA,pam@x.org,false,,,gold,true,Customer\n"
OUT = "m{0},{0}@x.org,Unsubscribed,list,,,\n"
LEADS = "00Q000000000001AAA,leo@x.org,false,,false\n"


def rule(object_: str, formula: str) -> dict[str, str]:
    body = f"<fullName>R</fullName>\n<active>true</active>\n<errorConditionFormula>{formula}</errorConditionFormula>"
    text = f"<ValidationRule {NAMESPACE}>\n{body}\n<errorMessage>No</errorMessage></ValidationRule>\n"
    return {f"objects/{object_}/validationRules/R.validationRule-meta.xml": text}


def guarded_flow(name: str, given: object) -> dict[str, str]:
    """A flow that says no where a name has a value; None where it is blank."""
    condition = (name, "IsNull", True) if given is None else (name, "EqualTo", given)
    asks = decision("Asks", ("Hit", [condition], "Stop"))
    return {"flows/Guard.flow-meta.xml": flow(asks, error(), start=start("Asks", trigger="RecordBeforeSave"))}


def blocked(folder: Path, files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    memberships = "".join(OUT.format(name) for name in ("ann", "ben", "pam", "leo"))
    data = export(folder / "data", leads=LEADS, memberships=memberships)
    (data / "Contact.csv").write_text(PEOPLE + ANN + BEN + PAM)
    rows = folder / "rows.csv"
    metadata = write(folder / "org", files)
    command = ["reconcile", "--data", str(data), "--metadata", str(metadata), "--rows", str(rows), "--format", "json"]
    assert run(command) == 1
    found = json.loads(capsys.readouterr().out)["reasons"]
    who = [
        line.split(",")[1][-4:-3] + line[0] for line in rows.read_text().splitlines() if "blocked_by_automation" in line
    ]
    assert found["blocked_by_automation"] == len(who)
    return who


@pytest.mark.parametrize(
    ("files", "who"),
    [
        (rule("Contact", "ISBLANK(Phone)"), ["1C"]),
        (rule("Contact", "AND(HasOptedOutOfEmail, NOT(PRIORVALUE(HasOptedOutOfEmail)))"), ["1C", "2C"]),
        (rule("Contact", "ISBLANK(MobilePhone)"), []),
        (rule("Contact", "AND(ISBLANK(MobilePhone), ISBLANK(Phone))"), []),
        (rule("Account", "AND(PersonHasOptedOutOfEmail, Level__pc = 'gold', ISPICKVAL(Type, 'Customer'))"), ["3C"]),
        (rule("Lead", "HasOptedOutOfEmail"), ["1L"]),
        (rule("Contact", "NOT($Permission.Bypass)"), []),
        (rule("Contact", "AND(ISBLANK(Phone), OR(HasOptedOutOfEmail, NOT($Permission.Bypass)))"), ["1C"]),
        (guarded_flow("$Permission.Bypass", False), []),
        (guarded_flow("$Permission.Bypass", True), []),
        (guarded_flow("$Record.MobilePhone", None), []),
        (guarded_flow("$Record.Phone", None), ["1C"]),
        (rule("Case", "TRUE"), []),
    ],
)
def test_who_is_blocked(
    tmp_path: Path, files: dict[str, str], who: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert blocked(tmp_path, files, capsys) == who


def test_metadata_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reconcile", "--data", str(export(tmp_path)), "--metadata", "nowhere"]) == 2
    assert "--metadata nowhere: is not there" in capsys.readouterr().err
