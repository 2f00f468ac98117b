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


NAME = "'HasOptedOutOfEmail'"
TOKEN = "Contact.HasOptedOutOfEmail"
SET = "Contact c = new Contact(Id = one); PUT; people.add(c);"
SAVE = f"List<Contact> people = new List<Contact>(); for (Id one : ids) {{ {SET} }} update people;"


@pytest.mark.parametrize(
    "put",
    [
        f"c.put({TOKEN}, false)",
        "c.put(Schema.Contact.fields.HasOptedOutOfEmail, false)",
        "c.put('HasOptedOut' + 'OfEmail', false)",
        "c.HasOptedOutOfEmail &= false",
    ],
)
def test_a_job_names_the_box_in_many_ways(put: str) -> None:
    assert reverts(ENQUEUE, Job=job(SAVE.replace("PUT", put))) is ALWAYS


@pytest.mark.parametrize(
    ("type_", "name"),
    [("String", NAME), ("SObjectField", TOKEN), ("Map<String, Object>", f"new Map<String, Object>{{{NAME} => false}}")],
)
def test_a_job_is_handed_the_name_of_the_box(type_: str, name: str) -> None:
    begin = (
        f"Set<Id> ids; {type_} field; public Job(Set<Id> ids, {type_} field) {{ this.ids = ids; this.field = field; }}"
    )
    put = "for (String f : field.keySet()) c.put(f, false)" if type_.startswith("Map") else "c.put(field, false)"
    run = f"public void execute(QueueableContext context) {{ {SAVE.replace('PUT', put)} }}"
    given = f"System.enqueueJob(new Job(Trigger.newMap.keySet(), {name}));"
    assert reverts(given, Job=f"class Job implements Queueable {{ {begin} {run} }}") is ALWAYS


def test_a_job_is_handed_an_object_that_the_platform_calls() -> None:
    begin = "Callable call; public Job(Callable call) { this.call = call; }"
    run = "public void execute(QueueableContext c) { call.call('run', null); }"
    call = f"public Object call(String action, Map<String, Object> given) {{ {WRITE} return null; }}"
    writer = (
        f"class Writer implements Callable {{ Set<Id> ids; public Writer(Set<Id> ids) {{ this.ids = ids; }} {call} }}"
    )
    given = "System.enqueueJob(new Job(new Writer(Trigger.newMap.keySet())));"
    assert reverts(given, Job=f"class Job implements Queueable {{ {begin} {run} }}", Writer=writer) is ALWAYS


def test_a_job_that_speaks_of_its_test_is_no_test() -> None:
    assert reverts(ENQUEUE, Job=f"/* covered by JobTest (@isTest) */ {job(WRITE)}") is ALWAYS


def test_a_job_enqueues_another_one() -> None:
    first = job("System.enqueueJob(new Second(ids));").replace("Job", "First", 2).replace("First one", "Job one")
    second = job(WRITE).replace("Job", "Second", 2)
    trigger = ENQUEUE.replace("new Job", "new First")
    assert reverts(trigger, First=first, Second=second) is ALWAYS


@pytest.mark.parametrize("given", ["Trigger.old", "Trigger.oldMap.values()"])
def test_a_job_saves_the_records_as_they_were(given: str) -> None:
    assert reverts(f"System.enqueueJob(new Job({given}));", Job=job("update people;", "List<Contact> people")) is ALWAYS
