"""What is read of workflow, approval and duplicate files, and that nothing else in them is passed over in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.location import Position
from sfoptlint.metadata.approval_process import parse_approval_process
from sfoptlint.metadata.duplicate_rule import parse_duplicate_rule, parse_matching_rules
from sfoptlint.metadata.workflow import Taken, parse_workflow
from sfoptlint.metadata.xml import parse_xml
from tests.memory_orgs import document
from tests.workflow_files import (
    action,
    approval,
    duplicate_rule,
    elements,
    items,
    matching_rules,
    rule,
    update,
    waiting,
    workflow,
)

ALERT = "<alerts><fullName>Tell</fullName><description>x</description><protected>false</protected></alerts>"


def test_a_workflow_with_its_rules_and_actions() -> None:
    parts = [
        ALERT,
        update("Untick%3A now", reevaluateOnChange=True, targetObject="ContactId"),
        rule(
            action("Untick%3A now"),
            action("Tell", "Alert"),
            waiting(action(), offset="Contact.Birthdate"),
            name="A%26B",
        ),
    ]
    found = parse_workflow(parse_xml(workflow(*parts).encode(), "Workflow"), "Contact", "w")
    (one,) = found.rules
    assert one.full_name == "Contact.A&B"
    assert (one.active, one.trigger, one.at) == (True, "onAllChanges", Position(5, 5))
    assert one.actions == (Taken("FieldUpdate", "Untick: now"), Taken("Alert", "Tell"))
    (trigger,) = one.time_triggers
    assert (trigger.length, trigger.unit, trigger.offset_field) == ("7", "Days", "Contact.Birthdate")
    assert trigger.actions == (Taken("FieldUpdate", "Untick"),)
    written = found.updates["untick: now"]
    assert (written.field, written.literal, written.target, written.reevaluates) == (
        "HasOptedOutOfEmail",
        "0",
        "ContactId",
        True,
    )
    assert written.at == Position(4, 5)
    assert found.actions["alert", "tell"].type == "Alert"
    assert found.unread == one.unread == written.unread == ()


def test_criteria_keep_their_items_logic_and_formula() -> None:
    asked = rule(criteria=[("Contact.Email", "notEqual", ""), ("User.ProfileId", "equals", "A,B")], logic="1 OR 2")
    found = parse_workflow(parse_xml(workflow(asked, rule(formula=" A < B ")).encode(), "Workflow"), "Contact", "w")
    first, second = (one.criteria for one in found.rules)
    assert [(item.field, item.operation, item.value) for item in first.items] == [
        ("Contact.Email", "notEqual", ""),
        ("User.ProfileId", "equals", "A,B"),
    ]
    assert (first.logic, second.formula, second.items) == ("1 OR 2", "A < B", ())


def test_what_nobody_reads_is_named() -> None:
    odd = rule("<novelty>1</novelty>").replace(
        "<triggerType>", "<criteriaItems><field>A</field><depth>1</depth></criteriaItems><triggerType>"
    )
    found = parse_workflow(
        parse_xml(workflow(odd, "<extras/>", update(twist="1")).encode(), "Workflow"), "Contact", "w"
    )
    assert found.rules[0].unread == ("novelty", "depth")
    assert found.unread == ("extras",)
    assert found.updates["untick"].unread == ("twist",)


def test_an_approval_process_with_its_locks_and_answers() -> None:
    answer = "<action><name>Untick</name><type>FieldUpdate</type></action>"
    step = f"<approvalStep><name>One</name><approvalActions>{answer}</approvalActions></approvalStep>"
    entry = f"<entryCriteria>{items(('Contact.Level__c', 'equals', 'x'))}</entryCriteria>"
    text = approval(step, entry, "<surprise/>", finalApprovalRecordLock=True)
    found = parse_approval_process(parse_xml(text.encode(), "ApprovalProcess"), "Contact.Access", "a")
    assert (found.full_name, found.active, found.editability) == ("Contact.Access", True, "AdminOnly")
    assert (found.locked_when_approved, found.locked_when_rejected) == (True, False)
    assert [item.field for item in found.entry.items] == ["Contact.Level__c"]
    assert [(group.when, group.actions) for group in found.actions] == [
        ("when step One is approved", (Taken("FieldUpdate", "Untick"),))
    ]
    assert found.unread == ("surprise",)


def test_a_duplicate_rule_and_the_fields_of_its_matching_rule() -> None:
    said = elements({"field": "Email", "operation": "equals", "value": "x", "sortOrder": 1, "table": "Contact"})
    item = f"<duplicateRuleFilterItems>{said}</duplicateRuleFilterItems>"
    text = duplicate_rule(f"<duplicateRuleFilter>{item}</duplicateRuleFilter>", operations=["Alert", "Report"])
    found = parse_duplicate_rule(parse_xml(text.encode(), "DuplicateRule"), "Contact.Twice", "d")
    assert (found.full_name, found.active, found.action, found.operations) == (
        "Contact.Twice",
        True,
        "Block",
        ("Alert", "Report"),
    )
    assert [one.field for one in found.conditions.items] == ["Contact.Email"]
    assert [(by.object, by.matching_rule) for by in found.matched_by] == [("Contact", "Own_Match")]
    assert found.unread == ()
    (matching,) = parse_matching_rules(parse_xml(matching_rules("Email", "Phone").encode(), "MatchingRules"), "Contact")
    assert (matching.name, matching.fields) == ("Own_Match", ("Email", "Phone"))


RULES = ["rules", "fieldUpdates", "criteriaItems", "actions", "fullName", "formula", "workflowTimeTriggers"]
OTHERS = ["entryCriteria", "approvalStep", "objectMapping", "duplicateRuleFilter", "matchingRules"]
names = st.sampled_from([*RULES, *OTHERS])
trees = st.recursive(
    st.sampled_from(["", "x", "true", "1 AND", "%zz"]),
    lambda inner: st.lists(st.tuples(names, inner), max_size=4).map(
        lambda parts: "".join(f"<{name}>{body}</{name}>" for name, body in parts)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("root", ["Workflow", "ApprovalProcess", "DuplicateRule", "MatchingRules"])
@given(body=trees)
def test_whatever_stands_in_a_file_it_is_read(root: str, body: str) -> None:
    parsed = parse_xml(document(root, body).encode(), root)
    match root:
        case "Workflow":
            parse_workflow(parsed, "Contact", "w")
        case "ApprovalProcess":
            parse_approval_process(parsed, "Contact", "w")
        case "DuplicateRule":
            parse_duplicate_rule(parsed, "Contact", "w")
        case _:
            parse_matching_rules(parsed, "Contact")
