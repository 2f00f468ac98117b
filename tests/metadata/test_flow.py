"""Reading flow files: every element with its place, and nothing passed over."""

from decimal import Decimal

from sfoptlint.core.expr import Type
from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.elements import CustomError, Decision, GetRecords, Loop, WriteRecords
from sfoptlint.metadata.flow.flow import Flow, FlowDefinition, parse_flow, parse_flow_definition
from sfoptlint.metadata.flow.parts import Computed, Literal, Merged, Reference, Unread
from sfoptlint.metadata.xml import parse_xml
from tests.flow_files import (
    assignment,
    decision,
    element,
    error,
    filters,
    flow,
    get,
    loop,
    process,
    start,
    update,
    value,
)
from tests.memory_orgs import document


def parsed(text: str) -> Flow:
    return parse_flow(parse_xml(text.encode(), "Flow"), "Guard", "flows/Guard.flow-meta.xml")


def test_the_start_says_when_and_for_which_records() -> None:
    path = (
        "<scheduledPaths><connector><targetReference>B</targetReference></connector><name>Soon</name></scheduledPaths>"
    )
    read = parsed(flow(start=start("A", filters(("Level__c", "EqualTo", "Gold")), path, on_change=True))).start
    assert (read.object, read.trigger, read.saves, read.next) == ("Contact", "RecordAfterSave", "Update", "A")
    assert read.on_change
    assert read.criteria.conditions[0].right == Literal("Gold", Type.TEXT)
    assert [(p.name, p.next) for p in read.paths] == [("Soon", "B")]
    assert read.at == Position(6, 5)


def test_an_older_file_names_its_first_element() -> None:
    assert parsed(flow(start="<startElementReference>Check</startElementReference>")).start.next == "Check"


def test_elements_are_found_by_name_whatever_the_case() -> None:
    read = parsed(
        flow(
            decision("Check", ("Gold", [("$Record.Level__c", "EqualTo", "Gold")], "Stop"), otherwise="Get"),
            get("Get", "Account", ("Id", "EqualTo", "!$Record.AccountId"), then="Each", first=False),
            loop("Each", "Get", "Save", then="Stop"),
            update("Save", filters(("Id", "EqualTo", "!Each.Id")), object_="Account", then="Each", fault="Stop"),
            error("Stop", field="Level__c"),
            start=start("Check"),
        )
    )
    check, query, each, save, stop = (read.elements[name] for name in ("check", "get", "each", "save", "stop"))
    assert isinstance(check, Decision)
    assert (check.outcomes[0].name, check.outcomes[0].next, check.next) == ("Gold", "Stop", "Get")
    assert isinstance(query, GetRecords)
    assert query.stored
    assert not query.first
    assert isinstance(each, Loop)
    assert (each.body, each.next) == ("Save", "Stop")
    assert isinstance(save, WriteRecords)
    assert (save.what, save.fault) == ("update", "Stop")
    assert isinstance(stop, CustomError)
    assert stop.messages[0].field == "Level__c"
    assert stop.at == Position(11, 5)


def test_what_nobody_reads_is_named() -> None:
    read = parsed(flow(element("recordUpdates", "Save", "<novelty>1</novelty>"), "<wizards/>", start=start("Save")))
    assert read.elements["save"].unread == ("novelty",)
    assert read.unread == ("wizards",)


def test_values_are_read_by_their_kind() -> None:
    given = {
        value("Dear {!$Record.Name}"): Merged("Dear {!$Record.Name}"),
        value("!counter"): Reference("counter"),
        value(2.5): Literal(Decimal("2.5"), Type.NUMBER),
        value(""): Literal(None, Type.TEXT),
        "<value><formulaExpression>1 + 1</formulaExpression></value>": Computed("1 + 1"),
        "<value><apexValue>x</apexValue></value>": Unread("apexValue"),
        "<value><numberValue>many</numberValue></value>": Unread("numberValue 'many'"),
    }
    for text, wanted in given.items():
        item = f"<assignmentItems><assignToReference>x</assignToReference><operator>Assign</operator>{text}</assignmentItems>"
        read = parsed(flow(element("assignments", "Set", item), start=start("Set")))
        assert read.elements["set"].items[0].value == wanted  # type: ignore[union-attr]


def test_a_process_says_what_it_is_about() -> None:
    read = parsed(process(assignment("Set"), first="Set", object_="Lead"))
    assert read.process["ObjectType"] == "Lead"
    assert read.process["OldObjectVariable"] == "myVariable_old"


def test_a_definition_names_the_active_version() -> None:
    def read(*parts: str) -> FlowDefinition:
        return parse_flow_definition(parse_xml(document("FlowDefinition", *parts).encode(), "FlowDefinition"), "Guard")

    assert read("<activeVersionNumber>3</activeVersionNumber>").active_version == 3
    assert read("<activeVersionNumber>0</activeVersionNumber>").active_version is None
    assert read().active_version is None
