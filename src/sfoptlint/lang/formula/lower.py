"""A formula's tree to the core form that every guard is written in.

What cannot be translated becomes a free atom with its text and the fields it reads, and a gap that names the reason; the
same text is the same atom within one formula. The walk keeps its own stack: a formula may be a chain of thousands.
"""

from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import AFTER, Const, Expr, Free, FreeKind, Interner, Primitive, Type
from sfoptlint.lang.formula.building import reads, truth
from sfoptlint.lang.formula.check import check_call
from sfoptlint.lang.formula.diagnostics import Diagnostic, Problem
from sfoptlint.lang.formula.functions import function
from sfoptlint.lang.formula.nodes import (
    Binary,
    Boolean,
    Call,
    Node,
    Null,
    Number,
    Reference,
    Text,
    Unary,
    children,
)
from sfoptlint.lang.formula.operators import binary, unary
from sfoptlint.lang.formula.resolver import BlankMode, Gap, Lowered, Resolver, Source

_UNSUPPORTED: Final = frozenset(
    {
        "GETRECORDIDS",
        "HYPERLINK",
        "IMAGE",
        "INCLUDE",
        "LINKTO",
        "PARENTGROUPVAL",
        "PREVGROUPVAL",
        "REQUIRESCRIPT",
    }
)
"""Functions that no record's save gives a value that matters: links, pictures, buttons and reports."""


def lower(tree: Node, source: Source, resolver: Resolver, interner: Interner) -> Lowered:
    """Return the tree in the core form; never raises on a tree that `parse` made, whatever the names stand for."""
    return _Lowering(source, resolver, interner).run(tree)


class _Lowering:
    """One formula being lowered."""

    __slots__ = ("_gaps", "_resolver", "_source", "interner")

    def __init__(self, source: Source, resolver: Resolver, interner: Interner) -> None:
        self._source = source
        self._resolver = resolver
        self._gaps: list[Gap] = []
        self.interner = interner

    def run(self, tree: Node) -> Lowered:
        pending: list[tuple[Node, bool]] = [(tree, False)]
        done: list[Expr] = []
        while pending:
            node, entered = pending.pop()
            below = children(node)
            if below and not entered:
                pending.append((node, True))
                pending.extend((child, False) for child in reversed(below))
                continue
            first = len(done) - len(below)
            args = tuple(done[first:])
            del done[first:]
            done.append(self._node(node, args))
        return Lowered(done[0], tuple(self._gaps))

    def free(self, node: Node, args: tuple[Expr, ...], type_: Type, kind: FreeKind = FreeKind.OPAQUE) -> Expr:
        text = self._source.text[node.span.start : node.span.end]
        return self.interner.free(Free(text, type_, kind, self._source.place, text, reads(args)))

    def reading(self, node: Node, args: tuple[Expr, ...]) -> Expr:
        text = self._source.text[node.span.start : node.span.end]
        return self._open(f"compared as text: {text}", text, args)

    def _open(self, name: str, text: str, args: tuple[Expr, ...]) -> Expr:
        return self.interner.free(Free(name, Type.BOOLEAN, FreeKind.OPAQUE, self._source.place, text, reads(args)))

    def _node(self, node: Node, args: tuple[Expr, ...]) -> Expr:
        match node:
            case Reference():
                return self._reference(node)
            case Call():
                return self._call(node, args)
            case Binary():
                return binary(self, node, *args)
            case Unary():
                return unary(self, node, *args)
            case _:
                return self._literal(node)

    def _literal(self, node: Number | Text | Boolean | Null) -> Const:
        match node:
            case Number(value=value):
                return self.interner.const(Decimal(value), Type.NUMBER)
            case Text(value=value):
                return self.interner.const(value, Type.TEXT)
            case Boolean(value=value):
                return self.interner.const(value, Type.BOOLEAN)
            case Null():
                return self.interner.const(None, Type.UNKNOWN)

    def _reference(self, node: Reference) -> Expr:
        if node.name.lower().startswith("$objecttype."):
            # It names a field for VLOOKUP and has no value of its own.
            return self.interner.const(node.name, Type.TEXT)
        resolved = self._resolver.resolve(node.path, node.span)
        if resolved is None:
            diagnostic = Diagnostic(Problem.UNRESOLVED, f"nothing is known of {node.name}", node.span)
            # It may well be a field of the record; only a global is known to be none.
            field = self.interner.field(AFTER, node.path, Type.UNKNOWN)
            return self._gap(diagnostic, node, () if node.name.startswith("$") else (field,))
        if resolved.type is Type.BOOLEAN:
            # A formula field that gives a blank Boolean holds FALSE, as every checkbox does.
            return truth(resolved, self.interner)
        return self._zeroed(node, resolved) if self._source.blanks is BlankMode.ZERO else resolved

    def _zeroed(self, node: Reference, resolved: Expr) -> Expr:
        """Read a blank number as zero; where nobody knows whether it is a number, leave both open."""
        if resolved.type not in (Type.NUMBER, Type.UNKNOWN):
            return resolved
        zeroed = self.interner.call(
            "BLANKVALUE", (resolved, self.interner.const(Decimal(0), Type.NUMBER)), resolved.type
        )
        if resolved.type is Type.NUMBER:
            return zeroed
        is_number = self._open(f"a number: {node.name}", node.name, (resolved,))
        return self.interner.call(Primitive.IF, (is_number, zeroed, resolved), Type.UNKNOWN)

    def _call(self, node: Call, args: tuple[Expr, ...]) -> Expr:
        diagnostic = check_call(node, self._source.context)
        if diagnostic is None and node.name.upper() in _UNSUPPORTED:
            message = f"{node.name.upper()} is not evaluated"
            diagnostic = Diagnostic(Problem.UNSUPPORTED, message, node.span)
        if diagnostic is not None:
            return self._gap(diagnostic, node, args)
        return function(self, node, args)

    def _gap(self, diagnostic: Diagnostic, node: Node, args: tuple[Expr, ...]) -> Expr:
        atom = self.free(node, args, Type.UNKNOWN)
        assert isinstance(atom, Free)
        self._gaps.append(Gap(diagnostic, atom))
        return atom
