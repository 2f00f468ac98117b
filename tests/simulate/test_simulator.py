"""One save, by example: the platform's own checks, access, validation rules, what is not simulated."""

from decimal import Decimal

import pytest

from sfoptlint.core.expr import Value
from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.simulate.result import Outcome
from sfoptlint.simulate.saving import MOST, Change, Circumstances
from tests import workflow_files as wf
from tests.flow_files import element, flow, gives, start, update
from tests.memory_orgs import field_permission, object_permission, profile, project
from tests.simulate.orgs import BOX, NOW, OPT_OUT, codes, field, org, rule, save

REASON = field("Reason__c", "Text", "<length>10</length>")


def test_a_save_that_nothing_minds_is_the_request_and_no_more() -> None:
    result = save(org(), {BOX: False, "LastName": "Ng"})
    assert result.outcome is Outcome.SAVED
    assert result.record == {BOX: True, "LastName": "Ng"}
    assert not result.errors


def test_every_rule_that_fires_adds_its_error() -> None:
    files = org(REASON, rule("One", f"AND({BOX}, ISBLANK(Reason__c))", field="Reason__c"), rule("Two", BOX))
    result = save(files)
    assert result.outcome is Outcome.REJECTED
    assert [(e.message, e.fields) for e in result.errors] == [("One says no", ("Reason__c",)), ("Two says no", ())]
    assert set(codes(result)) == {"FIELD_CUSTOM_VALIDATION_EXCEPTION"}
    assert result.record == {BOX: False}


def test_a_rule_that_is_not_active_is_not_asked() -> None:
    assert save(org(rule("One", BOX, active=False))).outcome is Outcome.SAVED


def test_a_rule_sees_what_was_stored_and_what_changes() -> None:
    files = org(rule("Changed", f"AND(ISCHANGED({BOX}), NOT(PRIORVALUE({BOX})))"))
    assert save(files).outcome is Outcome.REJECTED
    assert save(files, {BOX: True}).outcome is Outcome.SAVED


def test_names_are_compared_without_regard_to_case() -> None:
    files = org(REASON, rule("One", "reason__C = 'x'"))
    assert save(files, {BOX: False, "REASON__c": "x"}).outcome is Outcome.REJECTED


def test_a_field_behind_a_look_up_comes_from_the_record_or_from_beside_it() -> None:
    files = org(rule("Bank", "ISPICKVAL(Account.Industry, 'Banking')"))
    bank: dict[str, Value] = {"Account.Industry": "Banking"}
    assert save(files, {BOX: False, **bank}).outcome is Outcome.REJECTED
    assert save(files, around=Circumstances(NOW, related=bank)).outcome is Outcome.REJECTED
    assert save(files).outcome is Outcome.SAVED


def test_a_setting_that_nobody_gives_is_taken_to_be_blank_and_named() -> None:
    files = org(rule("Bypass", f"AND({BOX}, NOT($Permission.Sync_Bypass))"))
    result = save(files)
    assert result.outcome is Outcome.REJECTED
    assert "$Permission.Sync_Bypass is not given: taken to be blank" in result.assumptions
    around = Circumstances(NOW, values={"$permission.sync_bypass": True})
    assert save(files, around=around).outcome is Outcome.SAVED


def test_the_configured_user_answers_for_the_settings() -> None:
    files = org(rule("Bypass", f"AND({BOX}, NOT($Permission.Sync_Bypass))"))
    user = SyncUser("sync", 1, custom_permissions=("Sync_Bypass",))
    assert save(files, settings=Settings(sync_user=user)).outcome is Outcome.SAVED


def test_what_a_rule_asks_that_cannot_be_evaluated_makes_the_save_unknown() -> None:
    result = save(org(REASON, rule("Odd", "HASHED(Reason__c) = 'x'")))
    assert result.outcome is Outcome.UNKNOWN
    assert "ValidationRule:Contact.Odd" in result.reasons[0]


def test_a_rejection_is_sure_also_beside_a_rule_that_is_not_understood() -> None:
    assert save(org(rule("Odd", "AND("), rule("Sure", BOX))).outcome is Outcome.REJECTED


def test_a_converted_lead_is_not_updated() -> None:
    result = save(org(), {BOX: False, "IsConverted": True}, object_="Lead")
    assert codes(result) == ["CANNOT_UPDATE_CONVERTED_LEAD"]
    assert save(org(), {BOX: False, "IsConverted": True}).outcome is Outcome.SAVED


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Colour", "red", "INVALID_FIELD"),
        ("Name", "Ng", "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("FirstName", "x" * 41, "STRING_TOO_LONG"),
        ("Email", "nobody", "INVALID_EMAIL_ADDRESS"),
        ("AccountId", "12", "MALFORMED_ID"),
        ("Level__c", "Bronze", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("Score__c", Decimal(1000), "NUMBER_OUTSIDE_VALID_RANGE"),
        ("Score__c", "ten", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("LastName", None, "REQUIRED_FIELD_MISSING"),
    ],
)
def test_the_platform_checks_each_value(name: str, value: Value, code: str) -> None:
    listed = "<valueSetDefinition><value><fullName>Gold</fullName></value></valueSetDefinition>"
    levels = f"<valueSet><restricted>true</restricted>{listed}</valueSet>"
    files = org(
        field("Level__c", "Picklist", levels), field("Score__c", "Number", "<precision>3</precision><scale>0</scale>")
    )
    assert codes(save(files, {BOX: False, "LastName": "Ng"}, {name: value})) == [code]


def test_a_custom_field_that_is_not_in_the_tree_may_be_in_the_org() -> None:
    result = save(org(), asked={"Colour__c": "red"})
    assert result.outcome is Outcome.SAVED
    assert "Colour__c is not in the tree" in result.assumptions[0]


def test_a_user_who_may_not_edit_the_box_is_refused() -> None:
    entries = (field_permission(readable=True, editable=False), object_permission(edit=True))
    files = org({"profiles/Sync.profile": profile(*entries)})
    user = SyncUser("sync", 1, profile="Sync", permission_sets=())
    result = save(files, settings=Settings(sync_user=user))
    assert codes(result) == ["INVALID_FIELD_FOR_INSERT_UPDATE"]
    assert save(files, asked={"LastName": "Ng"}, settings=Settings(sync_user=user)).outcome is Outcome.SAVED


def test_a_user_who_may_not_edit_the_object_is_refused() -> None:
    files = org({"profiles/Sync.profile": profile(object_permission(edit=False))})
    user = SyncUser("sync", 1, profile="Sync", permission_sets=())
    assert codes(save(files, settings=Settings(sync_user=user))) == ["INSUFFICIENT_ACCESS_OR_READONLY"]


def test_each_record_of_a_chunk_is_saved_for_itself() -> None:
    simulator = org_simulator(project(org(REASON, rule("One", "ISBLANK(Reason__c)"))), Settings())
    chunk = [Change({BOX: False, "Reason__c": reason}, OPT_OUT) for reason in ("a", None, "b")]
    results = simulator.save("Contact", chunk, Circumstances(NOW))
    assert [result.outcome for result in results] == [Outcome.SAVED, Outcome.REJECTED, Outcome.SAVED]


def test_a_record_that_is_created_has_no_stored_values() -> None:
    files = org(rule("New", "ISNEW()"))
    simulator = org_simulator(project(files), Settings())
    (result,) = simulator.save("Contact", [Change(None, {"LastName": "Ng", BOX: True})], Circumstances(NOW))
    assert result.outcome is Outcome.REJECTED


def test_a_trigger_runs_on_the_record() -> None:
    body = f"for (Contact c : Trigger.new) {{ if (c.{BOX}) {{ c.addError('No'); }} }}"
    files = {"triggers/Guard.trigger": f"trigger Guard on Contact (before update) {{ {body} }}"}
    result = save(org(files))
    assert codes(result) == ["FIELD_CUSTOM_VALIDATION_EXCEPTION"]
    assert save(org(files), {BOX: False}, {"Title": "x"}).outcome is Outcome.SAVED


def trigger(body: str, events: str = "before update", name: str = "Guard") -> dict[str, str]:
    loop = f"for (Contact c : Trigger.new) {{ {body} }}"
    return {f"triggers/{name}.trigger": f"trigger {name} on Contact ({events}) {{ {loop} }}"}


def test_what_a_trigger_sets_before_the_save_is_seen_after_it() -> None:
    marks = trigger(f"if (c.{BOX}) {{ c.Title = c.LastName + ' out'; }}")
    result = save(org(marks), {"LastName": "Ng", BOX: False})
    assert result.outcome is Outcome.SAVED
    assert result.record["Title"] == "Ng out"
    rejected = save(org(marks, rule("No_Mark", "CONTAINS(Title, 'out')")), {"LastName": "Ng", BOX: False})
    assert codes(rejected) == ["FIELD_CUSTOM_VALIDATION_EXCEPTION"]


def test_a_trigger_sees_the_stored_record_beside_what_another_one_left() -> None:
    marks = trigger("c.Title = 'out';", name="A_Mark")
    compares = trigger("if (c.Title != Trigger.oldMap.get(c.Id).Title) { c.addError('No'); }", name="B_Compare")
    assert save(org(compares), {"Title": "in", BOX: False}).outcome is Outcome.SAVED
    assert save(org(marks, compares), {"Title": "in", BOX: False}).outcome is Outcome.REJECTED
    assert save(org(marks, compares), {"Title": "out", BOX: False}).outcome is Outcome.SAVED


def test_a_static_lives_as_long_as_the_transaction() -> None:
    once = {"classes/Once.cls": "public class Once { public static Boolean done = false; }"}
    body = "if (!Once.done) { Once.done = true; c.Title = 'first'; } else { c.Description = 'second'; }"
    marks = wf.workflow(
        wf.rule(wf.action("Mark"), criteria=[(f"Contact.{BOX}", "equals", "1")]), wf.update("Mark", "Department", "x")
    )
    result = save(org(once, trigger(body), {"workflows/Contact.workflow-meta.xml": marks}))
    assert result.outcome is Outcome.SAVED
    assert (result.record["Title"], result.record["Description"]) == ("first", "second")


def test_a_trigger_that_throws_fails_its_chunk() -> None:
    body = f"for (Contact c : Trigger.new) {{ if (c.{BOX}) {{ throw new DmlException(); }} }}"
    files = org({"triggers/Guard.trigger": f"trigger Guard on Contact (before update) {{ {body} }}"})
    simulator = org_simulator(project(files), Settings())
    chunk = [Change({BOX: False}, {"Title": "x"}), Change({BOX: False}, OPT_OUT)]
    results = simulator.save("Contact", chunk, Circumstances(NOW))
    assert [codes(result) for result in results] == [["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"]] * 2


def test_a_trigger_of_an_object_that_is_not_read_is_never_taken_for_harmless() -> None:
    trigger = "trigger Guard on Case (before update) { }"
    result = save(org({"triggers/Guard.trigger": trigger}), {}, {"Subject": "x"}, object_="Case")
    assert result.outcome is Outcome.UNKNOWN
    assert result.reasons == ("ApexTrigger:Guard is not simulated: triggers of Case are not read",)


def test_a_record_that_a_flow_makes_has_an_id() -> None:
    makes = element("recordCreates", "Make", gives({"LastName": "Ng"}), "<object>Account</object>", then="Link")
    link = update("Link", gives({"AccountId": "!Make"}), reference="$Record")
    keeps = "<storeOutputAutomatically>true</storeOutputAutomatically>"
    files = {
        "flows/Make.flow-meta.xml": flow(
            makes.replace("</recordCreates>", f"{keeps}</recordCreates>"), link, start=start("Make")
        )
    }
    result = save(org(files))
    assert result.outcome is Outcome.SAVED
    made = result.record["AccountId"]
    assert isinstance(made, str)
    assert (made[:3], len(made)) == ("001", 18)


def test_a_trigger_whose_text_is_hidden_is_named() -> None:
    result = save(org({"triggers/pkg__Guard.trigger": "(hidden)"}))
    assert result.outcome is Outcome.SAVED
    assert "ApexTrigger:pkg__Guard, whose text is hidden, minds no save of Contact" in result.assumptions


def test_what_each_record_of_a_chunk_spends_adds_up() -> None:
    files = org(trigger("if (c.Title == 'x') { insert new Task(WhoId = c.Id); }", "after update"))
    simulator = org_simulator(project(files), Settings())

    def saved(spending: int) -> set[Outcome]:
        chunk = [Change({BOX: False, "Title": "x" if n < spending else "y"}, OPT_OUT) for n in range(160)]
        return {result.outcome for result in simulator.save("Contact", chunk, Circumstances(NOW))}

    assert saved(150) == {Outcome.SAVED}
    assert saved(151) == {Outcome.REJECTED}


def test_a_record_can_stand_for_a_full_chunk() -> None:
    files = org(trigger("insert new Task(WhoId = c.Id);", "after update"))
    simulator = org_simulator(project(files), Settings())
    for alike, outcome in ((1, Outcome.SAVED), (MOST, Outcome.REJECTED)):
        (result,) = simulator.save("Contact", [Change({BOX: False}, OPT_OUT, alike=alike)], Circumstances(NOW))
        assert result.outcome is outcome


def test_a_static_that_holds_a_setting_is_the_same_in_the_next_event() -> None:
    switches = "public class Switches { public static Boolean on = Own__c.getInstance().On__c; }"
    files = org(
        {"classes/Switches.cls": switches},
        trigger("if (Switches.on) { c.addError('No'); }", "before update, after update"),
    )
    assert save(files).outcome is Outcome.SAVED
    around = Circumstances(NOW, {"$Setup.Own__c.On__c": True})
    assert save(files, around=around).outcome is Outcome.REJECTED
