"""Flows by example: what each construct does to the verdict."""

import pytest

from tests.automation.flow.asking import verdicts
from tests.flow_files import (
    BOX,
    assignment,
    call,
    decision,
    error,
    filters,
    flow,
    formula,
    get,
    gives,
    loop,
    process,
    start,
    update,
    variable,
)

BEFORE = "RecordBeforeSave"
OPTED_OUT = ("HasOptedOutOfEmail", "EqualTo", True)
BOTH = "block opt_out always incidental; block opt_in always incidental"


def test_a_custom_error_on_every_update() -> None:
    assert verdicts(flow(error(), start=start("Stop"))) == BOTH
    assert verdicts(flow(error(), start=start("Stop", saves="Create"))) == ""
    assert verdicts(flow(error(), start=start("Stop"), status="Draft")) == ""
    assert verdicts(flow(error(), start=start("Stop", object_="Case"))) == "no rows"
    assert verdicts(flow(error(), start=start(""))) == ""


def test_entry_conditions() -> None:
    assert verdicts(flow(error(), start=start("Stop", filters(OPTED_OUT)))) == "block opt_out always targeted"
    on_change = start("Stop", filters(OPTED_OUT), on_change=True)
    assert verdicts(flow(error(), start=on_change)) == "block opt_out always targeted"
    gold = filters(("Level__c", "EqualTo", "Gold"))
    assert "sometimes incidental" in verdicts(flow(error(), start=start("Stop", gold)))
    assert verdicts(flow(error(), start=start("Stop", gold, on_change=True))) == ""
    custom = filters(
        OPTED_OUT, ("Level__c", "EqualTo", "Gold"), ("Level__c", "EqualTo", "Silver"), logic="1 AND (2 OR 3)"
    )
    assert verdicts(flow(error(), start=start("Stop", custom))) == "block opt_out sometimes targeted"
    changed = filters(("HasOptedOutOfEmail", "IsChanged", True))
    assert verdicts(flow(error(), start=start("Stop", changed))) == (
        "block opt_out always targeted; block opt_in always targeted"
    )
    text = "<filterFormula>AND({!$Record.HasOptedOutOfEmail}, ISCHANGED({!$Record.HasOptedOutOfEmail}))</filterFormula>"
    assert verdicts(flow(error(), start=start("Stop", text))) == "block opt_out always targeted"
    email = filters(("Email", "IsChanged", True))
    assert verdicts(flow(error(), start=start("Stop", email))) == ""


def test_before_the_save_an_assignment_is_a_write() -> None:
    untick = assignment("Untick", (BOX, "Assign", False))
    assert verdicts(flow(untick, start=start("Untick", trigger=BEFORE))) == "revert opt_out always targeted"
    assert verdicts(flow(untick, start=start("Untick"))) == ""
    saved = assignment("Untick", (BOX, "Assign", False), then="Save") + update(reference="$Record")
    assert verdicts(flow(saved, start=start("Untick"))) == "revert opt_out always targeted"
    back = assignment("Untick", (BOX, "Assign", "!$Record__Prior.HasOptedOutOfEmail"))
    assert verdicts(flow(back, start=start("Untick", trigger=BEFORE))) == (
        "revert opt_out always targeted; revert opt_in always targeted"
    )
    given = update("Save", gives({"HasOptedOutOfEmail": True}), reference="$Record")
    assert verdicts(flow(given, start=start("Save", trigger=BEFORE))) == "revert opt_in always targeted"


def test_outcomes_are_taken_in_their_order() -> None:
    vip = ("Vip", [("$Record.VIP__c", "EqualTo", True)], "")
    out = ("Out", [(BOX, "EqualTo", True)], "Stop")
    assert verdicts(flow(decision("Check", out, vip), error(), start=start("Check"))) == "block opt_out always targeted"
    assert (
        verdicts(flow(decision("Check", vip, out), error(), start=start("Check"))) == "block opt_out sometimes targeted"
    )
    late = decision("Check", vip, otherwise="Again") + decision("Again", ("Yes", [("Vip", "EqualTo", True)], "Stop"))
    assert verdicts(flow(late, error(), start=start("Check"))) == ""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "AND({!$Record.HasOptedOutOfEmail}, NOT({!$Record__Prior.HasOptedOutOfEmail}))",
            "block opt_out always targeted",
        ),
        ("ISNEW()", ""),
        (
            'TEXT({!$Record.LeadSource}) = "Web"',
            "block opt_out sometimes incidental; block opt_in sometimes incidental",
        ),
        ("{!nothing.known}", "block opt_out unknown; block opt_in unknown"),
        ("AND({!$Record.HasOptedOutOfEmail}, {!nothing})", "block opt_out unknown"),
        ("1 +", "block opt_out unknown; block opt_in unknown"),
    ],
)
def test_formulas(text: str, wanted: str) -> None:
    yes = decision("Check", ("Yes", [("isSo", "EqualTo", True)], "Stop"))
    assert verdicts(flow(yes, formula("isSo", text), error(), start=start("Check"))) == wanted


def test_a_row_that_is_not_there() -> None:
    query = get("Get", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Check")
    check = decision("Check", ("Open", [("Get.IsClosed", "EqualTo", False)], ""))
    assert verdicts(flow(query, check, start=start("Get"))) == (
        "block opt_out sometimes incidental; block opt_in sometimes incidental"
    )
    safe = decision("Check", ("Open", [("Get", "IsNull", False), ("Get.IsClosed", "EqualTo", False)], ""))
    assert verdicts(flow(query, safe, start=start("Get"))) == ""
    by_field = decision("Check", ("None", [("Get.IsClosed", "IsNull", True)], ""))
    assert verdicts(flow(query, by_field, start=start("Get"))) == ""
    parent = get("Get", "Account", ("Id", "EqualTo", "!$Record.AccountId"), then="Check")
    by_parent = decision("Check", ("Open", [("Get.Name", "EqualTo", "x")], ""))
    assert "sometimes" in verdicts(flow(parent, by_parent, start=start("Get")))
    itself = get("Get", "Contact", ("Id", "EqualTo", "!$Record.Id"), then="Check")
    assert verdicts(flow(itself, by_parent, start=start("Get"))) == ""


HARMED = "block opt_out sometimes incidental; block opt_in sometimes incidental"


def test_a_look_up_on_the_way_that_is_blank() -> None:
    check = decision("Check", ("Hot", [("$Record.Account.Rating", "EqualTo", "Hot")], ""))
    assert verdicts(flow(check, start=start("Check"))) == HARMED
    assert verdicts(flow(check, start=start("Check", filters(("AccountId", "IsNull", False))))) == ""
    asked = decision("Check", ("None", [("$Record.Account.Rating", "IsNull", True)], ""))
    assert verdicts(flow(asked, start=start("Check"))) == ""
    owner = decision("Check", ("Hers", [("$Record.Owner.Department", "EqualTo", "x")], ""))
    assert verdicts(flow(owner, start=start("Check"))) == ""
    kind = decision("Check", ("Kind", [("$Record.RecordType.DeveloperName", "EqualTo", "x")], ""))
    assert verdicts(flow(kind, start=start("Check"))) == HARMED
    assert verdicts(flow(kind, start=start("Check", object_="Account")), "Account") == ""
    parent = get("Get", "Account", ("Id", "EqualTo", "!$Record.AccountId"), then="Check")
    beyond = decision("Check", ("Hot", [("Get", "IsNull", False), ("Get.Parent.Rating", "EqualTo", "Hot")], ""))
    assert verdicts(flow(parent, beyond, start=start("Get"))) == HARMED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{!$Record.Account.Name} = 'x'", HARMED),
        ("ISBLANK({!$Record.Account.Name})", HARMED),
        ("AND({!$Record.Account.Name} = 'x', NOT(ISBLANK({!$Record.AccountId})))", HARMED),
        ("AND(NOT(ISBLANK({!$Record.AccountId})), {!$Record.Account.Name} = 'x')", ""),
        ("OR(ISBLANK({!$Record.AccountId}), {!$Record.Account.Name} = 'x')", ""),
        ("IF(ISBLANK({!$Record.AccountId}), FALSE, {!$Record.Account.Name} = 'x')", ""),
        (
            "AND({!$Record.HasOptedOutOfEmail}, {!$Record.Account.Name} = 'x')",
            "block opt_out sometimes targeted",
        ),
    ],
)
def test_a_formula_reads_no_more_than_it_must(text: str, wanted: str) -> None:
    check = decision("Check", ("Yes", [("isSo", "EqualTo", True)], ""))
    assert verdicts(flow(check, formula("isSo", text), start=start("Check"))) == wanted
    before = verdicts(flow(check, formula("isSo", text), start=start("Check", trigger=BEFORE)))
    assert ("unknown" in before) is bool(wanted)


def test_a_fault_path_catches() -> None:
    query = get("Get", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Save")
    write = update("Save", filters(("Id", "EqualTo", "!Get.AccountId")), object_="Account", fault="Done")
    done = assignment("Done", ("x", "Assign", 1))
    assert verdicts(flow(query, write, done, variable("x", "Number"), start=start("Get"))) == ""
    uncaught = write.replace("faultConnector>", "connector>")
    assert "block opt_out sometimes" in verdicts(flow(query, uncaught, done, start=start("Get")))


def test_loops() -> None:
    query = get("All", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Each", first=False)
    others = loop("Each", "All", "Mark") + assignment("Mark", ("Each.Status", "Assign", "Done"), then="Each")
    assert verdicts(flow(query, others, start=start("All"))) == ""
    stop = loop("Each", "All", "Stop") + error(then="Each")
    assert "block opt_out sometimes" in verdicts(flow(query, stop, start=start("All")))
    untick = update("Untick", gives({"HasOptedOutOfEmail": False}), reference="$Record")
    then = loop("Each", "All", "Mark", then="Untick") + assignment(
        "Mark", ("Each.Status", "Assign", "Done"), then="Each"
    )
    assert verdicts(flow(query, then, untick, start=start("All"))) == "revert opt_out always targeted"
    leave = decision("Mark", ("Leave", [("Each.Status", "EqualTo", "Done")], ""), otherwise="Each")
    left = loop("Each", "All", "Mark", then="Untick") + leave
    assert verdicts(flow(query, left, untick, start=start("All"))) == "revert opt_out sometimes targeted"
    count = loop("Each", "All", "Add", then="Check") + assignment("Add", ("n", "Add", 1), then="Each")
    number = variable("n", "Number", given=0)

    def more_than(limit: int) -> str:
        check = decision("Check", ("Many", [("n", "GreaterThan", limit)], "Stop"))
        return verdicts(flow(query, count, number, check, error(), start=start("All")))

    assert "block opt_out sometimes" in more_than(1)
    assert more_than(50) == "block opt_out unknown; block opt_in unknown"
    assert verdicts(flow(query, count, number, start=start("All"))) == ""


def test_a_cycle_without_a_loop_element() -> None:
    add = assignment("Add", ("n", "Add", 1), then="Check")
    check = decision("Check", ("Few", [("n", "LessThan", 9)], "Add"), otherwise="Save")
    write = update("Save", gives({"HasOptedOutOfEmail": False}), reference="$Record")
    text = flow(add, check, write, variable("n", "Number", given=0), start=start("Add"))
    assert verdicts(text) in ("revert opt_out unknown", "revert opt_out always targeted")


def test_records_that_filters_find() -> None:
    values = gives({"HasOptedOutOfEmail": False})
    itself = update("Save", filters(("Id", "EqualTo", "!$Record.Id")), values, object_="Contact")
    assert verdicts(flow(itself, start=start("Save"))) == "revert opt_out always targeted"
    siblings = update("Save", filters(("AccountId", "EqualTo", "!$Record.AccountId")), values, object_="Contact")
    assert verdicts(flow(siblings, start=start("Save"))) == "revert opt_out always targeted"
    others = update("Save", filters(("Id", "EqualTo", "!$Record.ReportsToId")), values, object_="Contact")
    assert verdicts(flow(others, start=start("Save"))) == "revert opt_out sometimes targeted"
    leads = update("Save", filters(("Email", "EqualTo", "!$Record.Email")), values, object_="Lead")
    assert verdicts(flow(leads, start=start("Save"))) == ""
    assert verdicts(flow(leads, start=start("Save")), "Lead") == "overwrite opt_out sometimes"


def test_a_row_that_is_the_record_itself() -> None:
    siblings = get("Get", "Contact", ("AccountId", "EqualTo", "!$Record.AccountId"), then="Check")
    check = decision("Check", ("Open", [("Get.Title", "EqualTo", "x")], ""))
    assert verdicts(flow(siblings, check, start=start("Get"))) == "", "the record is such a row"
    save = update("Save", gives({"HasOptedOutOfEmail": False}), reference="Get")
    titled = decision("Check", ("Yes", [("Get.Title", "EqualTo", "x"), ("$Record.Title", "NotEqualTo", "x")], "Save"))
    assert verdicts(flow(siblings, titled, save, start=start("Get"))) == "", "then it is another one"
    titled = titled.replace("NotEqualTo", "EqualTo")
    assert verdicts(flow(siblings, titled, save, start=start("Get"))) == "revert opt_out sometimes targeted"
    every = get("All", "Contact", ("Id", "EqualTo", "!$Record.Id"), first=False, then="Each") + loop(
        "Each", "All", "Untick"
    )
    every += assignment("Untick", ("Each.HasOptedOutOfEmail", "Assign", False), then="Save")
    every += update("Save", reference="Each", then="Each")
    assert verdicts(flow(every, start=start("All"))) == "revert opt_out always targeted"


def test_a_person_account_is_its_own_contact() -> None:
    values = gives({"HasOptedOutOfEmail": False})
    contacts = update("Save", filters(("AccountId", "EqualTo", "!$Record.Id")), values, object_="Contact")
    text = flow(contacts, start=start("Save", object_="Account"))
    assert verdicts(text, "Account") == "revert opt_out always targeted"
    assert verdicts(text, "Contact") == "overwrite opt_out sometimes"


def test_subflows() -> None:
    caller = flow(call("Ask", "Helper", {"person": "!$Record"}), start=start("Ask"))
    body = "<startElementReference>Save</startElementReference>"
    person = variable("person", object_="Contact")
    writes = flow(person, update("Save", gives({"HasOptedOutOfEmail": False}), reference="person"), start=body)
    assert verdicts(caller, Helper=writes) == "revert opt_out always targeted"
    harmless = flow(person, update("Save", gives({"Title": "x"}), reference="person"), start=body)
    assert verdicts(caller, Helper=harmless) == ""
    assert verdicts(caller) == (
        "block opt_out unknown; block opt_in unknown; revert opt_out unknown; revert opt_in unknown"
    )
    apart = flow(call("Ask", "Helper", {"person": "!$Record.Email"}), start=start("Ask"))
    assert verdicts(apart) == ""


def test_later_paths() -> None:
    def path(kind: str) -> str:
        return (
            "<scheduledPaths><connector><targetReference>Save</targetReference></connector><name>Later</name>"
            f"{kind}</scheduledPaths>"
        )

    write = update("Save", gives({"HasOptedOutOfEmail": False}), reference="$Record")
    for kind in (
        "<pathType>AsyncAfterCommit</pathType>",
        "<offsetNumber>1</offsetNumber><offsetUnit>Days</offsetUnit>",
    ):
        text = flow(write, start=start("", path(kind)))
        if "offset" in kind:
            text = text.replace("<offsetNumber>1</offsetNumber><offsetUnit>Days</offsetUnit>", "")
        assert verdicts(text) == "revert opt_out always targeted"
    assert verdicts(flow(error("Save"), start=start("", path("<pathType>AsyncAfterCommit</pathType>")))) == ""


def test_how_many_rows_there_are() -> None:
    query = get("All", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Count", first=False)
    parts = (query, assignment("Count", ("number", "AssignCount", "!All"), then="Check"), variable("number", "Number"))

    def counted(operator: str, number: int) -> str:
        check = decision("Check", ("So", [("number", operator, number)], "Stop"))
        return verdicts(flow(*parts, check, error(), start=start("All")))

    assert counted("EqualTo", 0) == HARMED
    assert counted("GreaterThan", 1) == HARMED
    assert counted("GreaterThan", 5) == "block opt_out unknown; block opt_in unknown"


def test_the_empty_text_is_not_null() -> None:
    empty = variable("reason", "String", given="!$GlobalConstant.EmptyString")

    def asked(operator: str, *, wanted: bool) -> str:
        check = decision("Check", ("So", [("reason", operator, wanted)], "Stop"))
        return verdicts(flow(check, empty, error(), start=start("Check")))

    assert asked("IsNull", wanted=True) == ""
    assert asked("IsNull", wanted=False) == BOTH
    assert asked("IsBlank", wanted=True) == BOTH


def test_a_moment_beside_a_day() -> None:
    def asked(operator: str) -> str:
        check = decision("Check", ("So", [("$Record.CreatedDate", operator, "!$Record.Birthdate")], "Stop"))
        return verdicts(flow(check, error(), start=start("Check")))

    assert asked("GreaterThanOrEqualTo") == HARMED
    assert asked("LessThan") == HARMED
    assert "unknown" in asked("GreaterThan")


def test_a_boolean_beside_a_text_is_its_word() -> None:
    check = decision("Check", ("So", [("$Record.LastName", "EqualTo", "!$Record.HasOptedOutOfEmail")], "Stop"))
    assert verdicts(flow(check, error(), start=start("Check"))) == HARMED.replace("incidental", "targeted")


def test_the_id_of_the_record_is_a_start_value() -> None:
    own = variable("own", "String", given="!$Record.Id")
    write = update("Save", filters(("Id", "EqualTo", "!own")), gives({"HasOptedOutOfEmail": False}), object_="Contact")
    assert verdicts(flow(own, write, start=start("Save"))) == "revert opt_out always targeted"


def test_a_copy_of_the_record_before_the_save() -> None:
    copied = assignment("Set", ("copy", "Assign", "!$Record"), ("copy.HasOptedOutOfEmail", "Assign", False))
    assert "revert opt_out unknown" in verdicts(
        flow(copied, variable("copy", object_="Contact"), start=start("Set", trigger=BEFORE))
    )


def test_processes() -> None:
    criteria = decision("Check", ("Met", [("myVariable_current.HasOptedOutOfEmail", "EqualTo", True)], "Save"))
    write = update(
        "Save",
        filters(("Id", "EqualTo", "!myVariable_current.Id")),
        gives({"HasOptedOutOfEmail": False}),
        object_="Contact",
    )
    assert verdicts(process(criteria, write, first="Check")) == "revert opt_out always targeted"
    assert verdicts(process(criteria, write, first="Check", on="onCreateOnly")) == ""
    assert verdicts(process(criteria, write, first="Check", status="Obsolete")) == ""
    again = criteria.replace(
        "<label>Met", "<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria><label>Met"
    )
    assert verdicts(process(again, write, first="Check")) == "revert opt_out always targeted"
    met_before = decision(
        "Check", ("Before", [("myVariable_old.Level__c", "EqualTo", "Gold")], ""), otherwise="Now"
    ) + decision("Now", ("Met", [("myVariable_current.Level__c", "EqualTo", "Gold")], "Save"))
    assert verdicts(process(met_before, write, first="Check")) == ""


def test_what_runs_by_itself() -> None:
    write = update("Save", gives({"HasOptedOutOfEmail": False}), reference="$Record")
    nightly = start("Save", trigger="Scheduled").replace("<recordTriggerType>Update</recordTriggerType>", "")
    assert verdicts(flow(write, start=nightly)) == "overwrite opt_out always"
    out = filters(OPTED_OUT)
    assert verdicts(flow(write, start=nightly.replace("<object>", f"{out}<object>"))) == "overwrite opt_out always"
    gold = filters(("Level__c", "EqualTo", "Gold"))
    assert verdicts(flow(write, start=nightly.replace("<object>", f"{gold}<object>"))) == "overwrite opt_out sometimes"
    every = get("All", "Contact", OPTED_OUT, first=False, then="Each") + loop("Each", "All", "Untick")
    every += assignment("Untick", ("Each.HasOptedOutOfEmail", "Assign", False), then="Save")
    every += update("Save", reference="Each", then="Each")
    alone = "<start><connector><targetReference>All</targetReference></connector><triggerType>Scheduled</triggerType></start>"
    assert verdicts(flow(every, start=alone)) == "overwrite opt_out always"


def test_a_value_that_a_restricted_picklist_does_not_take() -> None:
    unread = flow(update("Save", "<novelty/>", reference="$Record"), start=start("Save"))
    assert "unknown" in verdicts(unread)
