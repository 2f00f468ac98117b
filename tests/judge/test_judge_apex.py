"""Triggers judged at the edges: what is not in the tree, what never ends, what is larger than the budget."""

import pytest

from sfoptlint.core.outcome import Context
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Cause, Direction, Effect, OptOutObject, Row, Verdict
from sfoptlint.judge.apex_family import gaps, judge
from tests.memory_orgs import project

BLOCK, REVERT, OVERWRITE = Effect.BLOCK, Effect.REVERT, Effect.OVERWRITE
OUT, IN = Direction.OPT_OUT, Direction.OPT_IN
HEAD = "trigger Guard on Contact (before update)"


def rows(files: dict[str, str], context: Context = Context.BATCH) -> dict[tuple[Direction, Effect], Row]:
    org = project(files)
    return {(r.direction, r.effect): r for j in judge(org, Settings(context=context)) for r in j.rows}


def verdicts(body: str, **classes: str) -> list[Verdict]:
    files = {"triggers/Guard.trigger": f"{HEAD} {{ {body} }}"}
    files |= {f"classes/{name}.cls": text for name, text in classes.items()}
    found = rows(files)
    return [found[OUT, BLOCK].verdict, found[IN, BLOCK].verdict, found[OUT, REVERT].verdict, found[IN, REVERT].verdict]


TIMES = "".join(f"for (Integer {name} = 0; {name} < 20; {name}++) " for name in "ijk")
BUSY = f"public class Busy {{ static Integer n = 0; static void add() {{ n++; }} public static void run() {{ {TIMES} add(); }} }}"
NEVER, SOMETIMES, ALWAYS, UNKNOWN = Verdict.NEVER, Verdict.SOMETIMES, Verdict.ALWAYS, Verdict.UNKNOWN


def test_an_empty_trigger_is_harmless() -> None:
    assert verdicts("") == [NEVER] * 4


def test_a_refusal_of_everything_is_always() -> None:
    assert verdicts("Trigger.new[0].addError('No');") == [ALWAYS, ALWAYS, NEVER, NEVER]


def test_a_refusal_in_each_of_many_branches_is_always() -> None:
    branches = " else ".join(f"if (c.LeadSource == 'v{i}' && c.Title != 't{i}') c.addError('{i}');" for i in range(15))
    assert verdicts(f"for (Contact c : Trigger.new) {{ {branches} else c.addError('No'); }}") == [
        ALWAYS,
        ALWAYS,
        NEVER,
        NEVER,
    ]


def test_a_write_is_always_for_the_other_direction() -> None:
    write = "for (Contact c : Trigger.new) { c.HasOptedOutOfEmail = true; }"
    assert verdicts(write) == [NEVER, NEVER, NEVER, ALWAYS]


def test_the_last_write_counts() -> None:
    writes = "for (Contact c : Trigger.new) { c.HasOptedOutOfEmail = !c.HasOptedOutOfEmail; {0} }"
    assert verdicts(writes.replace("{0}", "")) == [NEVER, NEVER, ALWAYS, ALWAYS]
    assert verdicts(writes.replace("{0}", "c.HasOptedOutOfEmail = !c.HasOptedOutOfEmail;")) == [NEVER] * 4


@pytest.mark.parametrize(
    "body",
    [
        "crm.Guard.check(Trigger.new);",
        "crm.Guard.run();",
        "try { crm.Guard.run(); } catch (Exception e) { }",
        "crm.Guard guard = new crm.Guard(Trigger.new); guard.work();",
        "List<Contact> people = Trigger.new; Boolean done = crm.Guard.check(people);",
    ],
)
def test_what_is_handed_the_records_and_not_in_the_tree_is_unknown(body: str) -> None:
    assert verdicts(body) == [UNKNOWN] * 4


def test_what_was_not_read_counts_only_where_it_is_reached() -> None:
    assert verdicts("if (Trigger.isInsert) { crm.Guard.check(Trigger.new); }") == [NEVER] * 4
    assert verdicts("if (crm.Guard.isOn()) { Trigger.new[0].addError('No'); }")[:2] == [SOMETIMES, SOMETIMES]


def test_recursion_ends_in_a_named_reason() -> None:
    again = "public class Again { public static void run(List<Contact> people) { run(people); } }"
    assert verdicts("Again.run(Trigger.new);", Again=again) == [UNKNOWN, UNKNOWN, NEVER, NEVER]
    row = rows({"triggers/Guard.trigger": f"{HEAD} {{ Again.run(Trigger.new); }}", "classes/Again.cls": again})[
        OUT, BLOCK
    ]
    assert row.reason == "Again.run calls itself"
    assert row.path == "triggers/Guard.trigger"


def test_calls_in_a_circle_end() -> None:
    one = "public class One { public static void run(List<Contact> people) { Two.run(people); } }"
    two = "public class Two { public static void run(List<Contact> people) { One.run(people); } }"
    assert verdicts("One.run(Trigger.new);", One=one, Two=two) == [UNKNOWN, UNKNOWN, NEVER, NEVER]


def test_a_budget_that_ends_within_a_try_in_a_loop_is_named() -> None:
    tried = "try { Busy.run(); ran = true; } catch (Exception e) { }"
    body = f"Boolean ran = false; for (Account a : [SELECT Id FROM Account]) {{ {tried} }}"
    found = rows({"triggers/Guard.trigger": f"{HEAD} {{ {body} }}", "classes/Busy.cls": BUSY})
    assert found[OUT, BLOCK].verdict is UNKNOWN
    assert found[OUT, BLOCK].reason.startswith("budget:")


def test_what_a_first_round_meets_counts_though_the_budget_ends_in_it() -> None:
    body = "Boolean ran = false; for (Account a : [SELECT Id FROM Account]) { {0} Busy.run(); ran = true; }"
    refuses = body.replace("{0}", "Trigger.new[0].addError('No');")
    assert verdicts(body.replace("{0}", ""), Busy=BUSY) == [UNKNOWN] * 4
    assert verdicts(refuses, Busy=BUSY) == [SOMETIMES, SOMETIMES, UNKNOWN, UNKNOWN]


def test_a_class_of_twenty_thousand_lines_ends_within_its_budget() -> None:
    lines = "\n".join(f"total = {n}; c.Description = '{n}';" for n in range(20_000))
    large = f"public class Large {{ public static void run(Contact c) {{ Integer total = 0;\n{lines}\n}} }}"
    found = rows({"triggers/Guard.trigger": f"{HEAD} {{ Large.run(Trigger.new[0]); }}", "classes/Large.cls": large})
    assert found[OUT, BLOCK].verdict is UNKNOWN
    assert found[OUT, BLOCK].reason.startswith("budget:")


def test_the_context_decides_what_may_be_started() -> None:
    files = {
        "triggers/Guard.trigger": "trigger Guard on Contact (after update) { Mirror.send(); }",
        "classes/Mirror.cls": "public class Mirror { @future public static void send() { } }",
    }
    batch = rows(files)[OUT, BLOCK]
    assert (batch.verdict, batch.cause) == (ALWAYS, Cause.ASYNC)
    assert rows(files, Context.API)[OUT, BLOCK].verdict is NEVER


def test_a_trigger_of_another_object_overwrites() -> None:
    body = "update new Contact(Id = Trigger.new[0].Contact__c, HasOptedOutOfEmail = false);"
    found = rows({"triggers/Sub.trigger": f"trigger Sub on Subscription__c (after insert) {{ {body} }}"})
    assert set(found) == {(OUT, OVERWRITE), (IN, OVERWRITE)}
    assert found[OUT, OVERWRITE].verdict is SOMETIMES
    assert found[OUT, OVERWRITE].object is OptOutObject.CONTACT
    assert found[IN, OVERWRITE].verdict is NEVER


def test_what_a_budget_ends_may_overwrite_the_boxes_that_it_names() -> None:
    write = "update new Contact(Id = Trigger.new[0].Contact__c, HasOptedOutOfEmail = false);"
    for body, expected in ((f"Busy.run(); {write}", UNKNOWN), (write, SOMETIMES)):
        files = {"triggers/Sub.trigger": f"trigger Sub on Lead (after update) {{ {body} }}", "classes/Busy.cls": BUSY}
        org = project(files)
        found = [r for j in judge(org, Settings()) for r in j.rows if r.effect is OVERWRITE and r.direction is OUT]
        assert {(row.object, row.verdict) for row in found} == {(OptOutObject.CONTACT, expected)}


def test_hidden_code_is_a_gap() -> None:
    org = project({"triggers/Guard.trigger": "(hidden)"})
    assert not list(judge(org, Settings()))
    assert [gap.path for gap in gaps(org)] == ["triggers/Guard.trigger"]
