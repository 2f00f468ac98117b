"""Guards put together from smaller ones, with what a literal decides left out."""

from collections.abc import Iterable

from sfoptlint.core.expr import Call, Const, Expr, Interner, Primitive, Type

_AND, _OR, _NOT, _IF = Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.IF
_BOOLEAN = Type.BOOLEAN
_WIDE = 16
"""A longer chain is nested: a path condition that grows by one conjunct at a time would else be copied whole each time."""


def true(interner: Interner) -> Const:
    """Return the guard that always holds."""
    return interner.const(True, _BOOLEAN)


def false(interner: Interner) -> Const:
    """Return the guard that never holds."""
    return interner.const(False, _BOOLEAN)


def all_of(guards: Iterable[Expr], interner: Interner) -> Expr:
    """Return the guard that holds where each of these does; of none, always. Each is TRUE or FALSE."""
    return _chain(_AND, guards, interner, decides=False)


def any_of(guards: Iterable[Expr], interner: Interner) -> Expr:
    """Return the guard that holds where one of these does; of none, never. Each is TRUE or FALSE."""
    return _chain(_OR, guards, interner, decides=True)


def one_of(guards: Iterable[Expr], interner: Interner) -> Expr:
    """Return what `any_of` does, of very many guards: in groups, for whoever evaluates them looks through each group anew."""
    left = list(dict.fromkeys(guard for guard in guards if guard is not false(interner)))
    if len(left) <= _WIDE or true(interner) in left:
        return any_of(left, interner)
    while len(left) > 1:
        groups = (tuple(left[at : at + _WIDE]) for at in range(0, len(left), _WIDE))
        left = [group[0] if len(group) == 1 else interner.call(_OR, group, _BOOLEAN) for group in groups]
    return left[0]


def not_(guard: Expr, interner: Interner) -> Expr:
    """Return the guard that holds where this one does not; it is TRUE or FALSE."""
    if isinstance(guard, Const):
        return interner.const(guard.value is not True, _BOOLEAN)
    if isinstance(guard, Call) and guard.op == _NOT and guard.args[0].type is _BOOLEAN:
        return guard.args[0]
    return interner.call(_NOT, (guard,), _BOOLEAN)


def choose(condition: Expr, yes: Expr, no: Expr, interner: Interner) -> Expr:
    """Return the value that is the one where the condition is TRUE, and else the other."""
    if isinstance(condition, Const):
        return yes if condition.value is True else no
    if yes is no:
        return yes
    type_ = yes.type if yes.type is no.type else Type.UNKNOWN
    return interner.call(_IF, (condition, yes, no), type_)


def _chain(op: Primitive, guards: Iterable[Expr], interner: Interner, *, decides: bool) -> Expr:
    kept: dict[Expr, None] = {}
    for guard in guards:
        if isinstance(guard, Const):
            if (guard.value is True) is decides:
                return interner.const(decides, _BOOLEAN)
        elif isinstance(guard, Call) and guard.op == op and len(guard.args) <= _WIDE:
            kept.update(dict.fromkeys(guard.args))
        else:
            kept[guard] = None
    if not kept:
        return interner.const(not decides, _BOOLEAN)
    if len(kept) == 1:
        return next(iter(kept))
    return interner.call(op, tuple(kept), _BOOLEAN)
