"""The formula's tree: what was written, with where it stood; nothing is resolved, typed or simplified here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the formula's text: offsets in characters, the end not included."""

    start: int
    end: int


NOWHERE = Span(0, 0)
"""The span of a node that no text was read for."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number literal as written: digits, perhaps a point and digits; leading zeros are allowed, signs are not."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def value(self) -> Decimal:
        """The number itself, exact."""
        return Decimal(self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """A text literal, its escapes already read."""

    value: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    """TRUE or FALSE."""

    value: bool
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Null:
    """NULL, the blank of every type."""

    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, as written: a field, a path through look-ups, a `$` global, or with `braced` a flow's `{!name}`.

    A polymorphic step keeps its colon: `Owner:User.Name` is the path `("Owner:User", "Name")`.
    """

    name: str
    braced: bool = False
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def path(self) -> tuple[str, ...]:
        """The name, split at its dots."""
        return tuple(self.name.split("."))


@dataclass(frozen=True, slots=True)
class Unary:
    """A prefix operator: `-`, `+`, `!`, or NOT as written, with or without parentheses."""

    op: str
    operand: "Node"
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """An infix operator, as written."""

    op: str
    left: "Node"
    right: "Node"
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; the name is as written, functions are known without regard to case."""

    name: str
    args: tuple["Node", ...]
    span: Span = field(default=NOWHERE, compare=False)


Node = Number | Text | Boolean | Null | Reference | Unary | Binary | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below this one, in the order they are written."""
    match node:
        case Binary(left=left, right=right):
            return (left, right)
        case Unary(operand=operand):
            return (operand,)
        case Call(args=args):
            return args
        case _:
            return ()


def walk(tree: Node) -> Iterator[Node]:
    """Yield every node, each before those below it; safe on chains of any length."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))
