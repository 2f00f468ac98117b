"""Jobs that a trigger enqueues: what they write later, however far away, and those that have nothing to do with a box."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, OUT, REVERT, SOMETIMES, rows

ENQUEUE = "System.enqueueJob(new Job(Trigger.newMap.keySet()));"
MADE = "people.add(new Contact(Id = one, HasOptedOutOfEmail = false));"
WRITE = f"List<Contact> people = new List<Contact>(); for (Id one : ids) {MADE} update people;"


def job(execute: str, handed: str = "Set<Id> ids") -> str:
    name = handed.rpartition(" ")[2]
    begin = f"{handed}; public Job({handed}) {{ this.{name} = {name}; }}"
    return f"class Job implements Queueable {{ {begin} public void execute(QueueableContext c) {{ {execute} }} }}"


def reverts(body: str, **classes: str) -> Verdict:
    files = {"triggers/Guard.trigger": f"trigger Guard on Contact (after update) {{ {body} }}"}
    return rows(files | {f"classes/{name}.cls": text for name, text in classes.items()})[OUT, REVERT].verdict


@pytest.mark.parametrize(
    ("execute", "expected"),
    [
        (WRITE, ALWAYS),
        (WRITE.replace("false", "true"), NEVER),
        ("Near.write(ids);", ALWAYS),
        ("insert new Task(Subject = 'Synchronise');", NEVER),
    ],
)
def test_what_a_job_writes_later(execute: str, expected: Verdict) -> None:
    far = {
        "Near": "public class Near { public static void write(Set<Id> ids) { Far.write(ids); } }",
        "Far": "public class Far { public static void write(Set<Id> ids) { Farther.write(ids); } }",
        "Farther": f"public class Farther {{ public static void write(Set<Id> ids) {{ {WRITE} }} }}",
    }
    assert reverts(ENQUEUE, Job=job(execute), **far) is expected


def test_a_job_that_runs_a_class_by_its_name_may_run_any_of_its_kind() -> None:
    execute = "Step one = (Step) Type.forName(Label.Step).newInstance(); one.run(ids);"
    classes = {
        "Step": "public interface Step { void run(Set<Id> ids); }",
        "Writer": f"public class Writer implements Step {{ public void run(Set<Id> ids) {{ {WRITE} }} }}",
    }
    assert reverts(ENQUEUE, Job=job(execute), **classes) is SOMETIMES


@pytest.mark.parametrize(
    ("handed", "given"),
    [
        ("List<Contact> people", "people"),
        ("Map<String, List<Contact>> people", "new Map<String, List<Contact>>{'all' => people}"),
    ],
)
def test_a_job_may_save_what_it_is_handed_without_naming_the_box(handed: str, given: str) -> None:
    trigger = (
        "List<Contact> people = new List<Contact>();"
        "for (Contact c : Trigger.new) people.add(new Contact(Id = c.Id, HasOptedOutOfEmail = false));"
        f"System.enqueueJob(new Job({given}));"
    )
    execute = "update people;" if given == "people" else "update people.get('all');"
    assert reverts(trigger, Job=job(execute, handed)) is ALWAYS
