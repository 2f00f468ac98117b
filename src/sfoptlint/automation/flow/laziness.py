"""When a formula reads one of its parts: IF takes one branch, AND and OR stop at what decides them."""

from collections.abc import Sequence

from sfoptlint.core.expr import Call, Expr, Interner, Primitive, nodes, operands
from sfoptlint.core.logic import all_of, any_of, false, not_, true
from sfoptlint.lang.formula.building import truth


def read_when(expr: Expr, part: Expr, interner: Interner) -> Expr:
    """Return the guard under which evaluating the expression reads the part; always where the part was folded away."""
    reading = _Reading(part, interner)
    for node in nodes(expr):
        reading.note(node)
    return reading.of(expr) if reading.met else true(interner)


class _Reading:
    """The guards of a formula's nodes, from below."""

    def __init__(self, part: Expr, interner: Interner) -> None:
        self._part = part
        self._interner = interner
        self._never = false(interner)
        self._known: dict[Expr, Expr] = {}
        self.met = False

    def note(self, expr: Expr) -> None:
        """Note the guard of one node, after those below it."""
        if expr is self._part:
            self.met = True
            self._known[expr] = true(self._interner)
        elif all(self._known[operand] is self._never for operand in operands(expr)):
            self._known[expr] = self._never
        else:
            self._known[expr] = any_of(self._ways(expr), self._interner)

    def of(self, expr: Expr) -> Expr:
        """Return the guard of a node."""
        return self._known[expr]

    def _ways(self, expr: Expr) -> Sequence[Expr]:
        if not isinstance(expr, Call):
            return ()
        match expr.op, expr.args:
            case Primitive.IF, (condition, yes, no):
                holds = truth(condition, self._interner)
                return (
                    self.of(condition),
                    all_of((holds, self.of(yes)), self._interner),
                    all_of((not_(holds, self._interner), self.of(no)), self._interner),
                )
            case (Primitive.AND | Primitive.OR) as op, args:
                return self._in_turn(args, stops_at=op == Primitive.OR)
        return [self.of(operand) for operand in operands(expr)]

    def _in_turn(self, args: Sequence[Expr], *, stops_at: bool) -> list[Expr]:
        ways: list[Expr] = []
        before: list[Expr] = []
        for arg in args:
            ways.append(all_of((*before, self.of(arg)), self._interner))
            holds = truth(arg, self._interner)
            before.append(not_(holds, self._interner) if stops_at else holds)
        return ways
