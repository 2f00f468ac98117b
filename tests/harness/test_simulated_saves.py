"""The fake org saves as its own metadata says."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sfoptlint.config import read_settings
from sfoptlint.core.settings import Settings
from sfoptlint.engine.org import org_at
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.field_access import field_access
from sfoptlint.harness.org_scene import org_without_records
from sfoptlint.harness.simulated_saves import SimulatedSaves
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.model.objects import Objects
from tests.clients.wires import StandingClock
from tests.flow_files import decision, error, flow, get, start
from tests.harness.worlds import NOON, salesforce

ANN, BO = "003000000000aAnAAI", "003000000000aBoAAI"
SHORE = "001000000000aShAAI"
FIELD = "HasOptedOutOfEmail"
RULE = """<?xml version="1.0" encoding="UTF-8"?>
<ValidationRule xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Needs_Phone</fullName>
    <active>true</active>
    <errorConditionFormula>AND(
        ISCHANGED(HasOptedOutOfEmail), ISBLANK(Phone), Account.Industry = &quot;Banking&quot;
    )</errorConditionFormula>
    <errorDisplayField>Phone</errorDisplayField>
    <errorMessage>A phone is needed</errorMessage>
</ValidationRule>
"""
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<Profile xmlns="http://soap.sforce.com/2006/04/metadata">
    <fieldPermissions><editable>false</editable><field>Contact.HasOptedOutOfEmail</field><readable>{}</readable></fieldPermissions>
    <objectPermissions><allowEdit>true</allowEdit><allowRead>true</allowRead><object>Contact</object></objectPermissions>
    <objectPermissions><allowEdit>false</allowEdit><allowRead>true</allowRead><object>Lead</object></objectPermissions>
</Profile>
"""
CONFIGURATION = "sync_user: {name: Sync, profile: Sync, permission_sets: []}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rules = tmp_path / "objects" / "Contact" / "validationRules"
    rules.mkdir(parents=True)
    (rules / "Needs_Phone.validationRule-meta.xml").write_text(RULE)
    (tmp_path / "profiles").mkdir()
    return tmp_path


def opened(folder: Path, settings: Settings) -> Iterator[Org]:
    with org_at(folder) as project:
        clock = StandingClock(NOON)
        made = org_without_records(Objects(project), clock, Random(1), access=field_access(project, settings))
        made.saves = SimulatedSaves(org_simulator(project, settings), made)
        made.put("Account", {"Id": SHORE, "Name": "Shore", "Industry": "Banking"})
        made.put("Contact", {"Id": ANN, "LastName": "Ann", FIELD: False, "AccountId": SHORE})
        made.put("Contact", {"Id": BO, "LastName": "Bo", FIELD: False, "AccountId": SHORE, "Phone": "1"})
        yield made


def test_a_validation_rule_answers_as_in_the_org(folder: Path) -> None:
    (state,) = [*opened(folder, Settings())]
    ann, bo = salesforce(state).update("Contact", [{"Id": ANN, FIELD: True}, {"Id": BO, FIELD: True}])
    (error,) = ann.errors
    assert (error.status_code, error.message, error.fields) == (
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "A phone is needed",
        ("Phone",),
    )
    assert bo.success
    found = {r["Id"]: r[FIELD] for r in salesforce(state).query(f"SELECT Id, {FIELD} FROM Contact")}
    assert found == {ANN: False, BO: True}
    assert all("." not in name for name in state.find(state.object("Contact"), BO).values)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("readable", "code"), [("true", "INVALID_FIELD_FOR_INSERT_UPDATE"), ("false", "INVALID_FIELD")]
)
def test_field_security_is_the_sync_users(folder: Path, readable: str, code: str) -> None:
    (folder / "profiles" / "Sync.profile-meta.xml").write_text(PROFILE.format(readable))
    (folder / "sfoptlint.yml").write_text(CONFIGURATION)
    (state,) = [*opened(folder, read_settings(folder / "sfoptlint.yml", "sfoptlint.yml"))]
    assert salesforce(state).update("Contact", [{"Id": BO, FIELD: True}])[0].errors[0].status_code == code
    described = salesforce(state).describe("Contact").fields
    assert (FIELD in described) is (readable == "true")
    assert salesforce(state).describe("Lead").updateable is False


GUARD = """trigger Guard on Contact (before update) {
    for (Contact c : Trigger.new) {
        List<Account> found = [SELECT Id FROM Account WHERE Id = :c.AccountId AND Industry = 'Banking'];
        if (!found.isEmpty() && c.Phone == null) {
            c.addError('No');
        }
    }
}
"""
BANK = flow(
    get("Find", "Account", ("Id", "EqualTo", "!$Record.AccountId"), then="Check"),
    decision("Check", ("Bank", [("Find.Industry", "EqualTo", "Banking"), ("$Record.Phone", "IsNull", True)], "Stop")),
    error(),
    start=start("Find"),
)


@pytest.mark.parametrize(
    ("path", "text"), [("triggers/Guard.trigger", GUARD), ("flows/Guard.flow-meta.xml", BANK)], ids=["trigger", "flow"]
)
def test_what_an_automation_queries_is_answered_by_the_records_of_the_org(
    folder: Path, tmp_path: Path, path: str, text: str
) -> None:
    (folder / "objects" / "Contact" / "validationRules" / "Needs_Phone.validationRule-meta.xml").unlink()
    (folder / path).parent.mkdir()
    (folder / path).write_text(text)
    (state,) = [*opened(folder, Settings())]
    ann, bo = salesforce(state).update("Contact", [{"Id": ANN, FIELD: True}, {"Id": BO, FIELD: True}])
    assert [error.message for error in ann.errors] == ["No"]
    assert bo.success
    state.put("Account", {"Id": SHORE, "Name": "Shore", "Industry": "Shipping"})
    assert salesforce(state).update("Contact", [{"Id": ANN, FIELD: True}])[0].success
