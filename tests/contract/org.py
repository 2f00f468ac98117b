"""An org with every effect in it that a row may have, and a file that is broken."""

from pathlib import Path

from tests.flow_files import BOX, element, flow, start, value
from tests.memory_orgs import (
    GRANTS,
    document,
    field_permission,
    flag,
    group,
    layout,
    muting_set,
    permission_set,
    profile,
)
from tests.orgs import write
from tests.workflow_files import action, rule, update

FOLDER = "force-app/main/default"
BROKEN = f"{FOLDER}/layouts/Lead-Broken.layout-meta.xml"


def validation_rule(formula: str, *, active: bool = True) -> str:
    return document(
        "ValidationRule",
        f"<active>{flag(active)}</active>",
        f"<errorConditionFormula>{formula}</errorConditionFormula>",
        "<errorMessage>No</errorMessage>",
    )


def reverting_flow() -> str:
    item = f"<assignToReference>{BOX}</assignToReference><operator>Assign</operator>{value(False)}"
    untick = element("assignments", "Untick", f"<assignmentItems>{item}</assignmentItems>")
    return flow(untick, start=start("Untick", trigger="RecordBeforeSave"))


FILES = {
    "sfdx-project.json": '{"packageDirectories": [{"path": "force-app"}]}',
    "sfoptlint.yml": "package: expected\nsync_user: {name: Sync, profile: Desk, permission_sets: []}\n",
    f"{FOLDER}/objects/Contact/fields/Reason__c.field-meta.xml": document(
        "CustomField", "<fullName>Reason__c</fullName>", "<type>Text</type>", "<length>20</length>"
    ),
    f"{FOLDER}/objects/Contact/validationRules/Need_Reason.validationRule-meta.xml": validation_rule(
        "AND(HasOptedOutOfEmail, ISBLANK(Reason__c))"
    ),
    f"{FOLDER}/objects/Contact/validationRules/Any_Save.validationRule-meta.xml": validation_rule("ISBLANK(Phone)"),
    f"{FOLDER}/objects/Lead/validationRules/Off.validationRule-meta.xml": validation_rule("TRUE", active=False),
    f"{FOLDER}/objects/Lead/validationRules/Opaque.validationRule-meta.xml": validation_rule(
        "HasOptedOutOfEmail &amp;&amp; UNHEARD_OF(Phone)"
    ),
    f"{FOLDER}/flows/Untick.flow-meta.xml": reverting_flow(),
    f"{FOLDER}/triggers/Guard.trigger": (
        "trigger Guard on Lead (before update) {\n    for (Lead one : Trigger.new) {\n"
        "        if (one.HasOptedOutOfEmail && one.Company == 'Shore') { one.addError('No'); }\n    }\n}\n"
    ),
    f"{FOLDER}/workflows/Lead.workflow-meta.xml": document(
        "Workflow", update(), rule(action(), formula="HasOptedOutOfEmail")
    ),
    f"{FOLDER}/layouts/Contact-Desk%3A Shore.layout-meta.xml": layout(field_name=None, lists=()),
    f"{FOLDER}/profiles/Desk.profile-meta.xml": profile(
        "<layoutAssignments><layout>Contact-Desk%3A Shore</layout></layoutAssignments>",
        field_permission(readable=True, editable=False),
    ),
    f"{FOLDER}/permissionsets/Sync.permissionset-meta.xml": permission_set(*GRANTS),
    f"{FOLDER}/mutingpermissionsets/Mute.mutingpermissionset-meta.xml": muting_set(
        field_permission(readable=True, editable=True)
    ),
    f"{FOLDER}/permissionsetgroups/Team.permissionsetgroup-meta.xml": group("Sync", muting=["Mute"]),
    BROKEN: "<Layout>\n<oops></Layout>",
}


def write_org(root: Path) -> Path:
    """Write the org below a folder and return it."""
    return write(root, FILES)
