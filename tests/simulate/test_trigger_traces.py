"""Whole traces of saves with Apex triggers: both events, second runs, saves inside saves, chunks, statics and queries."""

from collections.abc import Callable, Mapping

import pytest

from sfoptlint.core.witness import Rows, Values
from tests import workflow_files as wf
from tests.simulate.orgs import BOX, org, rule
from tests.simulate.traces import FIRES, OUT, Case, after, before, rules


def trigger(name: str, body: str, events: str = "before update") -> dict[str, str]:
    """A trigger that does this for each record `c`, whose stored values are `old`."""
    lines = (
        f"trigger {name} on Contact ({events}) {{",
        "    for (Contact c : Trigger.new) {",
        "        Contact old = Trigger.oldMap.get(c.Id);",
        *(f"        {line}" for line in body.splitlines()),
        "    }",
        "}",
    )
    return {f"triggers/{name}.trigger": "\n".join(lines) + "\n"}


def statics(name: str, members: str) -> dict[str, str]:
    """A class that keeps something as long as the transaction."""
    return {f"classes/{name}.cls": f"public class {name} {{ {members} }}\n"}


NG: Values = {"LastName": "Ng", BOX: False}
DOE: Values = {"LastName": "Doe", BOX: False}
MARKS = rules(wf.rule(wf.action("Mark"), criteria=FIRES), wf.update("Mark", "Title", "Director"))
ONCE = statics("Once", "public static Boolean done = false;")
FINDS = """List<Case> open = [SELECT Id, Priority FROM Case WHERE ContactId = :c.Id];
if (!open.isEmpty() && open[0].Priority == 'High') {
    c.addError('A case is open.');
}"""
CASES: Mapping[str, Case] = {
    "refuses_one_record_of_a_chunk": Case(
        org(trigger("Guard", "if (c.LastName == 'Doe') {\n    c.addError('Not Doe.');\n}")), (NG, DOE)
    ),
    "exception_rejects_the_whole_chunk": Case(
        org(trigger("Guard", "if (c.LastName == 'Doe') {\n    throw new DmlException('No.');\n}")), (NG, DOE, NG)
    ),
    "exception_in_each_record_is_one_error": Case(org(trigger("Guard", "throw new DmlException('No.');")), (NG, DOE)),
    "validation_rule_rejects_what_a_trigger_set": Case(
        org(trigger("Mark", "c.Title = 'out';"), rule("No_Mark", "CONTAINS(Title, 'out')")), (NG,)
    ),
    "flow_before_the_save_runs_before_the_trigger": Case(
        org(
            before("Mark", "Title", "flow", OUT),
            trigger("Mind", "if (c.Title == 'flow') {\n    c.Title = 'trigger';\n}"),
        ),
        (NG,),
    ),
    "trigger_takes_the_box_back": Case(org(trigger("Untick", f"if (!old.{BOX}) {{\n    c.{BOX} = false;\n}}")), (NG,)),
    "workflow_update_runs_triggers_once_more": Case(
        org(
            MARKS,
            rule("No_Director", "Title = 'Director'"),
            trigger("Mind", "if (c.Title == 'Director') {\n    c.Department = 'Board';\n}"),
            trigger("Watch", "if (c.Title == 'Director') {\n    c.addError('Seen.');\n}", "after update"),
        ),
        (NG,),
    ),
    "stored_values_in_the_second_run": Case(
        org(MARKS, trigger("Count", f"if (c.{BOX} && !old.{BOX}) {{\n    c.Department = c.Department + '+';\n}}")),
        ({"LastName": "Ng", "Department": "D", BOX: False},),
    ),
    "static_flag_shuts_the_second_run": Case(
        org(
            MARKS,
            ONCE,
            trigger(
                "Count", "if (!Once.done) {\n    c.Department = 'first';\n} else {\n    c.Description = 'again';\n}"
            ),
            trigger("Seal", "Once.done = true;", "after update"),
        ),
        (NG,),
    ),
    "saves_its_record_again": Case(
        org(
            trigger(
                "Undo", f"if (!old.{BOX}) {{\n    update new Contact(Id = c.Id, {BOX} = false);\n}}", "after update"
            ),
            trigger("Stamp", f"if (!c.{BOX}) {{\n    c.Description = 'in';\n}}"),
        ),
        (NG,),
    ),
    "sets_another_field_in_a_save_of_its_own": Case(
        org(
            trigger(
                "Note", f"if (!old.{BOX}) {{\n    update new Contact(Id = c.Id, Title = 'out');\n}}", "after update"
            ),
            rule("No_Out", "Title = 'out'"),
        ),
        (NG,),
    ),
    "save_without_an_end": Case(
        org(trigger("Touch", "update new Contact(Id = c.Id, Title = 'out');", "after update")), (NG,)
    ),
    "static_flag_shuts_the_save_inside": Case(
        org(
            ONCE,
            trigger(
                "Touch",
                "if (!Once.done) {\n    Once.done = true;\n    update new Contact(Id = c.Id, Title = 'out');\n}",
                "after update",
            ),
        ),
        (NG,),
    ),
    "static_flag_that_comes_too_late": Case(
        org(
            ONCE,
            trigger(
                "Touch",
                "if (!Once.done) {\n    update new Contact(Id = c.Id, Title = 'out');\n    Once.done = true;\n}",
                "after update",
            ),
        ),
        (NG,),
    ),
    "save_inside_fails_and_is_caught": Case(
        org(
            trigger(
                "Note",
                f"if (!old.{BOX}) {{\n    Database.update(new Contact(Id = c.Id, Title = 'out'), false);\n}}",
                "after update",
            ),
            rule("No_Out", "Title = 'out'"),
        ),
        (NG,),
    ),
    "after_trigger_sets_the_record_in_place": Case(org(trigger("Late", "c.Title = 'out';", "after update")), (NG,)),
    "flow_after_the_save_runs_triggers_again": Case(
        org(
            after("Note", {"Title": "out"}, OUT),
            trigger("Mind", "if (c.Title == 'out') {\n    c.addError('Not out.');\n}"),
        ),
        (NG,),
    ),
    "query_is_answered_from_data": Case(
        org(trigger("Guard", FINDS)),
        (NG,),
        answers={"triggers/Guard.trigger:4": (Rows(({"Priority": "High"},)),)},
    ),
    "query_is_assumed_to_find_nothing": Case(org(trigger("Guard", FINDS)), (NG,)),
    "call_outside_the_tree_is_assumed": Case(
        org(trigger("Guard", "if (pkg.Switch.isOn()) {\n    c.addError('Switched on.');\n}")), (NG,)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_trace_with_triggers_is_as_expected(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"traces/triggers/{name}.txt", CASES[name].trace())
