"""What a walk costs: ways merge where they meet, and what explodes all the same ends in a named gap."""

from bench.flows import large_flow
from sfoptlint.automation.automation import Automation, Unknown, Write
from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.frame import VISITS
from sfoptlint.automation.flow.start import trigger_of
from sfoptlint.core.expr import Interner, nodes
from sfoptlint.model.objects import Objects
from tests.automation.flow.asking import PATH, verdicts
from tests.flow_files import BOX, assignment, call, decision, error, flow, get, loop, start, variable
from tests.memory_orgs import project

WAYS = 30


def compiled(text: str, interner: Interner) -> Automation:
    tree = project({PATH: text})
    (only,) = tree.flows()
    trigger = trigger_of(only)
    assert trigger is not None
    return compile_flow(only, trigger, "", Objects(tree), interner, lambda _: only)


def test_ways_that_meet_again_are_one() -> None:
    parts = []
    for number in range(WAYS):
        then = f"Check_{number + 1}" if number + 1 < WAYS else "Untick"
        left = f"$Record.F{number}__c"
        parts.append(
            decision(f"Check_{number}", (f"Yes_{number}", [(left, "EqualTo", "x")], f"Set_{number}"), otherwise=then)
        )
        parts.append(assignment(f"Set_{number}", ("$Record.Title", "Assign", f"{number}"), then=then))
    untick = assignment("Untick", (BOX, "Assign", False))
    automation = compiled(flow(*parts, untick, start=start("Check_0", trigger="RecordBeforeSave")), Interner())
    (write,) = [effect for effect in automation.effects if isinstance(effect.do, Write)]
    assert len(list(nodes(write.guard))) == 1


def test_a_large_flow_stays_small() -> None:
    automation = compiled(large_flow(500), Interner())
    (stop,) = automation.effects
    assert len(list(nodes(stop.guard))) < 2_000


def test_loops_in_loops_in_loops_end_in_a_named_gap() -> None:
    depth = 9
    parts = [get("All", "Case", ("ContactId", "EqualTo", "!$Record.Id"), first=False, then="Loop_0")]
    for number in range(depth):
        inner = f"Loop_{number + 1}" if number + 1 < depth else "Add"
        outer = f"Loop_{number - 1}" if number else "Stop"
        parts.append(loop(f"Loop_{number}", "All", inner, outer))
    parts += [assignment("Add", ("n", "Add", 1), then=f"Loop_{depth - 1}"), error(), variable("n", "Number", given=0)]
    automation = compiled(flow(*parts, start=start("All")), Interner())
    (unknown,) = [effect.do for effect in automation.effects if isinstance(effect.do, Unknown)]
    assert unknown.reason == f"budget: more than {VISITS} element visits"


def test_a_flow_that_calls_itself_twice_ends_in_a_named_gap() -> None:
    person = variable("person", object_="Contact")
    first, second = (
        call("One", "Guard", {"person": "!$Record"}, then="Two"),
        call("Two", "Guard", {"person": "!$Record"}),
    )
    text = flow(person, first, second, start=start("One"))
    reasons = {e.do.reason for e in compiled(text, Interner()).effects if isinstance(e.do, Unknown)}
    assert "budget: flows call each other more than 7 deep" in reasons
    assert "unknown" in verdicts(text)
