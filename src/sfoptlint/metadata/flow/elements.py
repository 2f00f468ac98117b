"""A flow's elements (Metadata API Developer Guide, Flow): what each does, and the elements that come after it.

`next` and `fault` are names of elements, empty where there is none. `unread` names the children that nobody here reads: the
element may do more than is said.
"""

from dataclasses import dataclass, field

from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.parts import Assigned, Criteria, Output


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every element has."""

    name: str
    label: str
    at: Position
    next: str = ""
    fault: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome of a decision. `on_change`: only where the record did not meet the criteria before the update."""

    name: str
    label: str
    criteria: Criteria
    next: str
    on_change: bool
    at: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Node):
    """The first outcome that is met is taken, else `next`."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Node):
    """Variables are given values, one after the other."""

    items: tuple[Assigned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetRecords(Node):
    """A query. Its rows go to the element itself (`stored`), to the variable `target`, or field by field to `outputs`."""

    object: str
    criteria: Criteria
    first: bool
    stored: bool
    target: str
    outputs: tuple[Output, ...]
    null_if_none: bool
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRecords(Node):
    """Records are created, updated or deleted (`what`): those of the variable `reference`, else those that meet the criteria."""

    what: str
    object: str
    reference: str
    criteria: Criteria
    values: tuple[Assigned, ...]
    id_target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop(Node):
    """`body` runs for each item of a collection, `next` after the last. The item is in `item`, else in the element itself."""

    collection: str
    item: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a custom error says; `field` is where it is shown, empty for the whole record."""

    text: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomError(Node):
    """The save is rejected."""

    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """An action or a subflow. `kind` is the action's type, `subflow` for a flow that is called."""

    kind: str
    target: str
    inputs: tuple[Assigned, ...]
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class WaitEvent:
    """What a wait goes on with, once something happens; `criteria` say whether it is waited for."""

    name: str
    next: str
    criteria: Criteria
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Node):
    """The flow pauses, and goes on later with an event; where none is waited for, with `next` at once."""

    events: tuple[WaitEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """A collection that is made from another one: filtered, sorted or mapped.

    `item` is the variable that the criteria, or else the formula, call each item by; `limit` is how many items are kept, None
    for all of them.
    """

    kind: str
    collection: str
    item: str
    criteria: Criteria
    formula: str
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Node):
    """An element of another kind: a screen, a stage, a transformation, a rollback. `object` is that of the records it makes."""

    kind: str
    object: str = ""


Element = Decision | Assignment | GetRecords | WriteRecords | Loop | CustomError | Call | Wait | Filter | Other


@dataclass(frozen=True, slots=True)
class Path:
    """A path from the start. `field` is the date field that a scheduled one counts from, empty where it does not."""

    name: str
    kind: str
    next: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What starts the flow, and for which records; `paths` run after the commit."""

    at: Position
    next: str = ""
    object: str = ""
    trigger: str = ""
    saves: str = ""
    criteria: Criteria = field(default_factory=lambda: Criteria((), "and"))
    formula: str = ""
    on_change: bool = False
    paths: tuple[Path, ...] = ()
    unread: tuple[str, ...] = ()
