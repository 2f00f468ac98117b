"""Actions and subflows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sfoptlint.automation.automation import Block, Effect, Overwrite, Timing, Unknown, Write
from sfoptlint.automation.flow.assign import Assigning
from sfoptlint.automation.flow.events import Unread
from sfoptlint.automation.flow.frame import Frame, Reads
from sfoptlint.automation.flow.scope import Scope
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Listing, Record, Value, null
from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Field, RecordKind, nodes
from sfoptlint.core.logic import true
from sfoptlint.metadata.flow.elements import Call

DEEPEST: Final = 7
"""How many flows deep a call is followed."""
_ONLY_TELLS: Final = frozenset(
    [
        "addscreenpop",
        "addskillrequirements",
        "addtocampaign",
        "chatterpost",
        "contentdocumentlink",
        "customnotificationaction",
        "dynamicsendsurveyinvitation",
        "emailalert",
        "emailsimple",
        "getforecast",
        "knowledgesearch",
        "livemessagenotification",
        "outboundmessage",
        "routework",
        "sendnotification",
        "slackpostmessage",
        "slacksendmessagetolaunchflow",
        "sendsurveyinvitation",
        "submit",
        "thanks",
    ]
)
"""Actions of the platform that change no field of the record they are given (Actions Developer Guide).

A submission for approval is among them: what it does to the record belongs to the approval process.
"""

_NEW: Final = frozenset(
    ["logacall", "newaccount", "newcase", "newcontact", "newevent", "newlead", "newopportunity", "newtask", "sendemail"]
)
"""Global quick actions that every org has: each creates a record beside the one it is given."""

Inline = Callable[[Frame, State, Callable[[dict[str, Value]], dict[str, Value]]], State | None]
"""Walks a flow from its beginning; the function turns what its variables start with into what the call gives them."""


class Calls:
    """Calls what one flow calls."""

    __slots__ = ("_assigning", "_frame", "_inline", "_scope")

    def __init__(self, scope: Scope, inline: Inline) -> None:
        self._scope = scope
        self._frame = scope.frame
        self._assigning = Assigning(scope)
        self._inline = inline

    def call(self, element: Call, state: State, reads: Reads) -> State | None:
        """Follow a call; return the state after it, None where it never comes back."""
        inputs = {item.target: self._scope.operand(item.value, state, reads, item.target) for item in element.inputs}
        if element.kind in ("subflow", "flow"):
            return self._flow(element, inputs, state)
        if not _only_tells(element) and any(self._is_record(value) for value in inputs.values()):
            for when, unread in self._met_in(element, inputs):
                self._frame.happens(unread, element, state, when)
        return self._assigning.freed(element.outputs, state.written(self._frame.key(element)), self._frame.key(element))

    def _met_in(self, element: Call, inputs: Mapping[str, Value]) -> Iterator[tuple[Expr, Unread]]:
        """Yield what an action may do to the save; of Apex in the tree, what a walk of it meets."""
        walk, handed, acted = self._frame.walk, _handed(inputs), None
        if element.kind.casefold() == "apex" and handed is not None:
            acted = walk.act(element.target, handed)
        if acted is None:
            reason = f"it is handed to the action {element.target} ({element.kind}), which is not followed"
            yield true(walk.interner), Unread(reason)
        for effect in acted.effects if acted is not None else ():
            unread = _unread(element, effect)
            if unread is not None:
                yield effect.guard, unread

    def _flow(self, element: Call, inputs: dict[str, Value], state: State) -> State | None:
        flow = self._frame.walk.flows(element.target)
        reason = None
        if flow is None:
            reason = f"it is handed to the flow {element.target}, which is not in the tree"
        elif len(self._frame.calls) >= DEEPEST:
            reason = f"budget: flows call each other more than {DEEPEST} deep"
        if flow is None or reason is not None:
            if reason is not None and (flow is not None or any(self._is_record(value) for value in inputs.values())):
                self._frame.happens(Unread(reason), element, state)
            return self._assigning.freed(
                element.outputs, state.written(self._frame.key(element)), self._frame.key(element)
            )
        outer = self._frame.outer or self._frame.place(element.at)
        calls = (*self._frame.calls, element.name)
        frame = replace(self._frame, flow=flow, before=False, calls=calls, outer=outer)

        def given(initial: dict[str, Value]) -> dict[str, Value]:
            taken = {name.casefold(): value for name, value in inputs.items() if name.casefold() in initial}
            return {**initial, **taken}

        end = self._inline(frame, state, given)
        return None if end is None else self._returned(element, state, end)

    def _returned(self, element: Call, state: State, end: State) -> State:
        """Return the caller's state after a subflow: its own variables, and those that take a result."""
        values = dict(state.values)
        interner = self._scope.interner
        for name, value in end.values.items():
            values[f"{element.name}.{name}".casefold()] = value
        for output in element.outputs:
            values[output.target.casefold()] = end.values.get(output.source.casefold(), null(interner))
        return replace(end, values=values, steps=state.steps)

    def _is_record(self, value: Value) -> bool:
        """Whether a value hands the saved record over: itself, its Id, or a collection with it."""
        match value:
            case Record(options=options):
                return any(option.one is not None and option.one.ref.kind is RecordKind.AFTER for option in options)
            case Listing(entries=entries):
                return any(self._is_record(entry.item) for entry in entries)
        return any(_is_id(node) for node in nodes(value))


def _handed(inputs: Mapping[str, Value]) -> dict[str, Expr | None] | None:
    """Return what a call is given, None for the saved record as it is; no mapping where there are other records."""
    found: dict[str, Expr | None] = {}
    for name, value in inputs.items():
        if isinstance(value, Record):
            one = value.options[0].one if len(value.options) == 1 else None
            if one is None or one.ref.kind is not RecordKind.AFTER or one.set:
                return None
            found[name] = None
        elif isinstance(value, Listing):
            return None
        else:
            found[name] = value
    return found


def _unread(element: Call, effect: Effect) -> Unread | None:
    """Return what an effect of Apex that an action calls may do to the save; None for what it does beside it."""
    match effect.do:
        case Block(message=message) if effect.timing is Timing.NOW:
            return Unread(f"the action {element.target} can fail: {message}", frozenset({verdict.Effect.BLOCK}))
        case Unknown(reason=reason, may=may):
            return Unread(f"the action {element.target}: {reason}", may)
        case Write() | Overwrite():
            return Unread(f"the action {element.target} writes the box", frozenset({verdict.Effect.REVERT}))
    return None


def _is_id(node: Expr) -> bool:
    return (
        isinstance(node, Field)
        and node.record.kind is RecordKind.AFTER
        and (len(node.path) == 1 and node.path[0].casefold() in ("id", "personcontactid"))
    )


def _only_tells(element: Call) -> bool:
    kind = element.kind.casefold()
    return kind in _ONLY_TELLS or (kind == "quickaction" and element.target.casefold() in _NEW)
