"""Guards and operators in the core form, each put together once and folded as it is made."""

from datetime import UTC
from decimal import Decimal

from sfoptlint.core.expr import Call, Const, Expr, Interner, Primitive, Type, Value
from sfoptlint.core.logic import all_of, any_of, choose, not_
from sfoptlint.decide.simplify import simplified

_TYPES = {bool: Type.BOOLEAN, str: Type.TEXT, Decimal: Type.NUMBER}


class Guards:
    """Makes literals, guards and operators."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner
        self.true = interner.const(True, Type.BOOLEAN)
        self.false = interner.const(False, Type.BOOLEAN)
        self.null = interner.const(None, Type.UNKNOWN)
        self._all: dict[tuple[Expr, ...], Expr] = {}
        self._any: dict[tuple[Expr, ...], Expr] = {}
        self._negated: dict[Expr, Expr] = {}

    def const(self, value: Value) -> Const:
        """Return a literal."""
        return self.interner.const(value, _TYPES.get(type(value), Type.UNKNOWN))

    def number(self, value: int) -> Const:
        """Return a whole number."""
        return self.const(Decimal(value))

    def all(self, *guards: Expr) -> Expr:
        """Return the guard that holds where each does."""
        known = self._all.get(guards)
        if known is None:
            joined = all_of(guards, self.interner)
            known = self._all[guards] = self.false if _disagrees(joined, Primitive.AND) else joined
        return known

    def any(self, *guards: Expr) -> Expr:
        """Return the guard that holds where one does."""
        known = self._any.get(guards)
        if known is None:
            joined = any_of(guards, self.interner)
            known = self._any[guards] = self.true if _disagrees(joined, Primitive.OR) else joined
        return known

    def no(self, guard: Expr) -> Expr:
        """Return the guard that holds where this one does not."""
        known = self._negated.get(guard)
        if known is None:
            known = self._negated[guard] = not_(guard, self.interner)
            self._negated.setdefault(known, guard)
        return known

    def choose(self, condition: Expr, yes: Expr, no: Expr) -> Expr:
        """Return the one value where the condition holds, else the other; of two conditions, a condition."""
        if yes is no:
            return yes
        if isinstance(yes, Const) and isinstance(no, Const) and yes.value is True and no.value is False:
            return condition
        if isinstance(yes, Const) and isinstance(no, Const) and yes.value is False and no.value is True:
            return self.no(condition)
        if yes.type is Type.BOOLEAN and no.type is Type.BOOLEAN:
            if isinstance(yes, Const):
                return self.any(condition, no) if yes.value is True else self.all(self.no(condition), no)
            if isinstance(no, Const):
                return self.any(self.no(condition), yes) if no.value is True else self.all(condition, yes)
        return choose(condition, yes, no, self.interner)

    def call(self, op: str, args: tuple[Expr, ...], type_: Type, *, ci: bool = False) -> Expr:
        """Return an operator over operands, computed where they are literals."""
        node = self.interner.call(op, args, type_, ci=ci)
        return simplified(node, args, self.interner, UTC)


def _disagrees(joined: Expr, op: Primitive) -> bool:
    """Whether a condition and its negation stand side by side."""
    if not isinstance(joined, Call) or joined.op != op:
        return False
    negated = [arg.args[0] for arg in joined.args if isinstance(arg, Call) and arg.op == Primitive.NOT]
    return bool(negated) and not set(joined.args).isdisjoint(negated)
