"""From the tags of a flow's file to its elements."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.elements import (
    Assignment,
    Call,
    CustomError,
    Decision,
    Element,
    Filter,
    GetRecords,
    Loop,
    Message,
    Other,
    Outcome,
    Path,
    Start,
    Wait,
    WaitEvent,
    WriteRecords,
)
from sfoptlint.metadata.flow.reader import Reader

_OF_SCHEDULE: Final = ("flowRunAsUser", "schedule", "entryType", "configuration", "segment", "capabilityTypes")


def _name(reader: Reader) -> tuple[str, str, Position]:
    return reader.text("name"), reader.text("label"), reader.at


def _decision(reader: Reader, _: str) -> Element:
    outcomes = tuple(
        Outcome(
            name=rule.text("name"),
            label=rule.text("label"),
            criteria=rule.criteria("conditions", "conditionLogic"),
            next=rule.target("connector"),
            on_change=rule.flag("doesRequireRecordChangedToMeetCriteria"),
            at=rule.at,
        )
        for rule in reader.readers("rules")
    )
    name, label, at = _name(reader)
    next_ = reader.target("defaultConnector")
    return Decision(name=name, label=label, at=at, next=next_, outcomes=outcomes, unread=reader.unread())


def _assignment(reader: Reader, _: str) -> Element:
    items = reader.assigned("assignmentItems", "assignToReference")
    name, label, at = _name(reader)
    next_ = reader.target("connector")
    return Assignment(name=name, label=label, at=at, next=next_, items=items, unread=reader.unread())


def _get_records(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    reader.readers("queriedFields")
    limit = reader.operand("limit")
    sort = f"{reader.text('sortField')} {reader.text('sortOrder')} {limit or ''}".strip()
    return GetRecords(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        fault=reader.target("faultConnector"),
        object=reader.text("object"),
        criteria=reader.criteria("filters", "filterLogic"),
        first=reader.flag("getFirstRecordOnly"),
        stored=reader.flag("storeOutputAutomatically"),
        target=reader.text("outputReference"),
        outputs=reader.outputs("outputAssignments", "field"),
        null_if_none=reader.flag("assignNullValuesIfNoRecordsFound"),
        sort=sort,
        unread=reader.unread(),
    )


_WRITES: Final = MappingProxyType({"recordCreates": "create", "recordUpdates": "update", "recordDeletes": "delete"})


def _write_records(reader: Reader, tag: str) -> Element:
    name, label, at = _name(reader)
    reader.text("storeOutputAutomatically")
    return WriteRecords(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        fault=reader.target("faultConnector"),
        what=_WRITES[tag],
        object=reader.text("object"),
        reference=reader.text("inputReference"),
        criteria=reader.criteria("filters", "filterLogic"),
        values=reader.assigned("inputAssignments", "field"),
        id_target=reader.text("assignRecordIdToReference"),
        unread=reader.unread(),
    )


def _loop(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    reader.text("iterationOrder")
    return Loop(
        name=name,
        label=label,
        at=at,
        next=reader.target("noMoreValuesConnector"),
        collection=reader.text("collectionReference"),
        item=reader.text("assignNextValueToReference"),
        body=reader.target("nextValueConnector"),
        unread=reader.unread(),
    )


def _custom_error(reader: Reader, _: str) -> Element:
    messages = tuple(
        Message(message.text("errorMessage"), message.text("fieldSelection") if message.flag("isFieldError") else "")
        for message in reader.readers("customErrorMessages")
    )
    name, label, at = _name(reader)
    next_ = reader.target("connector")
    return CustomError(name=name, label=label, at=at, next=next_, messages=messages, unread=reader.unread())


def _action(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    for ignored in ("storeOutputAutomatically", "offset", "triggerId"):
        reader.text(ignored)
    return Call(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        fault=reader.target("faultConnector"),
        kind=reader.text("actionType"),
        target=reader.text("actionName"),
        inputs=reader.assigned("inputParameters", "name"),
        outputs=reader.outputs("outputParameters", "name"),
        unread=reader.unread(),
    )


def _plug_in(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    return Call(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        fault=reader.target("faultConnector"),
        kind="apex",
        target=reader.text("apexClass"),
        inputs=reader.assigned("inputParameters", "name"),
        outputs=reader.outputs("outputParameters", "name"),
        unread=reader.unread(),
    )


def _subflow(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    reader.text("storeOutputAutomatically")
    return Call(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        kind="subflow",
        target=reader.text("flowName"),
        inputs=reader.assigned("inputAssignments", "name"),
        outputs=reader.outputs("outputAssignments", "name"),
        unread=reader.unread(),
    )


def _wait(reader: Reader, _: str) -> Element:
    events = tuple(
        WaitEvent(
            event.text("name"),
            event.target("connector"),
            event.criteria("conditions", "conditionLogic"),
            event.outputs("outputParameters", "name"),
        )
        for event in reader.readers("waitEvents")
    )
    name, label, at = _name(reader)
    next_, fault = reader.target("defaultConnector"), reader.target("faultConnector")
    return Wait(name=name, label=label, at=at, next=next_, fault=fault, events=events, unread=reader.unread())


def _filter(reader: Reader, _: str) -> Element:
    name, label, at = _name(reader)
    for ignored in ("sortOptions", "mapItems", "outputSObjectType"):
        reader.readers(ignored)
    limit = reader.text("limit")
    return Filter(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        kind=reader.text("collectionProcessorType"),
        collection=reader.text("collectionReference"),
        item=reader.text("assignNextValueToReference"),
        criteria=reader.criteria("conditions", "conditionLogic"),
        formula=reader.text("formula"),
        limit=int(limit) if limit.isascii() and limit.isdigit() else None,
        unread=reader.unread(),
    )


def _other(reader: Reader, tag: str) -> Element:
    name, label, at = _name(reader)
    return Other(
        name=name,
        label=label,
        at=at,
        next=reader.target("connector"),
        fault=reader.target("faultConnector"),
        kind=tag,
        object=reader.text("objectType"),
    )


NODES: Final[Mapping[str, Callable[[Reader, str], Element]]] = MappingProxyType(
    {
        "actionCalls": _action,
        "apexPluginCalls": _plug_in,
        "assignments": _assignment,
        "collectionProcessors": _filter,
        "customErrors": _custom_error,
        "decisions": _decision,
        "loops": _loop,
        "orchestratedStages": _other,
        "recordCreates": _write_records,
        "recordDeletes": _write_records,
        "recordLookups": _get_records,
        "recordRollbacks": _other,
        "recordUpdates": _write_records,
        "screens": _other,
        "steps": _other,
        "subflows": _subflow,
        "transforms": _other,
        "waits": _wait,
    }
)
"""What reads each kind of element, by its tag."""


def start_of(flow: Reader) -> Start:
    """Return what starts the flow: its start element, else the first element, which an older file names beside the others."""
    at, first = flow.at, flow.text("startElementReference")
    starts = flow.readers("start")
    if not starts:
        return Start(at=at, next=first)
    start = starts[0]
    for ignored in _OF_SCHEDULE:
        start.readers(ignored)
    paths = tuple(
        Path(path.text("name"), path.text("pathType"), path.target("connector"), path.text("recordField"))
        for path in start.readers("scheduledPaths")
    )
    return Start(
        at=start.at,
        next=start.target("connector") or first,
        object=start.text("object"),
        trigger=start.text("triggerType"),
        saves=start.text("recordTriggerType"),
        criteria=start.criteria("filters", "filterLogic"),
        formula=start.text("filterFormula"),
        on_change=start.flag("doesRequireRecordChangedToMeetCriteria"),
        paths=paths,
        unread=start.unread(),
    )
