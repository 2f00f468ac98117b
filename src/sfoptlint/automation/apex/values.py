"""What an Apex expression can be worth in the walk: plain values of the core form, and references to what stands in the heap.

Apex passes objects, records and collections by reference (Apex Developer Guide, "Passing Method Arguments By Value"), so a
reference is a number and what it refers to is a cell of the state.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from sfoptlint.core.expr import Expr, RecordRef
from sfoptlint.core.location import Place


class OutOfBudgetError(Exception):
    """The walk has spent what it may."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A primitive value, `null` included."""

    expr: Expr


@dataclass(frozen=True, slots=True)
class Ref:
    """An object, a record or a collection: the number of its cell."""

    cell: int


@dataclass(frozen=True, slots=True)
class Either:
    """One of two values: the first where the condition holds.

    `size` counts the values in it, a shared one each time; `most` is how many there may be before equal ones are put together.
    """

    condition: Expr
    yes: "Value"
    no: "Value"
    size: int = field(default=2, compare=False)
    most: int = field(default=32, compare=False)


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A `Type`: a class by its name, or by a text that is not known before the code runs."""

    name: Expr


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the schema: an object (`Contact`), or a field of one (`Contact.Email`), in the source's case."""

    object: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Opaque:
    """An object that nothing is known of: what a class outside the tree made or returned.

    `null` says whether it is null; `type` names its class where one is known; `tainted` where it was handed records.
    """

    null: Expr
    type: str = ""
    tainted: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """An object whose class is named by a text that is not known before the code runs."""

    name: Expr


Value = Scalar | Ref | Either | ClassValue | Token | Opaque | Instance


class Origin(StrEnum):
    """Where a record comes from."""

    NEW = "Trigger.new"
    OLD = "Trigger.old"
    ROW = "a query"
    MADE = "the code"
    GLOBAL = "the user or the org"
    HANDED = "a flow"
    """A copy of the saved record, which a flow gives to an action."""


@dataclass(frozen=True, slots=True)
class RecordCell:
    """A record: `object` in the schema's case, empty where it is not known; `fields` are those that were set, in lower case.

    What was not set is read from `ref` behind `prefix`, or from the globals that begin with `scope`; a record that the code made
    has null there. `own` is the identity guard: under it the record is the one that is saved. `copied`: a copy in memory.
    `absent`: null, what a look-up leads to that was not read. `like`: a further row of a query, and the row that stands for all.
    """

    object: str
    origin: Origin
    ref: RecordRef | None = None
    prefix: tuple[str, ...] = ()
    scope: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    own: Expr | None = None
    copied: bool = False
    absent: bool = False
    like: "Ref | None" = None

    @property
    def other(self) -> bool:
        """Whether it is a record of the chunk that is not the one asked about."""
        return self.ref is not None and self.origin in (Origin.NEW, Origin.OLD)


@dataclass(frozen=True, slots=True)
class Item:
    """An element that is in a list or a set where the guard holds."""

    guard: Expr
    value: Value


@dataclass(frozen=True, slots=True)
class ListCell:
    """A list or a set. `more` says that there may be further elements of the same kind; `open`, that anything may be in it.

    `chunked`: there is an element for each record of the chunk. `query`: a query's own result, which a record can be
    assigned from. `made` says in which round of the loops around it was made.
    """

    items: tuple[Item, ...] = ()
    is_set: bool = False
    more: bool = False
    open: Expr | None = None
    chunked: bool = False
    query: Place | None = None
    single: bool = False
    made: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value, in a map where the guard holds."""

    guard: Expr
    key: Value
    value: Value


@dataclass(frozen=True, slots=True)
class MapCell:
    """A map; a later entry wins. `open`, `more`, `chunked` and `made` as in a list."""

    entries: tuple[Entry, ...] = ()
    more: bool = False
    open: Expr | None = None
    chunked: bool = False
    made: int = 0


@dataclass(frozen=True, slots=True)
class ObjectCell:
    """An instance of a class of the tree, by its key; fields by their name in lower case."""

    cls: str
    fields: dict[str, Value] = field(default_factory=dict)


Cell = RecordCell | ListCell | MapCell | ObjectCell


def with_field(cell: RecordCell, name: str, value: Value) -> RecordCell:
    """Return the record with one field set."""
    return replace(cell, fields={**cell.fields, name.casefold(): value})
