"""What workflow rules do to an opt-out: when they fire, and what their field updates leave in the box."""

import pytest

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, OptOutObject, Reach, Verdict
from tests.automation.workflow.verdicts import ALWAYS, NEVER, SOMETIMES, UNKNOWN, Answer, judged, verdicts
from tests.memory_orgs import lint
from tests.workflow_files import BOX, Item, action, field, rule, update, waiting, workflow

PATH = "workflows/Contact.workflow-meta.xml"
RULE = "WorkflowRule:Contact.Keep"
FIELDS = {
    "objects/Contact/fields/Level__c.field-meta.xml": field("Level__c", "Text", length=20),
    "objects/Contact/fields/VIP__c.field-meta.xml": field("VIP__c", "Checkbox"),
    "objects/Contact/fields/Until__c.field-meta.xml": field("Until__c", "Date"),
    "objects/Contact/fields/Mailable__c.field-meta.xml": field("Mailable__c", "Checkbox", formula=f"NOT({BOX})"),
    "objects/Contact/fields/Maybe__c.field-meta.xml": field(
        "Maybe__c", "Checkbox", formula="IF(ISBLANK(Level__c), NULL, TRUE)"
    ),
    "objects/Contact/fields/Code__c.field-meta.xml": field("Code__c", "Text", length=20, unique=True),
}


def reverts(*parts: str) -> Answer:
    return verdicts(judged({PATH: workflow(*parts), **FIELDS}, RULE), Effect.REVERT)


def blocks(*parts: str) -> Answer:
    return verdicts(judged({PATH: workflow(*parts), **FIELDS}, RULE), Effect.BLOCK)


VIP: Item = ("Contact.VIP__c", "equals", "True")
OUT: Item = (f"Contact.{BOX}", "equals", "True")
ACTIVE_EMAIL: Item = ("Contact.Email", "notEqual", "")


@pytest.mark.parametrize(
    ("trigger", "criteria", "expected"),
    [
        ("onAllChanges", [VIP], (SOMETIMES, NEVER)),
        ("onAllChanges", [OUT], (ALWAYS, NEVER)),
        ("onCreateOrTriggeringUpdate", [OUT], (ALWAYS, NEVER)),
        ("onCreateOrTriggeringUpdate", [OUT, VIP], (SOMETIMES, NEVER)),
        ("onCreateOrTriggeringUpdate", [VIP], (NEVER, NEVER)),
        ("onCreateOrTriggeringUpdate", [("Contact.Mailable__c", "equals", "False")], (ALWAYS, NEVER)),
        ("onCreateOrTriggeringUpdate", [("Contact.LastModifiedById", "equals", "Sync")], (SOMETIMES, NEVER)),
        ("onCreateOnly", [OUT], (NEVER, NEVER)),
    ],
)
def test_when_a_rule_fires(trigger: str, criteria: list[Item], expected: Answer) -> None:
    assert reverts(update(), rule(action(), criteria=criteria, trigger=trigger)) == expected


def test_a_formula_that_asks_for_the_change() -> None:
    changed = rule(action(), formula=f"AND(ISCHANGED({BOX}), {BOX}, ISBLANK(Level__c))")
    assert reverts(update(), changed) == (SOMETIMES, NEVER)
    other = rule(action(), formula="ISCHANGED(Email)")
    assert reverts(update(), other) == (NEVER, NEVER)


@pytest.mark.parametrize(
    ("field_update", "expected"),
    [
        (update(literal="1"), (NEVER, ALWAYS)),
        (update(literal=None, formula="NOT(VIP__c)"), (SOMETIMES, SOMETIMES)),
        (update(literal=None, formula=f"PRIORVALUE({BOX})"), (ALWAYS, ALWAYS)),
        (update(literal=None, formula=BOX), (NEVER, NEVER)),
        (update(literal=None, operation="Null"), (ALWAYS, NEVER)),
        (update(field=BOX.lower()), (ALWAYS, NEVER)),
        (update(field="HasOptedOutOfFax"), (NEVER, NEVER)),
        (update(literal=None, operation="NextValue"), (UNKNOWN, UNKNOWN)),
        (update(literal=None, operation="Novelty"), (UNKNOWN, UNKNOWN)),
        (update(novelty="1"), (UNKNOWN, UNKNOWN)),
        (update(literal=None, formula="NOT("), (UNKNOWN, UNKNOWN)),
        (update("Another"), (UNKNOWN, UNKNOWN)),
    ],
)
def test_what_a_field_update_leaves_in_the_box(field_update: str, expected: Answer) -> None:
    assert reverts(field_update, rule(action())) == expected


def test_an_inactive_rule_and_one_without_actions_do_nothing() -> None:
    assert reverts(update(), rule(action(), active=False)) == (NEVER, NEVER)
    assert reverts(update(), rule()) == (NEVER, NEVER)
    assert reverts(update(), rule(action("Untick", "Alert"))) == (NEVER, NEVER)


def test_what_waits_reverts_later() -> None:
    assert reverts(update(), rule(waiting(action()), criteria=[OUT])) == (ALWAYS, NEVER)
    found = judged({PATH: workflow(update(), rule(waiting(action(), offset="Contact.Until__c")))} | FIELDS, RULE)
    row = found[Effect.REVERT, Direction.OPT_OUT]
    assert row.verdict is SOMETIMES
    assert row.witness is not None
    assert row.witness.chunk[0].before["Until__c"] is not None


def test_boolean_filters_number_the_items() -> None:
    wanted = [OUT, VIP, ("Contact.Level__c", "equals", "Gold")]
    assert reverts(update(), rule(action(), criteria=wanted, logic="1 OR (2 AND 3)")) == (ALWAYS, NEVER)
    assert reverts(update(), rule(action(), criteria=wanted, logic="1 AND 4")) == (UNKNOWN, NEVER)
    contradiction = [("Contact.Level__c", "equals", "Gold"), ("Contact.Level__c", "notContain", "OL")]
    assert reverts(update(), rule(action(), criteria=contradiction)) == (NEVER, NEVER)


def test_a_checkbox_is_never_blank() -> None:
    asked = [("Contact.Maybe__c", "equals", "False"), ("Contact.Level__c", "equals", "")]
    assert reverts(update(), rule(action(), criteria=asked)) == (SOMETIMES, NEVER)
    assert reverts(update(), rule(action(), criteria=[("Contact.Maybe__c", "equals", "")])) == (NEVER, NEVER)


def test_a_flow_that_a_rule_starts_is_not_known() -> None:
    starts = "<flowActions><fullName>Go</fullName><flow>Clean</flow><label>Go</label><language>en_US</language></flowActions>"
    found = judged({PATH: workflow(starts, rule(action("Go", "FlowAction")))}, RULE)
    assert verdicts(found, Effect.REVERT) == verdicts(found, Effect.BLOCK) == (UNKNOWN, UNKNOWN)
    assert "Clean" in found[Effect.REVERT, Direction.OPT_OUT].reason


def test_the_row_stands_at_the_field_update() -> None:
    text = workflow(update(), rule(action(), criteria=[OUT]))
    row = judged({PATH: text}, RULE)[Effect.REVERT, Direction.OPT_OUT]
    assert "<fieldUpdates>" in text.splitlines()[row.line - 1]
    assert row.reach is Reach.TARGETED
    assert row.witness is not None
    assert row.witness.expect.place == f"{PATH}#Untick"


def test_a_rule_of_another_object_that_writes_the_box_of_its_parent() -> None:
    path = "workflows/CampaignMember.workflow-meta.xml"
    cross = workflow(
        update(targetObject="ContactId"), rule(action(), criteria=[("CampaignMember.Status", "equals", "x")])
    )
    found = judged({path: cross}, "WorkflowRule:CampaignMember.Keep")
    assert {effect for effect, _ in found} == {Effect.OVERWRITE}
    assert verdicts(found, Effect.OVERWRITE) == (SOMETIMES, NEVER)
    inactive = workflow(update(targetObject="ContactId"), rule(action(), active=False))
    found = judged({path: inactive}, "WorkflowRule:CampaignMember.Keep")
    assert verdicts(found, Effect.OVERWRITE) == (NEVER, NEVER)
    harmless = workflow(update(field="Description", targetObject="ContactId"), rule(action()))
    assert judged({path: harmless}, "WorkflowRule:CampaignMember.Keep") == {}


def test_a_parent_of_which_nothing_is_known_is_a_gap() -> None:
    path = "workflows/Visit__c.workflow-meta.xml"
    outcome = lint({path: workflow(update(targetObject="Guest__c"), rule(action()))})
    assert [gap.path for gap in outcome.gaps] == [path]


def test_a_person_accounts_box_is_the_accounts() -> None:
    path = "workflows/Account.workflow-meta.xml"
    text = workflow(
        update(field=f"Person{BOX}"), rule(action(), criteria=[("Account.IsPersonAccount", "equals", "False")])
    )
    settings = Settings(objects=(OptOutObject.ACCOUNT,))
    found = judged({path: text}, "WorkflowRule:Account.Keep", "Account", settings)
    assert verdicts(found, Effect.REVERT) == (NEVER, NEVER)
    text = workflow(
        update(field=f"Person{BOX}"), rule(action(), criteria=[("Account.IsPersonAccount", "equals", "True")])
    )
    found = judged({path: text}, "WorkflowRule:Account.Keep", "Account", settings)
    assert verdicts(found, Effect.REVERT) == (ALWAYS, NEVER)


@pytest.mark.parametrize(
    ("field_update", "expected"),
    [
        (update(field="Code__c", literal=None, formula="Email"), SOMETIMES),
        (update(field="Code__c", literal=None, formula="Code__c"), NEVER),
        (update(field="Code__c", literal=None, operation="Null"), NEVER),
        (update(field="Level__c", literal=None, formula="Email"), NEVER),
        (update(field="LastName", literal=None, operation="Null"), ALWAYS),
        (update(field="State__c", literal="Gone"), ALWAYS),
        (update(field="State__c", literal="live"), NEVER),
    ],
)
def test_a_field_update_that_the_platform_refuses_fails_the_save(field_update: str, expected: Verdict) -> None:
    live = "<valueSetDefinition><value><fullName>Live</fullName></value></valueSetDefinition>"
    values = f"<valueSet><restricted>true</restricted>{live}</valueSet>"
    state = field("State__c", "Picklist").replace("</type>", f"</type>{values}")
    files = {PATH: workflow(field_update, rule(action())), **FIELDS}
    found = judged(files | {"objects/Contact/fields/State__c.field-meta.xml": state}, RULE)
    assert verdicts(found, Effect.BLOCK) == (expected, expected)
    if expected is not NEVER:
        assert found[Effect.BLOCK, Direction.OPT_OUT].cause == "exception"
