"""Objects of classes that are not in the tree: what they are handed, and what they are not."""

import pytest

from tests.judge.test_judge_apex import NEVER, UNKNOWN, verdicts

KEPT = "public class Kept { static crm.Handler handler = crm.Factory.make(); public static void run(List<Contact> all) { {0} } }"


@pytest.mark.parametrize(
    "body",
    [
        "crm.Handler handler = crm.Factory.make(); handler.run(Trigger.new);",
        "crm.Factory.make().run(Trigger.new);",
        "Object made = crm.Factory.make(); ((crm.Handler) made).run(Trigger.newMap);",
        "for (crm.Handler handler : crm.Registry.all()) { handler.run(Trigger.new); }",
        "Map<String, crm.Handler> all = crm.Registry.all(); all.get('Contact').run(Trigger.new);",
        "crm.Queue queue = crm.Queue.open(); queue.add(Trigger.new[0]);",
        "Flow.Interview flow = Flow.Interview.createInterview('Guard', new Map<String, Object>{ 'record' => Trigger.new[0] });",
        "Flow.Interview.Guard f = new Flow.Interview.Guard(new Map<String, Object>{ 'r' => Trigger.new[0] }); f.start();",
        "Invocable.Action a = Invocable.Action.createCustomAction('flow', 'X'); a.setInvocationParameter('r', Trigger.new[0]);",
        "Callable c = (Callable) Type.forName('crm.X').newInstance(); c.call('x', new Map<String, Object>{ '' => Trigger.new });",
    ],
)
def test_an_object_of_nobody_that_is_handed_the_records_is_unknown(body: str) -> None:
    assert verdicts(body) == [UNKNOWN] * 4


@pytest.mark.parametrize(
    "body",
    [
        "crm.Handler handler = crm.Factory.make(); Integer all = handler.count(3);",
        "List<Object> all = crm.Registry.all(); all.add(Trigger.new[0]);",
        "Map<String, Object> all = (Map<String, Object>) JSON.deserializeUntyped('{}'); all.put('r', Trigger.new[0]);",
        "JSONGenerator made = JSON.createGenerator(true); made.writeObject(Trigger.new);",
        "Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage(); mail.setTargetObjectId(Trigger.new[0].Id);",
        "Flow.Interview flow = Flow.Interview.createInterview('Guard', new Map<String, Object>{ 'id' => 1 });",
    ],
)
def test_what_is_not_handed_over_or_only_kept_does_nothing(body: str) -> None:
    assert verdicts(f"if (Trigger.isUpdate) {{ {body} }}") == [NEVER] * 4


def test_an_object_of_nobody_that_a_class_keeps() -> None:
    assert verdicts("Kept.run(Trigger.new);", Kept=KEPT.replace("{0}", "handler.run(all);")) == [UNKNOWN] * 4
    assert verdicts("Kept.run(Trigger.new);", Kept=KEPT.replace("{0}", "handler.run(3);")) == [NEVER] * 4


@pytest.mark.parametrize(
    "handed",
    [
        "crm.Guard.records = all; crm.Guard.check();",
        "crm.Guard guard = new crm.Guard(); guard.records = all; guard.check();",
        "crm.Guard guard = crm.Guards.make(); guard.records = all; guard.check();",
    ],
)
def test_records_that_are_put_where_nobody_knows_are_handed_over(handed: str) -> None:
    text = "public class Keeper { static List<Contact> kept; public static void run(List<Contact> all) { {0} } }"
    assert verdicts("Keeper.run(Trigger.new);", Keeper=text.replace("{0}", handed)) == [UNKNOWN] * 4
    assert verdicts("Keeper.run(Trigger.new);", Keeper=text.replace("{0}", "Keeper.kept = all;")) == [NEVER] * 4
