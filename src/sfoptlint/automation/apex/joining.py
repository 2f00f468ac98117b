"""How ways meet.

States are merged where ways meet and never enumerated: a trigger of n independent conditions has 2^n ways, and one merged state.
Two states share the beginning of their paths, and what differs behind it says which of the two a joined value comes from.
"""

from collections.abc import Iterable
from itertools import pairwise

from sfoptlint.automation.apex.alternatives import met
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Store
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.core.expr import Expr


def join(state: State, *others: State) -> None:
    """Let a state become the one after it and the others meet."""
    state.become(joined((state, *others), state))


def joined(states: Iterable[State], like: State) -> State:
    """Return the state in which all of these meet; a dead one where none of them is alive."""
    alive = [state for state in states if not state.dead]
    if not alive:
        dead = like.fork()
        dead.kill()
        return dead
    ways = _in_order(alive)
    shared = [_common(one.path or (), other.path or ()) for one, other in pairwise(ways)]
    while shared:
        # Whose ways parted last meet first; that leaves alone what the others share with them.
        at = max(range(len(shared)), key=shared.__getitem__)
        ways[at : at + 2] = [_met(ways[at], ways[at + 1], shared.pop(at))]
    return ways[0]


def gathered(states: list[State], like: State) -> State:
    """Return the state in which ways of a kind meet that leave a row of statements one after the other, as exceptions do.

    Halves of the row are put together: to add one way after the other would choose each variable anew as often as there are ways.
    """
    if len(states) <= 2:
        return joined(states, like)
    half = len(states) // 2
    return joined((gathered(states[:half], like), gathered(states[half:], like)), like)


def _in_order(states: list[State]) -> list[State]:
    """Return the states so that those which share a beginning stand beside each other."""
    if len(states) <= 2:
        return states
    seen: dict[Expr, int] = {}
    numbers = [tuple([seen.setdefault(part, len(seen)) for part in state.path or ()]) for state in states]
    return [states[at] for at in sorted(range(len(states)), key=numbers.__getitem__)]


def _common(left: tuple[Expr, ...], right: tuple[Expr, ...]) -> int:
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        shared += 1
    return shared


def _met(one: State, other: State, shared: int) -> State:
    """Return the state in which two meet whose ways have so many conditions in common from the beginning."""
    if one.begun is not other.begun:
        one.catch_up(other)
        other.catch_up(one)
    terms = one.terms
    left, right = one.path or (), other.path or ()
    mine, theirs = terms.all(*left[shared:]), terms.all(*right[shared:])
    result = one.common(other, left[:shared])
    rest = terms.any(mine, theirs)
    if not _complementary(mine, theirs, terms):
        result.assume(rest)
    result.store = _stores(mine, one, other)
    return result


def _complementary(one: Expr, other: Expr, terms: Terms) -> bool:
    return terms.no(one) is other or terms.no(other) is one


def _stores(condition: Expr, one: State, other: State) -> Store:
    store = other.store.fork()
    for key, mine, theirs in one.store.differing(other.store):
        store[key] = mine if theirs is None else met(condition, mine, theirs, one.terms)
    return store
