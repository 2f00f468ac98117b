"""A guard in negation normal form: what must be so, and what must not, for the guard to be TRUE.

A formula's condition has three values, and NOT of a blank is blank, so "not" has two meanings: being FALSE, and not being
TRUE. A `Sense` keeps them apart; AND, OR and IF collapse a blank to FALSE, and below them only "not TRUE" is left.
The form is a graph, made in one walk that keeps its own stack.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Free, FreeKind, Primitive, Type, nodes

MOST_PARTS: Final = 256
"""How many parts one conjunction takes over from those inside it; keeps long chains flat and the work bounded."""
_NEVER_BLANK: Final = frozenset({*Primitive, "ISNEW", "ISCLONE", "ISNUMBER", "REGEX", "IN"} - {Primitive.IF})

_STRICT: Final = frozenset({"=", "<>", "<", "<=", ">", ">="})
"""Comparisons that are blank as soon as an operand is."""


class Sense(StrEnum):
    """What is said of a condition with three values."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "not true"
    """FALSE or blank."""
    NOT_FALSE = "not false"
    """TRUE or blank."""

    @property
    def opposite(self) -> "Sense":
        """The sense that holds exactly where this one does not."""
        return _OPPOSITE[self]

    @property
    def negated(self) -> "Sense":
        """The sense of the operand of a NOT that has this one: `NOT(x)` is TRUE where x is FALSE."""
        return _NEGATED[self]


_OPPOSITE: Final = {
    Sense.TRUE: Sense.NOT_TRUE,
    Sense.FALSE: Sense.NOT_FALSE,
    Sense.NOT_TRUE: Sense.TRUE,
    Sense.NOT_FALSE: Sense.FALSE,
}
_NEGATED: Final = {
    Sense.TRUE: Sense.FALSE,
    Sense.FALSE: Sense.TRUE,
    Sense.NOT_TRUE: Sense.NOT_FALSE,
    Sense.NOT_FALSE: Sense.NOT_TRUE,
}
_POSITIVE: Final = (Sense.TRUE, Sense.NOT_FALSE)


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A condition with no AND, OR, NOT or IF on top, in one sense; one that is never blank is TRUE or NOT_TRUE."""

    node: Expr
    sense: Sense

    @property
    def positive(self) -> bool:
        """Whether the condition, and not its negation, is asked for."""
        return self.sense in _POSITIVE


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All parts, or any of them; at least two."""

    every: bool
    parts: "tuple[Shape, ...]"


Shape = bool | Fact | Joined
Known = Callable[[Expr], bool | None]
"""Says what a two-valued condition is, where that is known."""


def unknown(_node: Expr) -> bool | None:
    """Know nothing."""
    return None


def two_valued(node: Expr) -> bool:
    """Whether the condition is never blank: a checkbox, a permission, a total operator."""
    match node:
        case Call(op=op):
            return op in _NEVER_BLANK
        case _:
            return node.type is Type.BOOLEAN


def shape(guard: Expr, known: Known = unknown) -> Shape:
    """Return when the guard is TRUE."""
    return _Shaping(known).run(guard)


class _Shaping:
    __slots__ = ("_done", "_known")

    def __init__(self, known: Known) -> None:
        self._known = known
        self._done: dict[tuple[Expr, Sense], Shape] = {}

    def run(self, guard: Expr) -> Shape:
        for node in nodes(guard):
            known = self._known(node)
            for sense in Sense:
                is_true = _constant(sense, known) if known is not None else self._of(node, sense)
                self._done[node, sense] = is_true
        return self._done[guard, Sense.TRUE]

    def _of(self, node: Expr, sense: Sense) -> Shape:
        match node:
            case Const(value=bool() | None as value):
                return _constant(sense, value)
            case Call(op=Primitive.AND | Primitive.OR, args=args):
                return self._junction(node, args, sense)
            case Call(op=Primitive.IF, args=(condition, yes, no)):
                return self._choice(condition, self._done[yes, sense], self._done[no, sense])
            case Call(op="NOT" | Primitive.NOT | Primitive.TRUTH as op, args=(arg,)):
                return self._done[arg, _below(op, sense)]
            case Call(op=op, args=(left, right)) if op in _STRICT and (_is_null(left) or _is_null(right)):
                return _constant(sense, None)
            case Call(op="=" | "<>" | Primitive.SAME as op, args=(left, right)):
                return self._equality(node, op, left, right, sense)
            case _:
                return _fact(node, sense)

    def _junction(self, node: Call, args: tuple[Expr, ...], sense: Sense) -> Shape:
        positive = sense in _POSITIVE
        inner = Sense.TRUE if positive else Sense.NOT_TRUE
        if sense is not inner:
            sense_done = self._done.get((node, inner))
            if sense_done is not None:
                return sense_done
        return join((node.op == Primitive.AND) is positive, [self._done[arg, inner] for arg in args])

    def _choice(self, condition: Expr, yes: Shape, no: Shape) -> Shape:
        """IF: a blank condition takes the second branch."""
        holds, fails = self._done[condition, Sense.TRUE], self._done[condition, Sense.NOT_TRUE]
        if yes is True:
            return join(False, (holds, no))
        if no is True:
            return join(False, (fails, yes))
        return join(False, (join(True, (holds, yes)), join(True, (fails, no))))

    def _equality(self, node: Expr, op: str, left: Expr, right: Expr, sense: Sense) -> Shape:
        """A condition compared with TRUE or FALSE is that condition, or its negation."""
        if isinstance(left, Const):
            left, right = right, left
        if not (isinstance(right, Const) and isinstance(right.value, bool)):
            return _fact(node, sense)
        if op == Primitive.SAME:
            asked = Sense.TRUE if right.value else Sense.FALSE
            return self._done[left, asked if sense in _POSITIVE else asked.opposite]
        return self._done[left, sense if right.value is (op == "=") else sense.negated]


def reading_open(node: Expr) -> bool:
    """Whether the node asks if a comparison is one of texts: the lowering leaves that open where no type is known."""
    return isinstance(node, Free) and node.kind is FreeKind.OPAQUE and node.name.startswith("compared as text: ")


def _below(op: str, sense: Sense) -> Sense:
    """Return what a NOT, or the reading of a blank as FALSE, asks of its operand."""
    if op == "NOT":
        return sense.negated
    return Sense.TRUE if (sense in _POSITIVE) is (op == Primitive.TRUTH) else Sense.NOT_TRUE


def _is_null(node: Expr) -> bool:
    return isinstance(node, Const) and node.value is None


def _constant(sense: Sense, value: bool | None) -> bool:
    if value is None:
        return sense in (Sense.NOT_TRUE, Sense.NOT_FALSE)
    return value is (sense in _POSITIVE)


def _fact(node: Expr, sense: Sense) -> Fact:
    if two_valued(node):
        sense = Sense.TRUE if sense in _POSITIVE else Sense.NOT_TRUE
    return Fact(node, sense)


def join(every: bool, parts: Sequence[Shape]) -> Shape:
    """Return the conjunction or disjunction: flat, without constants and repetitions."""
    kept: dict[tuple[Expr, Sense] | Joined, Shape] = {}
    for part in parts:
        if part is not every and isinstance(part, bool):
            return part
        inner = part.parts if isinstance(part, Joined) and part.every is every else (part,)
        if len(kept) + len(inner) > MOST_PARTS:
            inner = (part,)
        for piece in inner:
            if not isinstance(piece, bool):
                kept[(piece.node, piece.sense) if isinstance(piece, Fact) else piece] = piece
    if not kept:
        return every
    return next(iter(kept.values())) if len(kept) == 1 else Joined(every, tuple(kept.values()))
