"""A trigger that saves its record again: what its own second run leaves in the box."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, BLOCK, IN, NEVER, OUT, REVERT, SOMETIMES, rows

ONCE = "public class Once { public static Boolean saved = false; }"
SAVE = "update new Contact(Id = Trigger.new[0].Id, Department = 'told');"
UNTICK = "for (Contact c : Trigger.new) { if ({0}) c.HasOptedOutOfEmail = false; }"
FIRST, SECOND = "!Once.saved", "Once.saved"
CHANGED = "c.Department != Trigger.oldMap.get(c.Id).Department"


def reverts(before: str, after: str) -> tuple[Verdict, Verdict]:
    body = f"if (Trigger.isBefore) {{ {before} }} else {{ {after} }}"
    text = f"trigger Guard on Contact (before update, after update) {{ {body} }}"
    found = rows({"triggers/Guard.trigger": text, "classes/Once.cls": ONCE})
    return found[OUT, REVERT].verdict, found[IN, REVERT].verdict


@pytest.mark.parametrize(
    ("when", "after", "expected"),
    [
        (SECOND, f"Once.saved = true; {SAVE}", ALWAYS),
        (SECOND, f"if (!Once.saved) {{ Once.saved = true; {SAVE} }}", ALWAYS),
        (SECOND, SAVE, NEVER),
        (SECOND, f"Once.saved = true; if (Trigger.new[0].DoNotCall) {{ {SAVE} }}", SOMETIMES),
        (
            SECOND,
            f"Once.saved = true; {SAVE.replace('Id = Trigger.new[0].Id', 'Id = Trigger.new[0].ReportsToId')}",
            SOMETIMES,
        ),
        (CHANGED, SAVE, SOMETIMES),
        (CHANGED, SAVE.replace("'told'", "Trigger.new[0].Department"), NEVER),
        ("c.Email != Trigger.oldMap.get(c.Id).Email", SAVE, NEVER),
        ("c.HasOptedOutOfEmail && Trigger.oldMap.get(c.Id).HasOptedOutOfEmail", SAVE, ALWAYS),
        (SECOND, f"Once.saved = true; try {{ {SAVE} }} catch (DmlException e) {{ }}", ALWAYS),
        (f"{SECOND} && crm.Mail.isOff(c)", f"Once.saved = true; {SAVE}", SOMETIMES),
    ],
)
def test_what_the_second_run_leaves(when: str, after: str, expected: Verdict) -> None:
    assert reverts(UNTICK.replace("{0}", when), after)[0] is expected


def test_what_follows_sees_the_statics_of_the_second_run_and_the_record_of_the_first() -> None:
    ends = "for (Contact c : Trigger.new) { if (!Once.saved) Once.saved = c.HasOptedOutOfEmail; }"
    again = "update new Contact(Id = Trigger.new[0].Id, HasOptedOutOfEmail = Once.saved);"
    assert reverts(ends, again)[0] is NEVER
    assert reverts("", f"{SAVE} if (Trigger.new[0].HasOptedOutOfEmail) {{ {again} }}")[0] is ALWAYS


def test_what_follows_has_its_variables_still_where_the_second_run_calls_methods() -> None:
    again = f"Once.saved = true; Boolean strict = true; {SAVE} if (strict) Trigger.new[0].addError('No.');"
    body = f"if (Trigger.isBefore) Once.untick(Trigger.new); else if (!Once.saved) {{ {again} }}"
    untick = f"static void untick(List<Contact> all) {{ {UNTICK.replace('{0}', 'c.DoNotCall').replace('Trigger.new', 'all')} }}"
    files = {"triggers/Guard.trigger": f"trigger Guard on Contact (before update, after update) {{ {body} }}"}
    found = rows({**files, "classes/Once.cls": ONCE.replace("= false; }", f"= false; public {untick} }}")})
    assert found[OUT, BLOCK].verdict is ALWAYS
