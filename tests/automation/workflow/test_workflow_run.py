"""Workflow rules run on one record: what fires, and which values the field updates give, whatever the field."""

from decimal import Decimal

from sfoptlint.automation.workflow_run import Fired, ready_rule, run_workflow_rules, with_writes
from sfoptlint.core.expr import Interner, Value
from sfoptlint.evaluate.world import World
from sfoptlint.model.objects import Objects
from tests.memory_orgs import project
from tests.workflow_files import BOX, action, field, rule, update, waiting, workflow

LEVELS = "<valueSet><valueSetDefinition>{}</valueSetDefinition></valueSet>".format(
    "".join(f"<value><fullName>{level}</fullName></value>" for level in ("Gold", "Silver", "Bronze"))
)
FIELDS = {
    "objects/Contact/fields/Score__c.field-meta.xml": field("Score__c", "Number", precision=6, scale=0),
    "objects/Contact/fields/Level__c.field-meta.xml": field("Level__c", "Picklist").replace(
        "</type>", f"</type>{LEVELS}"
    ),
}
STORED: dict[tuple[str, ...], Value] = {
    ("Score__c",): Decimal(1),
    ("Level__c",): "Gold",
    ("Email",): "ann@example.com",
    ("Description",): None,
    (BOX,): False,
}
OPTED_OUT = World(after={**STORED, (BOX,): True}, prior=STORED)


def fired(*parts: str, world: World = OPTED_OUT) -> tuple[Fired, ...]:
    tree = project({"workflows/Contact.workflow-meta.xml": workflow(*parts), **FIELDS})
    objects, interner = Objects(tree), Interner()
    (found,) = tree.workflows()
    ready = [ready_rule(one, found, objects, interner) for one in found.rules]
    return run_workflow_rules([one for one in ready if one is not None], world)


def values(*parts: str) -> list[tuple[str, Value]]:
    return [(write.field, write.value) for one in fired(*parts) for write in one.writes]


def test_every_kind_of_value() -> None:
    updates = [
        update("Add", "score__c", None, formula="Score__c + 1"),
        update("Clear", "Email", None, operation="Null"),
        update("Down", "Level__c", None, operation="NextValue"),
        update("Up", "Level__c", None, operation="PreviousValue"),
        update("Say", "Description", "Left us"),
        update("Tick", BOX, "1"),
    ]
    takes = rule(*(action(name) for name in ("Add", "Clear", "Down", "Say", "Tick")))
    assert values(*updates, takes, rule(action("Up"), name="Other")) == [
        ("Score__c", Decimal(2)),
        ("Email", None),
        ("Level__c", "Silver"),
        ("Description", "Left us"),
        (BOX, True),
        ("Level__c", "Gold"),
    ]


def test_the_order_of_one_rules_updates_is_not_known() -> None:
    updates = (update("Untick"), update("Tick", literal="1"), update("Say", "Description", "Left us"))
    (one,) = fired(*updates, rule(action("Untick"), action("Say"), action("Tick")))
    assert [write.field for write in one.writes] == ["Description"]
    assert [doubt.partition(":")[0] for doubt in one.doubts] == ["Untick", "Tick"]
    (same,) = fired(*updates, rule(action("Untick"), action("Untick")))
    assert len(same.writes) == 2
    assert not same.doubts


def test_what_does_not_fire_writes_nothing() -> None:
    opted_in = rule(action(), criteria=[(f"Contact.{BOX}", "equals", "False")])
    assert fired(update(), opted_in) == ()
    assert fired(update(), rule(action(), trigger="onCreateOnly"), rule(action(), active=False, name="Other")) == ()


def test_what_is_not_known_is_a_doubt() -> None:
    owner = update("Give", "OwnerId", None, operation="LookupValue", lookupValue="Queue")
    (one,) = fired(owner, rule(action("Give"), action("Gone")))
    assert one.writes == ()
    assert [doubt.split()[0] for doubt in one.doubts] == ["FieldUpdate", "Give"]
    missing = World(after={(BOX,): True}, prior={(BOX,): False})
    (one,) = fired(update(), rule(action(), criteria=[("Contact.Email", "equals", "x")]), world=missing)
    assert one.writes == ()
    assert "Email" in one.doubts[0]


def test_what_waits_says_so_and_another_record_is_named() -> None:
    (one,) = fired(
        update(), update("Up", "Industry", "Bank", targetObject="AccountId"), rule(waiting(action()), action("Up"))
    )
    assert [(write.target, write.object, write.waits is None) for write in one.writes] == [
        ("AccountId", "Account", True),
        ("", "Contact", False),
    ]


def test_an_update_that_asks_for_it_lets_rules_fire_that_have_not() -> None:
    clear = update("Clear", "Email", None, operation="Null", reevaluateOnChange=True)
    first = rule(action("Clear"), criteria=[(f"Contact.{BOX}", "equals", "True")], name="First")
    second = rule(action("Say"), criteria=[("Contact.Email", "equals", "")], name="Second")
    say = update("Say", "Description", "No address")
    assert [one.rule.name for one in fired(clear, say, second, first)] == ["First", "Second"]
    quiet = update("Clear", "Email", None, operation="Null")
    assert [one.rule.name for one in fired(quiet, say, second, first)] == ["First"]
    unchanged = update("Clear", "Description", None, operation="Null", reevaluateOnChange=True)
    assert [one.rule.name for one in fired(unchanged, say, second, first)] == ["First"]


def test_a_world_with_writes_reads_them_first() -> None:
    (one,) = fired(update("Say", "Description", "Left us"), rule(action("Say")))
    written = with_writes(OPTED_OUT, one.writes)
    assert written.after["Description",] == "Left us"
    assert written.after["Email",] == "ann@example.com"
    assert len(written.after) == len([*written.after]) == len(STORED)
    assert with_writes(OPTED_OUT, ()) is OPTED_OUT
