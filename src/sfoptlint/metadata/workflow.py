"""Workflow: the rules of one object, and the actions that they and approval processes take.

(Metadata API Developer Guide, Workflow.)
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sfoptlint.core.location import Position
from sfoptlint.metadata.criteria import Criteria, read_criteria
from sfoptlint.metadata.flow.reader import Reader
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.xml import Document

_ABOUT = ("description", "failedMigrationToolVersion", "fullName", "label", "language", "name", "protected")
"""Children that say nothing of what a rule or an action does."""
_OTHER_ACTIONS = {
    "alerts": "Alert",
    "knowledgePublishes": "KnowledgePublish",
    "outboundMessages": "OutboundMessage",
    "send": "Send",
    "tasks": "Task",
}
"""Actions that write no field of a record, by their element."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An action that a rule or a step of an approval takes: its type (`FieldUpdate`, `Alert`, ...) and name."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldUpdate:
    """A field update. `operation` is Literal, Formula, Null, LookupValue, PreviousValue or NextValue.

    `target` is the look-up to the record that is written, empty where that is the rule's own. `lookup` is the name of a user,
    queue or record type. `reevaluates`: after a change the object's rules are looked at once more.
    """

    object: str
    name: str
    path: str
    at: Position
    field: str
    operation: str
    literal: str
    formula: str
    formula_at: Position
    lookup: str
    target: str
    reevaluates: bool
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """An alert, a task, an outbound message: something that writes no field of the record; or the start of a flow.

    `flow` is the flow's name, empty for everything else.
    """

    type: str
    name: str
    at: Position
    flow: str = ""


@dataclass(frozen=True, slots=True)
class TimeTrigger:
    """Actions that wait: `length` hours or days after `offset_field`, or after the rule fires where that is empty."""

    at: Position
    actions: tuple[Taken, ...]
    length: str
    unit: str
    offset_field: str


@dataclass(frozen=True, slots=True)
class WorkflowRule:
    """One rule. `trigger` is onCreateOnly, onCreateOrTriggeringUpdate or onAllChanges."""

    object: str
    name: str
    path: str
    at: Position
    active: bool
    trigger: str
    criteria: Criteria
    actions: tuple[Taken, ...]
    time_triggers: tuple[TimeTrigger, ...]
    unread: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The rule's name in the Metadata API."""
        return f"{self.object}.{self.name}"


@dataclass(frozen=True, slots=True)
class Workflow:
    """One file. Actions are found by type and name, both in lower case."""

    object: str
    path: str
    rules: tuple[WorkflowRule, ...]
    updates: Mapping[str, FieldUpdate]
    actions: Mapping[tuple[str, str], Action]
    unread: tuple[str, ...]


def parse_workflow(document: Document, object_name: str, path: str) -> Workflow:
    """Read the rules and actions of an object."""
    reader = Reader(document, document.root)
    updates = {u.name.casefold(): u for u in _updates(reader, object_name, path)}
    actions = {(a.type.casefold(), a.name.casefold()): a for a in _actions(reader)}
    rules = tuple(_rule(rule, object_name, path) for rule in reader.readers("rules"))
    reader.text("fullName")
    return Workflow(
        object=object_name,
        path=path,
        rules=rules,
        updates=MappingProxyType(updates),
        actions=MappingProxyType(actions),
        unread=reader.unread(),
    )


def taken(reader: Reader, name: str) -> tuple[Taken, ...]:
    """Return the actions that an element names."""
    return tuple(Taken(item.text("type"), decode_name(item.text("name"))) for item in reader.readers(name))


def _updates(reader: Reader, object_name: str, path: str) -> Iterator[FieldUpdate]:
    for item in reader.readers("fieldUpdates"):
        name = decode_name(item.text("fullName"))
        formula_at = item.position("formula")
        for about in (*_ABOUT, "notifyAssignee", "lookupValueType"):
            item.text(about)
        yield FieldUpdate(
            object=object_name,
            name=name,
            path=path,
            at=item.at,
            field=item.text("field"),
            operation=item.text("operation"),
            literal=item.text("literalValue"),
            formula=item.text("formula"),
            formula_at=formula_at,
            lookup=item.text("lookupValue"),
            target=item.text("targetObject"),
            reevaluates=item.flag("reevaluateOnChange"),
            unread=item.unread(),
        )


def _actions(reader: Reader) -> Iterator[Action]:
    for tag, type_ in _OTHER_ACTIONS.items():
        for item in reader.readers(tag):
            yield Action(type_, decode_name(item.text("fullName")), item.at)
    for tag in ("flowActions", "flowAutomation"):
        for item in reader.readers(tag):
            yield Action("FlowAction", decode_name(item.text("fullName")), item.at, item.text("flow") or "of no name")


def _rule(reader: Reader, object_name: str, path: str) -> WorkflowRule:
    name = decode_name(reader.text("fullName"))
    for about in _ABOUT:
        reader.text(about)
    criteria = read_criteria(reader)
    waiting = reader.readers("workflowTimeTriggers")
    triggers = tuple(map(_time_trigger, waiting))
    return WorkflowRule(
        object=object_name,
        name=name,
        path=path,
        at=reader.at,
        active=reader.flag("active"),
        trigger=reader.text("triggerType"),
        criteria=criteria,
        actions=taken(reader, "actions"),
        time_triggers=triggers,
        unread=(*reader.unread(), *criteria.unread, *(name for item in waiting for name in item.unread())),
    )


def _time_trigger(reader: Reader) -> TimeTrigger:
    return TimeTrigger(
        at=reader.at,
        actions=taken(reader, "actions"),
        length=reader.text("timeLength"),
        unit=reader.text("workflowTimeTriggerUnit"),
        offset_field=reader.text("offsetFromField"),
    )
