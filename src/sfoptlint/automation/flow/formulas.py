"""Formulas and texts with merge fields, in a flow (Salesforce Help, Flow Resource: Formula)."""

import re
from typing import TYPE_CHECKING, Final

from sfoptlint.automation.automation import Gap
from sfoptlint.automation.flow.frame import Reads
from sfoptlint.automation.flow.laziness import read_when
from sfoptlint.automation.flow.state import State
from sfoptlint.automation.flow.values import Listing, Record
from sfoptlint.core.expr import Call, Expr, Interner, Primitive, Type, nodes
from sfoptlint.core.location import Place
from sfoptlint.core.logic import all_of
from sfoptlint.lang.formula.building import declared
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Node, Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import Source

if TYPE_CHECKING:
    from sfoptlint.automation.flow.scope import Scope

_MERGE: Final = re.compile(r"\{!\s*([^}]+?)\s*\}")
_SAFE: Final[frozenset[str]] = frozenset(
    {
        *Primitive,
        "&",
        "NOT",
        "TEXT",
        "BLANKVALUE",
        "NOW",
        "TODAY",
        "ISNEW",
        "=",
        "<>",
        "<",
        "<=",
        ">",
        ">=",
        "CASE",
        "TRIM",
    }
)
"""Operators that cannot fail on what their operands can be."""


class Formulas:
    """Lowers the formulas of one flow, each text parsed once."""

    __slots__ = ("_parsed", "_scope")

    def __init__(self, scope: "Scope") -> None:
        self._scope = scope
        self._parsed: dict[str, Node | str] = {}

    def lowered(self, text: str, at: Place, state: State, reads: Reads, type_: Type = Type.UNKNOWN) -> Expr:
        """Return a formula's value. One that fails is null in a flow; one that is no formula is a gap."""
        scope, walk = self._scope, self._scope.frame.walk
        tree = self._tree(text)
        if isinstance(tree, str):
            return walk.open(f"{at.path}#formula: {text}", at, type_, text, tree)
        source = Source(text, at, context=Context.RECORD_FLOW)
        names = _Names(scope, state)
        found = lower(tree, source, names, scope.interner)
        self._absent(found.expr, names, reads)
        for gap in found.gaps:
            walk.gaps.setdefault(f"{at.path}:{at.line} {gap.atom.name}", Gap(gap.atom, at, str(gap.diagnostic)))
        expr = declared(found.expr, type_, scope.interner)
        if any(isinstance(node, Call) and node.op not in _SAFE for node in nodes(expr)):
            none = scope.interner.const(None, expr.type)
            expr = scope.interner.call("IFERROR", (expr, none), expr.type)
        return walk.oracle.settle(expr)

    def _absent(self, expr: Expr, names: "_Names", reads: Reads) -> None:
        """Note where the formula reads behind a record that is not there.

        An element fails then (Salesforce Help, "Process fails with: The flow failed to access the value"); whether a formula
        of a flow that runs before the save does, or reads blank, nobody says.
        """
        interner = self._scope.interner
        for value, absent in dict.fromkeys(names.absent):
            there = all_of((read_when(expr, value, interner), absent), interner)
            reads.absent(self._scope.frame.walk.oracle.settle(there), surely=not self._scope.frame.before)

    def merged(self, text: str, state: State, reads: Reads, at: Place) -> Expr:
        """Return a text with its merge fields filled in."""
        scope = self._scope
        pieces: list[Expr] = []
        for number, piece in enumerate(_MERGE.split(text)):
            if number % 2:
                pieces.append(_as_text(scope.scalar(scope.resolve(piece, state, reads)), scope.interner))
            elif piece:
                pieces.append(scope.interner.const(piece, Type.TEXT))
        if len(pieces) == 1:
            return pieces[0]
        joined = pieces[0] if pieces else scope.interner.const(None, Type.TEXT)
        for piece in pieces[1:]:
            joined = scope.interner.call("&", (joined, piece), Type.TEXT)
        return scope.frame.walk.oracle.settle(joined)

    def _tree(self, text: str) -> Node | str:
        if text not in self._parsed:
            try:
                self._parsed[text] = parse(text)
            except FormulaSyntaxError as error:
                self._parsed[text] = str(error)
        return self._parsed[text]


def _as_text(expr: Expr, interner: Interner) -> Expr:
    return expr if expr.type in (Type.TEXT, Type.UNKNOWN) else interner.call("TEXT", (expr,), Type.TEXT)


class _Names:
    """What the names in one formula stand for, where the flow is.

    `absent` are values that it reads, and the guards under which they are not there.
    """

    __slots__ = ("_scope", "_state", "absent")

    def __init__(self, scope: "Scope", state: State) -> None:
        self._scope = scope
        self._state = state
        self.absent: list[tuple[Expr, Expr]] = []

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        """Return what a name reads; None where it is a collection, which no formula can read."""
        own = Reads(self._scope.interner)
        value = self._scope.resolve(".".join(path), self._state, own)
        if isinstance(value, Listing):
            return None
        scalar = self._scope.scalar(value) if isinstance(value, Record) else value
        self.absent += ((scalar, guard) for guard in (*own.faults, *own.doubts))
        return scalar
