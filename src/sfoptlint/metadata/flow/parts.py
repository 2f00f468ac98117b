"""The pieces that a flow's elements are made of (Metadata API Developer Guide, Flow)."""

from dataclasses import dataclass

from sfoptlint.core.expr import Type, Value
from sfoptlint.core.location import Position


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that is written down."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Reference:
    """A resource by its name, as written: `$Record.Name`, `Get_Account.Id`, `counter`."""

    name: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with merge fields in it, `Dear {!$Record.FirstName}`."""

    text: str


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula that stands where a value does."""

    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A value of a kind that is not read."""

    what: str


Operand = Literal | Reference | Merged | Computed | Unread


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; `right` is None where none is written. In a filter `left` is a field of the filtered object."""

    left: str
    operator: str
    right: Operand | None


@dataclass(frozen=True, slots=True)
class Criteria:
    """Conditions, and how they are joined: `and`, `or`, or by their numbers (`1 AND (2 OR 3)`), from 1."""

    conditions: tuple[Condition, ...]
    logic: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """A field, variable or parameter by its name, and what it is given."""

    target: str
    operator: str
    value: Operand | None


@dataclass(frozen=True, slots=True)
class Output:
    """A variable that takes a result, by the name of the field or parameter that it comes from."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A variable or constant. `object` is set where it holds records; `value` is what it starts with."""

    name: str
    type: str
    object: str
    collection: bool
    value: Operand | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula resource: its text, the type of its result, and where it begins."""

    name: str
    type: str
    text: str
    at: Position
