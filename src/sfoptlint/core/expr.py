"""The core form that every guard is written in, whichever language it came from.

A node is frozen and interned: two nodes that are written alike are the same object, so that equality and hashing go by
identity, a guard is a graph, and a pass that memoises by node never walks a shared part twice.

Every operator of `Primitive` is total and two-valued: it yields TRUE or FALSE for every operand, blank included (IF yields
what the chosen operand is). The formula language's own operators and functions keep their own names and their own law (a blank
Boolean is a third value, an argument can raise an error); `Primitive.TRUTH` is the bridge, it turns a blank Boolean into FALSE.

A guard can be a chain of thousands of nodes, so every pass here keeps its own stack instead of recursing: use `nodes`, which
gives each node once and after its operands, and memoise by node.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar, cast

from sfoptlint.core.location import Place


class Type(StrEnum):
    """The type of a value as far as an expression must know it."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    LOCATION = "location"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Geolocation:
    """A compound geolocation value, in degrees."""

    latitude: Decimal
    longitude: Decimal


Value = bool | Decimal | str | date | datetime | time | Geolocation | None
"""A value; None is blank. Date-times are aware and in UTC; a multi-select picklist is its values joined by `;`."""


class Primitive(StrEnum):
    """The total, two-valued operators of the core form."""

    SAME = "same"
    """Equal; blank equals blank, and the empty text is blank."""
    LESS = "less"
    """Strictly less; FALSE when an operand is blank, and the empty text is."""
    LESS_EQUAL = "less_equal"
    HAS = "has"
    """The first text contains the second; a blank is the empty text."""
    STARTS = "starts"
    ENDS = "ends"
    ONE_OF = "one_of"
    """The multi-select value in the first operand includes the second; a blank is included in a blank one alone."""
    BLANK = "blank"
    CHANGED = "changed"
    """The operand, a field of the saved record, differs from the stored one; FALSE while the record is created."""
    AND = "and"
    """TRUE when every operand is; they are evaluated in order, up to the first that is not."""
    OR = "or"
    """TRUE when an operand is; they are evaluated in order, up to the first that is."""
    NOT = "not"
    """TRUE when the operand is not, so of a blank too."""
    IF = "if"
    """The second operand when the first is TRUE, else the third; the other one is not evaluated."""
    TRUTH = "truth"
    """TRUE when the operand is."""


class RecordKind(StrEnum):
    """Which record a field is read from."""

    AFTER = "after"
    """The record as the update leaves it."""
    PRIOR = "prior"
    """The record as it was stored before the update."""
    ROW = "row"
    """A row that a query returned."""
    CREATED = "created"
    """A record that the automation made in memory."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record that an expression reads; `key` tells rows and created records apart, by the place that made them."""

    kind: RecordKind
    key: str = ""


AFTER = RecordRef(RecordKind.AFTER)
PRIOR = RecordRef(RecordKind.PRIOR)


class FreeKind(StrEnum):
    """Why a value is free."""

    FOUND = "found"
    CALL = "call"
    THROWS = "throws"
    FAILS = "fails"
    OTHER = "other"
    HAVOC = "havoc"
    LIMIT = "limit"
    OPAQUE = "opaque"


@dataclass(frozen=True, slots=True, eq=False)
class Const:
    """A literal."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A field of a record; a path of more than one name goes through look-ups (`Account`, `Owner`, `Name`).

    Names are spelt as the schema spells them, or as the source does where the schema does not know them.
    """

    record: RecordRef
    path: tuple[str, ...]
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Global:
    """A value of the user or the org: `$User.Id`, `$Permission.Sync_Bypass`, `$Setup.Bypass__c.Active__c`, `$Now`."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True, eq=False)
class Free:
    """A value that nothing here decides: what could not be translated, or what a call or a query returns.

    `reads` lists the record's fields that the untranslated text mentions; where it is empty the atom reads nothing
    of the record.
    """

    name: str
    type: Type
    kind: FreeKind
    place: Place
    text: str
    reads: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """An operator over operands: a `Primitive`, or a formula function or operator by its own name.

    `ci` asks a primitive to compare text without regard to case.
    """

    op: str
    args: tuple["Expr", ...]
    type: Type
    ci: bool = False


Expr = Const | Field | Global | Free | Call


N = TypeVar("N", Const, Field, Global, Free, Call)


class Interner:
    """Makes nodes, each at most once. One interner serves one run; nodes of two interners must not meet."""

    __slots__ = ("_nodes",)

    def __init__(self) -> None:
        self._nodes: dict[object, Expr] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def const(self, value: Value, type_: Type) -> Const:
        """Return the literal; `Decimal('1.0')` and `Decimal('1')` are the same literal, TRUE and 1 are not."""
        key = (Const, type(value), value, type_)
        kept = self._nodes.get(key)
        return self._keep(key, Const(value, type_)) if kept is None else cast("Const", kept)

    def field(self, record: RecordRef, path: tuple[str, ...], type_: Type) -> Field:
        """Return the field node."""
        key = (Field, record, path, type_)
        kept = self._nodes.get(key)
        return self._keep(key, Field(record, path, type_)) if kept is None else cast("Field", kept)

    def global_(self, name: str, type_: Type) -> Global:
        """Return the node of a value of the user or the org."""
        return self._keep((Global, name, type_), Global(name, type_))

    def free(self, free: Free) -> Free:
        """Return the one node of this name and place."""
        return self._keep((Free, free.name, free.place), free)

    def call(self, op: str, args: tuple[Expr, ...], type_: Type, *, ci: bool = False) -> Call:
        """Return the operator node, as written: nothing is simplified here."""
        key = (Call, op, args, type_, ci)
        kept = self._nodes.get(key)
        if kept is None:  # most are there: to make another one first would be dear
            kept = self._nodes[key] = Call(op, args, type_, ci)
        assert type(kept) is Call
        return kept

    def _keep(self, key: object, node: N) -> N:
        kept = self._nodes.setdefault(key, node)
        assert type(kept) is type(node)
        return kept


def operands(expr: Expr) -> tuple[Expr, ...]:
    """Return the nodes directly below this one."""
    return expr.args if isinstance(expr, Call) else ()


def nodes(*roots: Expr, but: Container[Expr] = ()) -> Iterator[Expr]:
    """Yield every node of the graph once, each after those below it; the graph may be deeper than Python's stack.

    Nodes in `but` are left out, with what is below them; it may grow by the nodes that were yielded.
    """
    entered: set[Expr] = set()
    stack: list[Expr | None] = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node is None:
            # What stands below this mark is an operator whose operands were yielded.
            left = stack.pop()
            assert left is not None
            yield left
        elif node not in entered and node not in but:
            entered.add(node)
            if type(node) is Call and node.args:
                stack += (node, None, *reversed(node.args))
            else:
                yield node


def substitute(expr: Expr, replacements: Mapping[Expr, Expr], interner: Interner) -> Expr:
    """Return the expression with every node that is a key replaced; replacements are not searched again."""
    return substitute_all((expr,), replacements, interner)[expr]


def substitute_all(roots: Iterable[Expr], replacements: Mapping[Expr, Expr], interner: Interner) -> dict[Expr, Expr]:
    """Return what each node of a graph is with every node that is a key replaced; the graph is walked once."""
    done: dict[Expr, Expr] = {}
    for node in nodes(*roots):
        result = replacements.get(node, node)
        if result is node and isinstance(node, Call):
            args = tuple(done[arg] for arg in node.args)
            if args != node.args:
                result = interner.call(node.op, args, node.type, ci=node.ci)
        done[node] = result
    return done
