"""What records of a chunk spend less often than each of them, by what three of them spend.

A flag that the first record sets shuts the way for all others; a set of the accounts seen so far, for those of the same account.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.frames import Shared
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.core.expr import AFTER, Call, Const, Expr, Field, Primitive, nodes, substitute_all
from sfoptlint.core.location import Place

_MOST = 12
"""Ways to one place that are held against each other; where there are more it counts for each record."""
_LOGIC = frozenset({Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.IF, Primitive.SAME})


def shared(alone: Run, company: Run) -> Shared:
    """Return what three records, walked one after the other, do not spend each, of what one spends in a loop over the chunk."""
    if company.exhausted:
        return Shared()
    looped = {(one.what, one.at) for one in alone.spent if one.looped}
    spent: dict[tuple[str, Place], list[Expr]] = {}
    for one in company.spent:
        if (one.what, one.at) in looped and all(company.gone_round[loop] > 1 for loop in one.loops):
            # Else its records were not walked one by one.
            spent.setdefault((one.what, one.at), []).append(one.guard)
    few = {key: guards for key, guards in spent.items() if len(guards) <= _MOST}
    once = {key for key, guards in few.items() if all(_exclude(*pair) for pair in combinations(guards, 2))}
    apart = {key for key, guards in few.items() if any(_exclude(g, g) for g in _alike(guards, company.terms))}
    return Shared(frozenset(once), frozenset(apart - once))


def _exclude(one: Expr, other: Expr) -> bool:
    """Whether conditions cannot hold together, as far as their parts say of each other."""
    facts = [_fact(part) for part in (*_parts(one), *_parts(other))]
    known = dict(facts)
    if any(known[part] is not holds for part, holds in facts):
        return True
    truths = _Truths(known)
    return any(truths.inside(part) is (not holds) for part, holds in facts)


def _parts(condition: Expr) -> tuple[Expr, ...]:
    return condition.args if isinstance(condition, Call) and condition.op == Primitive.AND else (condition,)


def _fact(part: Expr) -> tuple[Expr, bool]:
    """Return what a part says: of a condition that it holds, or that it does not."""
    if isinstance(part, Call) and part.op == Primitive.NOT:
        return part.args[0], False
    return part, True


def _alike(guards: Iterable[Expr], terms: Terms) -> Iterator[Expr]:
    """Yield the conditions as they are where the records are alike."""
    guards = tuple(guards)
    own: dict[Expr, Expr] = {
        node: terms.interner.field(AFTER, node.path, node.type)
        for node in nodes(*guards)
        if isinstance(node, Field) and node.record in OTHERS
    }
    made = substitute_all(guards, own, terms.interner)
    yield from (made[guard] for guard in guards)


class _Truths:
    """What conditions are where some are known, each looked at once: they share most of their parts."""

    def __init__(self, known: Mapping[Expr, bool]) -> None:
        self._found: dict[Expr, bool | None] = dict(known)

    def of(self, expr: Expr) -> bool | None:
        """Return what a condition is, by what is known or because two operands are the same; None where that does not say."""
        if expr not in self._found:
            self._found[expr] = self.inside(expr)
        return self._found[expr]

    def inside(self, expr: Expr) -> bool | None:
        """Return the same by its operands alone."""
        if isinstance(expr, Const):
            return expr.value is True
        if not isinstance(expr, Call) or expr.op not in _LOGIC:
            return None
        if expr.op == Primitive.SAME:
            return True if expr.args[0] is expr.args[1] else None
        if expr.op == Primitive.IF:
            condition = self.of(expr.args[0])
            return None if condition is None else self.of(expr.args[1 if condition else 2])
        found = [self.of(arg) for arg in expr.args]
        if expr.op == Primitive.NOT:
            return None if found[0] is None else not found[0]
        decisive = expr.op == Primitive.OR
        return decisive if decisive in found else None if None in found else not decisive
