"""How many record-triggered flows are fully modelled: `python -m bench.modelled [--list] FOLDER...`, each folder an org.

Counted are the active flows that an update of a Contact, Lead or Account starts. One is fully modelled where nothing in it is
left unread, and no guard of an effect asks what is not modelled.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.rules import projects
from sfoptlint.automation.automation import Automation, Phase, Unknown
from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.start import Versions, trigger_of
from sfoptlint.core.expr import Free, FreeKind, Interner, nodes
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project

_RECORD_TRIGGERED = (Phase.BEFORE_SAVE_FLOW, Phase.AFTER_SAVE_FLOW)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing of a flow that is not modelled: the kind of what it belongs to, and why."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One flow: its elements by kind, and what of it is not modelled."""

    path: str
    elements: Counter[str]
    missing: frozenset[Missing]


def measure(project: Project) -> Iterator[Measured]:
    """Yield the flows of one tree that count."""
    objects, versions = Objects(project), Versions(project)
    for flow in project.flows():
        trigger = trigger_of(flow)
        if trigger is None or trigger.phase not in _RECORD_TRIGGERED:
            continue
        automation = compile_flow(flow, trigger, versions.inactive(flow), objects, Interner(), versions.callee)
        if automation.object is not None and not automation.idle:
            elements = Counter(type(element).__name__ for element in flow.elements.values())
            yield Measured(flow.path, elements, frozenset(_missing(flow, automation)))


def _missing(flow: Flow, automation: Automation) -> Iterator[Missing]:
    for gap in automation.gaps:
        yield Missing("value", gap.reason)
    for effect in automation.effects:
        if isinstance(effect.do, Unknown):
            element = flow.elements.get(effect.place.partition("#")[2].casefold())
            yield Missing(type(element).__name__ if element else "flow", effect.do.reason)
    for node in nodes(*(effect.guard for effect in automation.effects)):
        if isinstance(node, Free) and node.kind is FreeKind.OPAQUE:
            yield Missing("condition", node.text)


def report(flows: list[Measured]) -> Iterator[str]:
    """Yield the figures line by line."""
    for what, left_aside in (
        ("fully modelled", ""),
        ("fully modelled but for calls that leave the flows of the tree", "Call"),
    ):
        full = sum(all(missing.kind == left_aside for missing in flow.missing) for flow in flows)
        yield f"{what}: {full} of {len(flows)} active record-triggered flows ({100 * full / max(1, len(flows)):.1f} %)"
    for kind, number in sum((flow.elements for flow in flows), Counter[str]()).most_common():
        touched = sum(any(missing.kind == kind for missing in flow.missing) for flow in flows)
        yield f"  {kind:14} {number:5} elements; not followed in {touched} flows"
    for kind in ("value", "condition", "flow"):
        touched = sum(any(missing.kind == kind for missing in flow.missing) for flow in flows)
        yield f"  {kind:14} not modelled in {touched} flows"


def listing(flows: list[Measured]) -> Iterator[str]:
    """Yield each flow that is not fully modelled, and why."""
    for flow in flows:
        if flow.missing:
            yield flow.path
        for missing in sorted(flow.missing, key=lambda one: (one.kind, one.reason)):
            yield f"    {missing.kind}: {missing.reason}"


if __name__ == "__main__":
    folders = [word for word in sys.argv[1:] if word != "--list"]
    measured = [flow for folder in folders for project in projects(Path(folder)) for flow in measure(project)]
    for line in report(measured):
        print(line)
    if "--list" in sys.argv:
        for line in listing(measured):
            print(line)
