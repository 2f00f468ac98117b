"""What starts a flow: for which records, in which phase of a save, and why it may be idle.

(Salesforce Help, "How Does Flow Work with Record Changes"; Metadata API Developer Guide, Flow, FlowStart.)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

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


class Versions:
    """Which versions of which flows are active, in one tree."""

    __slots__ = ("_by_name", "_defined", "_flows")

    def __init__(self, flows: Iterable[Flow], definitions: Iterable[FlowDefinition]) -> None:
        self._flows = tuple(flows)
        self._defined: Mapping[str, int | None] = {d.full_name.casefold(): d.active_version for d in definitions}
        self._by_name: dict[str, list[Flow]] = {}
        for flow in self._flows:
            self._by_name.setdefault(_name(flow)[0], []).append(flow)

    def inactive(self, flow: Flow) -> str:
        """Return why a version is not active, empty where it is.

        Since API version 44 a flow says so itself; before, its definition names the active version.
        """
        name, number = _name(flow)
        if number is not None and name in self._defined:
            active = self._defined[name]
            return "" if number == active else f"version {number} is not the active one"
        if flow.status:
            return "" if flow.status.casefold() == "active" else f"its status is {flow.status}"
        if number is None:
            known = self._defined.get(name, 1)
            return "" if known else "its definition names no active version"
        latest = max(_name(other)[1] or 0 for other in self._by_name[name])
        return "" if number == latest else f"version {number} is not the latest one"

    def callee(self, full_name: str) -> Flow | None:
        """Return the version that a call of a flow runs; None where it is not in the tree, or is not active."""
        versions = self._by_name.get(full_name.casefold(), [])
        return next((flow for flow in versions if not self.inactive(flow)), None)


def _name(flow: Flow) -> tuple[str, int | None]:
    match = _VERSION.fullmatch(flow.full_name)
    return (match["name"].casefold(), int(match["number"])) if match else (flow.full_name.casefold(), None)
