"""What the other records of a chunk add: what one of them sets can reject another one, or undo its box.

One record stands for the chunk where records do not meet. Where they do (a flag that one sets and the next one reads, a second
record of the same e-mail address) the trigger is walked once more with three records, and what that adds counts. A trigger of
three records is the same for each of them, so that what happens to the one by itself is no addition.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.automation import Do, Effect, MayFail, Unknown, Write
from sfoptlint.core.expr import AFTER, Call, Expr, Field, FreeKind, Primitive, RecordRef, Type, nodes, substitute_all
from sfoptlint.core.location import Place


def added(alone: Run, company: Run, at: Place) -> list[Effect]:
    """Return what happens to the record in company that does not happen where it is alone."""
    terms, many = alone.terms, holds_more(alone.terms, at)
    known: dict[object, list[frozenset[Expr]]] = {}
    for effect in alone.effects:
        known.setdefault(_site(effect, effect.do), []).append(_parts(effect.guard))
    found = [e for e in company.effects if not isinstance(e.do, MayFail)]
    views = [_seen_from(record, found, terms) for record in OTHERS]
    fresh = {id(e) for e in found if not _is_known(e, known, views)}
    writes = any(id(e) in fresh and isinstance(e.do, Write) for e in found)  # the last one wins: all of them, or none
    kept = [e for e in found if id(e) in fresh or (writes and isinstance(e.do, Write))]
    return [replace(effect, guard=terms.all(many, effect.guard)) for effect in kept]


def holds_more(terms: Terms, at: Place) -> Expr:
    """Return the condition under which the record is in company; `at` is where the trigger stands."""
    return terms.free("the chunk holds more", Type.BOOLEAN, FreeKind.OTHER, at, "the chunk holds other records too")


def _site(effect: Effect, do: Do) -> object:
    match do:
        case Write(value=value):
            return effect.at, effect.timing, value
        case Unknown(reason=reason):
            return effect.at, effect.timing, reason
    return effect.at, effect.timing, type(do)


def _parts(guard: Expr) -> frozenset[Expr]:
    if isinstance(guard, Call) and guard.op == Primitive.AND:
        return frozenset(guard.args)
    return frozenset(() if getattr(guard, "value", None) is True else (guard,))


def _is_known(effect: Effect, known: dict[object, list[frozenset[Expr]]], views: Iterable[Mapping[Expr, Expr]]) -> bool:
    for guard, do in _seen_from_each(effect, views):
        parts = _parts(guard)
        if any(one <= parts for one in known.get(_site(effect, do), ())):
            return True
    return False


def _seen_from_each(effect: Effect, views: Iterable[Mapping[Expr, Expr]]) -> Iterator[tuple[Expr, Do]]:
    """Yield the effect as it is, and as it would be if another record of the chunk were the one asked about."""
    do = effect.do
    yield effect.guard, do
    for view in views:
        yield view[effect.guard], Write(view[do.value]) if isinstance(do, Write) else do


def _seen_from(record: RecordRef, effects: Iterable[Effect], terms: Terms) -> Mapping[Expr, Expr]:
    """Return each node of the effects as it would be if this record were the one asked about: guards share most of theirs."""
    roots = [e.guard for e in effects] + [e.do.value for e in effects if isinstance(e.do, Write)]
    own: dict[Expr, Expr] = {
        node: terms.interner.field(AFTER, node.path, node.type)
        for node in nodes(*roots)
        if isinstance(node, Field) and node.record == record
    }
    return substitute_all(roots, own, terms.interner)
