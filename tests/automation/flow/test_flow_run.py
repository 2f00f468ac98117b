"""Running a flow on one record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from sfoptlint.automation.automation import Block, Timing
from sfoptlint.automation.flow.events import MayFail, Scheduled
from sfoptlint.automation.flow.run import Happened, Moment, Saved, Touched, run_flow
from sfoptlint.automation.flow.start import Versions, trigger_of
from sfoptlint.core.expr import Type, Value
from sfoptlint.model.objects import Objects
from tests.automation.flow.asking import PATH
from tests.flow_files import (
    BOX,
    assignment,
    call,
    decision,
    error,
    filters,
    flow,
    get,
    gives,
    loop,
    start,
    update,
    variable,
)
from tests.memory_orgs import project

Row = Mapping[str, Value]


@dataclass
class Told:
    """Answers by place; what is asked for and not told is none, false or blank."""

    found: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    failing: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)

    def rows(self, place: str, object_: str, matches: Callable[[Row], bool]) -> Sequence[Row]:
        self.asked.append(f"{object_} {place}")
        return [row for row in self.found.get(place, ()) if matches(row)]

    def value(self, place: str, type_: Type, text: str) -> Value:
        self.asked.append(f"{type_} {place}")
        return self.values.get(place)

    def of_org(self, name: str) -> Value:
        return self.values.get(name)

    def fails(self, place: str) -> bool:
        return place in self.failing


def ran(
    text: str, record: Row | None = None, answers: Told | None = None, path: str = "", **others: str
) -> tuple[Happened, ...]:
    """Run the flow on a contact that is opted out."""
    files = {PATH: text, **{f"force-app/main/default/flows/{name}.flow-meta.xml": t for name, t in others.items()}}
    tree = project(files)
    flows = {one.full_name: one for one in tree.flows()}
    versions = Versions(tree)
    given: Row = {"Id": "003", "HasOptedOutOfEmail": False, **(record or {})}
    before: dict[tuple[str, ...], Value] = {(name,): value for name, value in given.items()}
    trigger = trigger_of(flows["Guard"])
    assert trigger is not None
    return run_flow(
        flows["Guard"],
        trigger,
        before,
        {**before, ("HasOptedOutOfEmail",): True},
        answers or Told(),
        Moment(datetime(2026, 6, 1, tzinfo=UTC), UTC),
        Objects(tree),
        versions.callee,
        path,
    )


def does(*happened: Happened) -> list[object]:
    return [one.do for one in happened if not isinstance(one.do, MayFail)]


def test_a_decision_reads_the_record_pair() -> None:
    changed = decision(
        "Check", ("Out", [(BOX, "IsChanged", True), ("$Record__Prior.Level__c", "EqualTo", "gold")], "Stop")
    )
    text = flow(changed, error(), start=start("Check"))
    (stop,) = ran(text, {"Level__c": "Gold"})
    assert isinstance(stop.do, Block)
    assert (stop.do.code, stop.timing, stop.place) == ("FIELD_CUSTOM_VALIDATION_EXCEPTION", Timing.NOW, f"{PATH}#Stop")
    assert [step.words for step in stop.steps] == ["Guard starts: Contact is updated", "Check: Out", "Stop"]
    assert ran(text, {"Level__c": "Silver"}) == ()


def test_fields_that_are_written_are_spelt_as_the_schema_or_the_flow_spells_them() -> None:
    text = flow(
        assignment("Set", (BOX, "Assign", False), ("$Record.Level__c", "Assign", "!$Record.LastName")),
        start=start("Set", trigger="RecordBeforeSave"),
    )
    assert does(*ran(text, {"LastName": "Ada"})) == [
        Saved({"HasOptedOutOfEmail": False}, again=False),
        Saved({"Level__c": "Ada"}, again=False),
    ]


def test_rows_are_asked_for_by_place() -> None:
    query = get("All", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Each", first=False)
    body = loop("Each", "All", "Add", then="Save") + assignment("Add", ("n", "Add", "!Each.Weight__c"), then="Each")
    write = update("Save", gives({"Cases__c": "!n"}), reference="$Record")
    text = flow(query, body, write, variable("n", "Number", given=1), start=start("All"))
    weights = (("003", 2), ("004", 7), ("003", 4))
    told = Told({f"{PATH}#All": [{"ContactId": of, "Weight__c": Decimal(weight)} for of, weight in weights]})
    assert does(*ran(text, answers=told)) == [Saved({"Cases__c": Decimal(7)}, again=True)]
    assert told.asked == [f"Case {PATH}#All"]


def test_the_same_query_is_asked_once_until_something_is_written() -> None:
    first = get("One", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Two")
    second = get("Two", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Save")
    write = update("Save", gives({"Title": "x"}), reference="$Record", then="Three")
    third = get("Three", "Case", ("ContactId", "EqualTo", "!$Record.Id"))
    told = Told()
    ran(flow(first, second, write, third, start=start("One")), answers=told)
    assert told.asked == [f"Case {PATH}#One", f"Case {PATH}#Three"]


def test_a_row_that_is_not_there_fails_the_save() -> None:
    query = get("Get", "Case", ("ContactId", "EqualTo", "!$Record.Id"), then="Check")
    check = decision("Check", ("Open", [("Get.Status", "EqualTo", "Open")], "Stop"))
    text = flow(query, check, error(), start=start("Get"))
    (fault,) = does(*ran(text))
    assert isinstance(fault, Block)
    assert fault.code == "CANNOT_EXECUTE_FLOW_TRIGGER"
    told = Told({f"{PATH}#Get": [{"ContactId": "003", "Status": "Open"}]})
    (stop,) = does(*ran(text, answers=told))
    assert isinstance(stop, Block)
    assert stop.code == "FIELD_CUSTOM_VALIDATION_EXCEPTION"


def test_a_write_that_fails_goes_the_way_of_the_fault() -> None:
    write = update("Save", filters(("Id", "EqualTo", "!$Record.AccountId")), object_="Account", fault="Stop")
    text = flow(write, error(), start=start("Save"))
    assert does(*ran(text)) == [Touched("update", "Account", {})]
    failing = does(*ran(text, answers=Told(failing=frozenset({f"{PATH}#Save"}))))
    assert isinstance(failing[-1], Block)


def test_later_paths_are_listed_and_run_by_name() -> None:
    path = (
        "<scheduledPaths><connector><targetReference>Save</targetReference></connector><name>Soon</name>"
        "<offsetNumber>1</offsetNumber><offsetUnit>Days</offsetUnit><recordField>Birthdate</recordField></scheduledPaths>"
    )
    text = flow(update("Save", gives({"Title": "x"}), reference="$Record"), start=start("", path))
    assert ran(text) == ()
    born = {"Birthdate": datetime(2000, 1, 1, tzinfo=UTC).date()}
    assert does(*ran(text, born)) == [Scheduled("Soon", Timing.LATER)]
    (later,) = [one for one in ran(text, born, path="Soon") if isinstance(one.do, Saved)]
    assert (later.do, later.timing) == (Saved({"Title": "x"}, again=True), Timing.LATER)


def test_a_subflow_runs_in_variables_of_its_own() -> None:
    person = variable("person", object_="Contact") + variable("done", "Boolean")
    helper = flow(
        person,
        assignment("Mark", ("done", "Assign", True), ("person.Title", "Assign", "x"), then="Save"),
        update("Save", reference="person"),
        start="<startElementReference>Mark</startElementReference>",
    )
    check = decision("Check", ("Done", [("Ask.done", "EqualTo", True), ("$Record.Title", "EqualTo", None)], "Stop"))
    text = flow(call("Ask", "Helper", {"person": "!$Record"}, then="Check"), check, error(), start=start("Ask"))
    saved, stop = does(*ran(text, Helper=helper))
    assert saved == Saved({"Title": "x"}, again=True)
    assert isinstance(stop, Block)
