"""What starts a flow: for which records, in which phase of a save, and why it may be idle.

(Salesforce Help, "How Does Flow Work with Record Changes"; Metadata API Developer Guide, Flow, FlowStart.)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from sfoptlint.automation.automation import Phase
from sfoptlint.metadata.flow.flow import Flow, FlowDefinition

_PROCESS: Final = "workflow"
_UPDATES: Final = frozenset({"update", "createandupdate"})
_VERSION: Final = re.compile(r"(?P<name>.+)-(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a flow by itself. `object` is that of `$Record`, empty where there is none.

    `saved`: `$Record` is the record whose save starts the flow. `idle` says why no update does, empty where one may.
    """

    phase: Phase
    object: str
    saved: bool
    idle: str = ""


def trigger_of(flow: Flow) -> Trigger | None:
    """Return what starts the flow; None where something else must call it."""
    start = flow.start
    if flow.type.casefold() == _PROCESS:
        created = flow.process.get("TriggerType", "").casefold() == "oncreateonly"
        idle = "it runs when a record is created, not when one is updated" if created else ""
        object_ = flow.process.get("ObjectType", "")
        return Trigger(Phase.PROCESS, object_, saved=True, idle=idle) if object_ else None
    match start.trigger.casefold():
        case "recordbeforesave" | "recordaftersave" as when:
            phase = Phase.BEFORE_SAVE_FLOW if when == "recordbeforesave" else Phase.AFTER_SAVE_FLOW
            runs = start.saves.casefold() in _UPDATES or not start.saves
            idle = "" if runs else f"it runs when a record is saved as {start.saves}, not when one is updated"
            return Trigger(phase, start.object, saved=True, idle=idle)
        case "recordbeforedelete":
            return Trigger(Phase.ELSEWHERE, start.object, saved=True, idle="it runs when a record is deleted")
        case "":
            return None
    return Trigger(Phase.ELSEWHERE, start.object, saved=False)


class Tree(Protocol):
    """The flows of one tree of metadata, each read when it is first asked for."""

    def flow_names(self) -> Iterable[str]:
        """Return the full name of every flow file."""

    def flow(self, full_name: str) -> Flow | None:
        """Return a flow file by its full name; None where it cannot be read."""

    def flow_definition(self, full_name: str) -> FlowDefinition | None:
        """Return what says which version is active, by the flow's name in lower case; None where nothing does."""


class Versions:
    """Which versions of which flows are active, in one tree."""

    __slots__ = ("_by_name", "_tree")

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._by_name: dict[str, list[str]] = {}
        for full_name in tree.flow_names():
            self._by_name.setdefault(_name(full_name)[0], []).append(full_name)

    def inactive(self, flow: Flow) -> str:
        """Return why a version is not active, empty where it is.

        Since API version 44 a flow says so itself; before, its definition names the active version.
        """
        name, number = _name(flow.full_name)
        definition = self._tree.flow_definition(name)
        if number is not None and definition is not None:
            return "" if number == definition.active_version else f"version {number} is not the active one"
        if flow.status:
            return "" if flow.status.casefold() == "active" else f"its status is {flow.status}"
        if number is None:
            none = definition is not None and definition.active_version is None
            return "its definition names no active version" if none else ""
        latest = max(_name(other)[1] or 0 for other in self._by_name[name])
        return "" if number == latest else f"version {number} is not the latest one"

    def callee(self, full_name: str) -> Flow | None:
        """Return the version that a call of a flow runs; None where it is not in the tree, or is not active."""
        for version in self._by_name.get(full_name.casefold(), ()):
            flow = self._tree.flow(version)
            if flow is not None and not self.inactive(flow):
                return flow
        return None


def _name(full_name: str) -> tuple[str, int | None]:
    match = _VERSION.fullmatch(full_name)
    return (match["name"].casefold(), int(match["number"])) if match else (full_name.casefold(), None)
