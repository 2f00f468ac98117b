"""Whole traces: each phase, each documented exception to the order, recursion, chunks, and what is not known."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.witness import Returned, Rows, Throws
from tests import flow_files as flows
from tests import workflow_files as wf
from tests.flow_files import error, filters, flow, gives, start, update
from tests.memory_orgs import document, field_permission, object_permission, profile
from tests.simulate.orgs import BOX, org, rule
from tests.simulate.orgs import field as custom_field
from tests.simulate.traces import FIRES, OUT, Case, after, before, clears, flow_file, looks, rules

PERSON = "PersonHasOptedOutOfEmail"
UNTICK = wf.update("Untick", BOX, "0")
SAME_NAME = (
    "<matchingRules><fullName>Own_Match</fullName><label>Own</label><matchingRuleItems><fieldName>LastName</fieldName>"
    "<matchingMethod>Exact</matchingMethod></matchingRuleItems><ruleStatus>Active</ruleStatus></matchingRules>"
)
DUPLICATES = {
    "duplicateRules/Contact.Twins.duplicateRule-meta.xml": wf.duplicate_rule(),
    "matchingRules/Contact.matchingRule-meta.xml": document("MatchingRules", SAME_NAME),
}
CASES: dict[str, Case] = {
    "nothing_minds": Case(org()),
    "wrong_values": Case(org(), asked={BOX: True, "FirstName": "x" * 41, "Email": "nobody"}),
    "unknown_and_read_only_fields": Case(org(), asked={"Colour": "red", "CreatedDate": None}),
    "required_field_cleared": Case(org(), ({BOX: False, "LastName": "Ng"},), {"LastName": None}),
    "required_field_cleared_by_a_flow": Case(org(clears("LastName")), ({BOX: False, "LastName": "Ng"},)),
    "converted_lead": Case(org(rule("No", BOX, object_="Lead")), ({BOX: False, "IsConverted": True},), object="Lead"),
    "unconverted_lead": Case(
        org(rule("No", BOX, object_="Lead")), ({BOX: False, "IsConverted": False},), object="Lead"
    ),
    "field_is_read_only_for_the_user": Case(
        org(
            {
                "profiles/Sync.profile": profile(
                    field_permission(readable=True, editable=False), object_permission(edit=True)
                )
            }
        ),
        settings=Settings(sync_user=SyncUser("sync", 1, profile="Sync", permission_sets=())),
    ),
    "object_is_not_editable": Case(
        org({"profiles/Sync.profile": profile(object_permission(edit=False))}),
        settings=Settings(sync_user=SyncUser("sync", 1, profile="Sync", permission_sets=())),
    ),
    "validation_rules_add_up": Case(org(rule("One", BOX), rule("Two", f"ISCHANGED({BOX})", field=BOX))),
    "validation_rule_spares_a_permission": Case(
        org(rule("One", f"AND({BOX}, NOT($Permission.Sync_Bypass))")), values={"$Permission.Sync_Bypass": True}
    ),
    "validation_sees_what_a_flow_left": Case(
        org(before("Mark", "Mark__c", "out", OUT), rule("No_Mark", "ISCHANGED(Mark__c)"))
    ),
    "flows_run_in_their_order": Case(
        org(
            before("A_Last", "Mark__c", "last", order=1500),
            before("B_First", "Mark__c", "first", order=10),
            before("C_Unset", "Mark__c", "unset"),
        )
    ),
    "flow_takes_the_box_back": Case(org(before("Untick", BOX, False, OUT))),
    "custom_error_before_the_save": Case(
        org(flow_file("Stop", flow(error(field=BOX), start=start("Stop", filters(OUT), trigger="RecordBeforeSave"))))
    ),
    "custom_error_after_the_save": Case(org(flow_file("Stop", flow(error(), start=start("Stop", filters(OUT)))))),
    "query_finds_nothing": Case(
        org(looks("Find", "IsNull", False)),
    ),
    "query_finds_a_row": Case(
        org(looks("Find", "IsNull", False)),
        answers={"flows/Look.flow-meta.xml#Find": (Rows(({"Status": "Open"},)),)},
    ),
    "row_that_is_not_there_is_read": Case(
        org(looks("Find.Priority", "EqualTo", "High")),
    ),
    "write_of_a_flow_fails": Case(
        org(
            flow_file(
                "Touch",
                flow(
                    update(
                        "Save",
                        filters(("ContactId", "EqualTo", "!$Record.Id")),
                        gives({"Status": "Closed"}),
                        object_="Case",
                    ),
                    start=start("Save"),
                ),
            )
        ),
        answers={"flows/Touch.flow-meta.xml#Save": (Throws("locked"),)},
    ),
    "update_after_the_save_is_a_save": Case(
        org(after("Note", {"Note__c": "out"}, OUT), before("Stamp", "Stamp__c", "set", ("Note__c", "EqualTo", "out")))
    ),
    "its_own_save_is_rejected": Case(
        org(after("Note", {"Note__c": "out"}, OUT), rule("No_Note", "ISCHANGED(Note__c)"))
    ),
    "its_own_save_is_rejected_and_caught": Case(
        org(after("Note", {"Note__c": "out"}, OUT, fault="Caught"), rule("No_Note", "ISCHANGED(Note__c)"))
    ),
    "recursive_save_runs_no_flow_after_the_save": Case(
        org(after("One", {"Note__c": "one"}, OUT), after("A_Two", {"Other__c": "two"}, ("Note__c", "EqualTo", "one")))
    ),
    "workflow_update_meets_no_validation_rule": Case(
        org(
            rules(wf.rule(wf.action(), criteria=FIRES), UNTICK),
            rule("Keep_Ticked", f"AND(NOT({BOX}), PRIORVALUE({BOX}))"),
            rule("No_Untick", f"NOT({BOX})"),
        )
    ),
    "workflow_update_runs_no_flow_before_the_save": Case(
        org(
            rules(wf.rule(wf.action("Mark"), criteria=FIRES), wf.update("Mark", "Title", "Director")),
            before("Mind", "Department", "mine", ("Title", "EqualTo", "Director")),
        )
    ),
    "flow_after_the_save_sees_the_workflow_update": Case(
        org(
            rules(wf.rule(wf.action("Mark"), criteria=FIRES), wf.update("Mark", "Title", "Director")),
            after("Mind", {"Department": "mine"}, ("Title", "EqualTo", "Director")),
        )
    ),
    "workflow_rules_are_looked_at_again": Case(
        org(
            rules(
                wf.rule(wf.action("Mark"), criteria=FIRES, name="First"),
                wf.rule(wf.action(), criteria=(("Contact.Title", "equals", "Director"),), name="Second"),
                wf.update("Mark", "Title", "Director", reevaluateOnChange=True),
                UNTICK,
            )
        )
    ),
    "workflow_update_a_week_later": Case(org(rules(wf.rule(wf.waiting(wf.action()), criteria=FIRES), UNTICK))),
    "workflow_update_clears_a_required_field": Case(
        org(rules(wf.rule(wf.action("Clear"), criteria=FIRES), wf.update("Clear", "LastName", None, operation="Null"))),
        ({BOX: False, "LastName": "Ng"},),
    ),
    "duplicate_rule_has_no_reason_to_run": Case(org(DUPLICATES)),
    "duplicate_rule_runs_on_what_a_flow_changed": Case(
        org(DUPLICATES, before("Rename", "LastName", "Doe", OUT)),
        ({BOX: False, "LastName": "Ng"},),
        answers={"duplicateRules/Contact.Twins.duplicateRule-meta.xml#duplicate": (Returned(True),)},
    ),
    "record_waits_for_approval": Case(
        org({"approvalProcesses/Contact.Review.approvalProcess-meta.xml": wf.approval()}),
        answers={"approvalProcesses/Contact.Review.approvalProcess-meta.xml#pending": (Returned(True),)},
    ),
    "record_waits_for_nothing": Case(org({"approvalProcesses/Contact.Review.approvalProcess-meta.xml": wf.approval()})),
    "process_after_the_workflow": Case(
        org(
            flow_file(
                "Mind",
                flows.process(
                    flows.update("Save", gives({"Note__c": "seen"}), reference="myVariable_current"), first="Save"
                ),
            )
        )
    ),
    "chunk_in_part": Case(
        org(custom_field("Score__c", "Number", "<precision>3</precision>"), rule("No_Score", "ISBLANK(Score__c)")),
        ({BOX: False, "Score__c": Decimal(1)}, {BOX: False}),
    ),
    "person_account": Case(
        org(rule("Persons", f"AND(IsPersonAccount, {PERSON})", object_="Account")),
        ({PERSON: False},),
        {PERSON: True},
        "Account",
    ),
    "look_up_that_is_empty": Case(
        org(rule("Bank", "ISPICKVAL(Account.Industry, 'Banking')")), ({BOX: False, "AccountId": None},)
    ),
    "look_up_with_a_value": Case(
        org(rule("Bank", "ISPICKVAL(Account.Industry, 'Banking')")), ({BOX: False, "Account.Industry": "Banking"},)
    ),
    "record_is_created": Case(org(rule("New", "ISNEW()"), before("Mark", "Mark__c", "new")), create=True),
}


@pytest.mark.parametrize("name", CASES)
def test_a_trace_is_as_expected(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"traces/{name}.txt", CASES[name].trace())


def test_there_are_thirty_and_more() -> None:
    assert len(CASES) >= 30
