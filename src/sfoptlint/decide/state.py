"""What is known of every slot at one point of the search, and the narrowing of it to a fixed point."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import Final

from sfoptlint.core.expr import Type
from sfoptlint.decide.domain import (
    ERROR,
    ORDERED,
    Abstract,
    Domain,
    as_domain,
    as_mask,
    empty,
    meet,
)
from sfoptlint.decide.exact import Exact
from sfoptlint.decide.program import RELATION, Program

Forward = Callable[["State", int], Abstract]
Backward = Callable[["State", int], None]

_TURNS: Final = 24
"""How often one slot's news is passed on: bounds chase each other in circles on `F < G` and `G < F`, and two slots alone
must not use up what all of them may take. Stopping early only leaves more to search."""


class Conflict(Exception):  # noqa: N818 - it is no error: nothing is left here, the search goes elsewhere
    """Some slot can have no value."""


class Rules:
    """How each slot is computed from its operands, and what its value says of them."""

    __slots__ = ("backward", "exact", "forward", "ordered", "program", "zone")

    def __init__(
        self, program: Program, exact: Exact, forward: Mapping[str, Forward], backward: Mapping[str, Backward]
    ) -> None:
        self.program = program
        self.exact = exact
        self.zone = exact.zone
        self.forward = [forward.get(op, forward[""]) for op in program.ops]
        self.backward = [backward.get(op, backward[""]) for op in program.ops]
        self.ordered = {
            slot: (slot, *_below(program, slot)) for slot in range(len(program)) if _is_ordered(program, slot)
        }
        """Comparisons and differences of values that have an order, with what their bounds on each other rest on."""


class State:
    """The domains of all slots; a copy is a point of the search."""

    __slots__ = ("_changed", "_users", "agreed", "domains", "exact", "narrowed", "open", "program", "rules")

    def __init__(self, rules: Rules, domains: list[Abstract], narrowed: set[int], users: list[list[int]]) -> None:
        self.rules = rules
        self._users = users
        self.program = rules.program
        self.exact = rules.exact
        self.domains = domains
        self.narrowed = narrowed
        self.open: dict[int, tuple[Abstract, ...]] = {}
        """Slots that did not follow from their operands when these domains, of the operands and their own, were known."""
        self.agreed: dict[int, tuple[Abstract, ...]] = {}
        """The settled orderings that were last found not to contradict each other, with the domains that they rested on."""
        self._changed: list[int] = []

    def copy(self, users: list[list[int]] | None = None) -> "State":
        """Return an independent copy; one that passes news on to these users alone, where they are given."""
        other = State(self.rules, self.domains.copy(), self.narrowed.copy(), self._users if users is None else users)
        other.open, other.agreed = self.open.copy(), self.agreed
        return other

    def mask(self, slot: int) -> int:
        """Return what a slot may be as a Boolean."""
        return as_mask(self.domains[slot])

    def domain(self, slot: int) -> Domain:
        """Return what a slot may be as a domain."""
        return as_domain(self.domains[slot])

    def type(self, slot: int) -> Type:
        """Return the type of a slot's value."""
        return self.program.types[slot]

    def narrow(self, slot: int, allowed: Abstract) -> None:
        """Keep only what is allowed, for a reason that its operands do not give; raises `Conflict`."""
        if self._keep(slot, allowed):
            self.narrowed.add(slot)

    def clear_error(self, slot: int) -> None:
        """Say that a slot was evaluated and gave a value."""
        domain = self.domains[slot]
        if isinstance(domain, int):
            if self.program.ops[slot] == "relation":
                self.narrow(slot, 63)
            elif domain & ERROR:
                self.narrow(slot, domain & ~ERROR)
        elif domain.error:
            self.narrow(slot, domain._replace(error=False))

    def compute(self, slot: int) -> Abstract:
        """Return what the operands of a slot allow it to be."""
        return self.rules.forward[slot](self, slot)

    def settle(self) -> None:
        """Narrow until nothing changes any more; raises `Conflict`."""
        forward, backward, narrowed = self.rules.forward, self.rules.backward, self.narrowed
        turns: dict[int, int] = {}
        # What all of its changed operands make of a slot is computed once, after what is below it.
        stale: list[int] = []
        waiting: set[int] = set()
        while True:
            self._pass_on(turns, stale, waiting)
            if not stale:
                return
            slot = heappop(stale)
            waiting.discard(slot)
            self._keep(slot, forward[slot](self, slot))
            if slot in narrowed:
                backward[slot](self, slot)

    def _pass_on(self, turns: dict[int, int], stale: list[int], waiting: set[int]) -> None:
        users, backward, narrowed, changed = self._users, self.rules.backward, self.narrowed, self._changed
        while changed:
            slot = changed.pop()
            turn = turns[slot] = turns.get(slot, 0) + 1
            if turn > _TURNS:
                continue
            # A slot that follows from its operands says nothing about them that they do not say themselves.
            if slot in narrowed:
                backward[slot](self, slot)
            for user in users[slot]:
                if user not in waiting:
                    waiting.add(user)
                    heappush(stale, user)

    def _keep(self, slot: int, allowed: Abstract) -> bool:
        known = self.domains[slot]
        if isinstance(known, int):
            left: Abstract = known & as_mask(allowed)
            if left == known:
                return False
            if not left:
                raise Conflict
        else:
            left = meet(known, as_domain(allowed))
            if left == known:
                return False
            if empty(left):
                raise Conflict
        self.domains[slot] = left
        self._changed.append(slot)
        return True


def _below(program: Program, slot: int) -> Iterator[int]:
    """Yield the operands of a comparison, and of the sums and differences that these are."""
    pending = list(program.args[slot])
    while pending:
        arg = pending.pop()
        yield arg
        if program.ops[arg] in ("+", "-"):
            pending.extend(program.args[arg])


def _is_ordered(program: Program, slot: int) -> bool:
    if program.ops[slot] not in (RELATION, "-"):
        return False
    types = {program.types[arg] for arg in program.args[slot]}
    return len(types) == 1 and types <= ORDERED


def first_state(rules: Rules, realms: Mapping[int, Abstract], known: Iterable[Abstract]) -> State:
    """Return what each slot may be when nothing is asked of any; of the first slots it is known already."""
    domains = list(known)
    state = State(rules, domains, set(), rules.program.users)
    for slot in range(len(domains), len(rules.program)):
        # Each slot is computed from those before it.
        domains += (realms[slot] if slot in realms else state.compute(slot),)
    return state
