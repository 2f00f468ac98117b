"""Apex of the tree that a flow calls: walked as the flow hands the record over."""

import pytest

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, Verdict
from sfoptlint.judge.flow_family import judge
from tests.flow_files import call, flow, start
from tests.memory_orgs import project

NEVER, UNKNOWN = Verdict.NEVER, Verdict.UNKNOWN
IDS, RECORDS, REQUESTS = "List<Id> ids", "List<Contact> people", "Request[] requests"
REQUEST = "public class Request { @InvocableVariable public Id personId; @InvocableVariable public String address; }"
TASKS = "List<Task> tasks = new List<Task>(); for (Id one : ids) { tasks.add(new Task(WhoId = one)); } insert tasks;"
MADE = "List<Contact> people = new List<Contact>();"
READ = "for (Contact p : [SELECT Id, LastName FROM Contact WHERE Id IN :ids]) {"


def verdicts(parameter: str, body: str, inputs: dict[str, object]) -> list[Verdict]:
    """Return the verdicts of block and revert of an opt-out."""
    action = f"public class Action {{ {REQUEST} @InvocableMethod public static void run({parameter}) {{ {body} }} }}"
    files = {
        "flows/Guard.flow-meta.xml": flow(call("Act", "Action", inputs, kind="apex"), start=start("Act")),
        "classes/Action.cls": action,
    }
    found = {(r.direction, r.effect): r.verdict for j in judge(project(files), Settings()) for r in j.rows}
    return [found[Direction.OPT_OUT, Effect.BLOCK], found[Direction.OPT_OUT, Effect.REVERT]]


@pytest.mark.parametrize(
    ("parameter", "body", "expected"),
    [
        (IDS, "", [NEVER, NEVER]),
        (IDS, TASKS, [NEVER, NEVER]),
        (IDS, f"{READ} p.Description = p.LastName.left(10); }}", [NEVER, NEVER]),
        (IDS, f"{READ} p.Description = p.Email.left(10); }}", [UNKNOWN, NEVER]),
        (IDS, "throw new DmlException('No');", [UNKNOWN, NEVER]),
        (IDS, "try { throw new DmlException('No'); } catch (Exception e) { }", [NEVER, NEVER]),
        (IDS, "for (Id one : ids) { Contact p = [SELECT Id FROM Contact WHERE Id = :one]; }", [NEVER, NEVER]),
        (IDS, "for (Id one : ids) { update new Account(Id = one); }", [UNKNOWN, NEVER]),
        (
            IDS,
            f"{MADE} for (Id one : ids) people.add(new Contact(Id = one, HasOptedOutOfEmail = false)); update people;",
            [NEVER, UNKNOWN],
        ),
        (IDS, "crm.Guard.check(ids);", [NEVER, NEVER]),
    ],
)
def test_an_action_that_is_given_the_id(parameter: str, body: str, expected: list[Verdict]) -> None:
    assert verdicts(parameter, body, {"ids": "!$Record.Id"}) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for (Contact p : people) { p.Description = p.LastName.left(10); } update people;", [NEVER, NEVER]),
        ("for (Contact p : people) { p.HasOptedOutOfEmail = false; } update people;", [NEVER, UNKNOWN]),
        ("for (Contact p : people) { p.Description = p.Email.left(10); }", [UNKNOWN, NEVER]),
        ("crm.Guard.check(people);", [UNKNOWN, UNKNOWN]),
        ("for (Contact p : people) { String s = p.Account.Name.left(3); }", [UNKNOWN, NEVER]),
    ],
)
def test_an_action_that_is_given_the_record(body: str, expected: list[Verdict]) -> None:
    assert verdicts(RECORDS, body, {"people": "!$Record"}) == expected


@pytest.mark.parametrize(
    ("address", "expected"), [("$Record.LastName", [NEVER, NEVER]), ("$Record.Email", [UNKNOWN, NEVER])]
)
def test_an_action_that_is_given_values_by_their_names(address: str, expected: list[Verdict]) -> None:
    inputs: dict[str, object] = {"personId": "!$Record.Id", "address": f"!{address}"}
    assert verdicts(REQUESTS, "for (Request one : requests) { String s = one.address.trim(); }", inputs) == expected


def test_an_action_that_is_not_in_the_tree_is_unknown() -> None:
    files = {
        "flows/Guard.flow-meta.xml": flow(call("Act", "Other", {"ids": "!$Record.Id"}, kind="apex"), start=start("Act"))
    }
    rows = [r for j in judge(project(files), Settings()) for r in j.rows]
    assert {r.verdict for r in rows} == {UNKNOWN}
