"""Search for values that make the goals hold, narrowing at every node.

A node is a choice: an operand of OR that is to be TRUE, or the value of a variable. A choice between the outcomes of a Boolean
leaves nothing out, so that a search that ends without a choice among endless values is a proof that there are none.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from sfoptlint.core.expr import Primitive, Value
from sfoptlint.decide.candidates import Candidates
from sfoptlint.decide.differences import contradict
from sfoptlint.decide.domain import (
    BLANK,
    ERROR,
    FALSE,
    TRUE,
    Abstract,
    Domain,
    exactly,
    outcomes,
    single,
    within,
)
from sfoptlint.decide.program import CLOCK, VARIABLE, users_below
from sfoptlint.decide.state import Conflict, Rules, State, first_state

Assignment = Mapping[int, Value]
Confirm = Callable[[Assignment], bool]
Goal = tuple[int, int]
"""A slot and the mask that it is to have."""
_Choice = tuple[int, Abstract]

_LOGIC: Final[frozenset[str]] = frozenset({Primitive.AND, Primitive.OR, Primitive.IF})
_FEW: Final = 64


class Outcome(StrEnum):
    """How a search ended."""

    FOUND = "found"
    NONE = "none"
    """Proved: there is no such world."""
    OPEN = "open"
    """The budget is used up, or the candidates are."""


class Found(NamedTuple):
    """The end of a search: its outcome, the variables' values by slot, and the nodes that it took."""

    outcome: Outcome
    values: Assignment
    nodes: int


class Search:
    """Searches of one program, from one starting point."""

    __slots__ = ("_budget", "_candidates", "_complete", "_eager", "_start", "_users", "_variables")

    def __init__(
        self,
        rules: Rules,
        realms: Mapping[int, Abstract],
        candidates: Candidates,
        budget: int,
        known: Sequence[Abstract] = (),
    ) -> None:
        """Begin with what is known of the program's first slots, where another search of them began."""
        self._candidates = candidates
        self._budget = budget
        self._complete = True
        self._eager = False
        self._variables = tuple(realms)
        self._start = first_state(rules, realms, known)
        self._users: dict[frozenset[int], list[list[int]]] = {}

    def possible(self, slot: int) -> int:
        """Return the mask of a slot before any search."""
        return self._start.mask(slot)

    @property
    def start(self) -> Sequence[Abstract]:
        """What each slot may be before any search."""
        return self._start.domains

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return len(self._variables)

    def refutes(self, goals: tuple[Goal, ...]) -> bool:
        """Whether narrowing alone shows that the goals cannot hold together."""
        return not _narrowed(self._towards(goals), goals)

    def plainest(self) -> Assignment:
        """Return a plain value for every variable that has one."""
        return self._plain_values(self._start)

    def run(self, goals: tuple[Goal, ...], confirm: Confirm) -> Found:
        """Search for values under which every goal holds; `confirm` has the last word.

        Conditions are split before variables are given values, which makes proofs; where that takes too long, values first.
        """
        found = self._run(goals, confirm, eager=False)
        if found.nodes < self._budget:
            return found
        again = self._run(goals, confirm, eager=True)
        return Found(again.outcome, again.values, found.nodes + again.nodes)

    def _run(self, goals: tuple[Goal, ...], confirm: Confirm, *, eager: bool) -> Found:
        self._complete = True
        self._eager = eager
        first = self._towards(goals)
        stack: list[tuple[State, list[_Choice]]] = []
        nodes = 0
        state: State | None = first if _narrowed(first, goals) else None
        while True:
            nodes += 1
            if state is not None:
                choices = self._open(state)
                if choices is None:
                    pass  # a dead end
                elif choices:
                    stack.append((state, choices))
                else:
                    values = self._assign(state)
                    if values is not None and confirm(values):
                        return Found(Outcome.FOUND, values, nodes)
                    self._complete = self._complete and self._is_empty(state)
            while stack and not stack[-1][1]:
                stack.pop()
            if not stack:
                return Found(Outcome.NONE if self._complete else Outcome.OPEN, {}, nodes)
            if nodes >= self._budget:
                return Found(Outcome.OPEN, {}, nodes)
            parent, choices = stack[-1]
            choice = choices.pop(0)
            child = parent if not choices else parent.copy()
            state = child if _narrowed(child, (choice,)) else None

    def _towards(self, goals: tuple[Goal, ...]) -> State:
        """Return the starting point, from which news reaches what the goals ask about and nothing else."""
        slots = frozenset(slot for slot, _ in goals)
        if slots >= self._start.program.roots:
            return self._start.copy()
        users = self._users.get(slots)
        if users is None:
            users = self._users[slots] = users_below(self._start.program, slots)
        return self._start.copy(users)

    def _open(self, state: State) -> list[_Choice] | None:
        """Return the alternatives of the next choice: none where every narrowed slot follows from its operands.

        None is a dead end: a variable without candidates, or comparisons that contradict each other taken together.
        """
        waiting: int | None = None
        for slot in sorted(state.narrowed, reverse=True):
            if not state.program.args[slot] or _follows(state, slot):
                state.narrowed.discard(slot)
            elif state.program.ops[slot] in _LOGIC and (state.program.boolean[slot] or not self._eager):
                return _operand(state, slot) or self._variable(state, slot)
            else:
                waiting = slot
        if waiting is None:
            return []
        choices = [] if self._eager else _operand(state, waiting)
        if not choices and contradict(state):
            return None
        return choices or self._variable(state, waiting)

    def _variable(self, state: State, slot: int) -> list[_Choice] | None:
        variable = _next_variable(state, slot)
        if variable is None:
            # Nothing is left to choose and the slot still does not follow: its rule is too coarse to tell.
            state.narrowed.discard(slot)
            return self._open(state)
        domain = state.domains[variable]
        if isinstance(domain, int):
            return [(variable, bit) for bit in (FALSE, TRUE, BLANK) if domain & bit]
        grid = self._candidates.grid(variable, domain)
        if domain.error or (grid is None and outcomes(domain, _FEW) is None):
            self._complete = False
        values = self._candidates.values(variable, domain) if grid is None else grid
        choices: list[_Choice] = [(variable, exactly(None))] if domain.blank else []
        choices.extend((variable, exactly(value)) for value in values)
        return choices or None

    def _is_empty(self, state: State) -> bool:
        """Whether some variable has no value between its bounds: no whole number lies between 5 and 6."""
        domains = ((variable, state.domains[variable]) for variable in self._variables)
        return any(not isinstance(known, int) and self._candidates.grid(slot, known) == [] for slot, known in domains)

    def _assign(self, state: State) -> Assignment | None:
        values = self._plain_values(state)
        return values if len(values) == len(self._variables) else None

    def _plain_values(self, state: State) -> dict[int, Value]:
        values: dict[int, Value] = {}
        for variable in self._variables:
            domain = state.domains[variable]
            if isinstance(domain, int):
                values[variable] = False if domain & FALSE else True if domain & TRUE else None
                continue
            value = self._candidates.plainest(variable, domain)
            if value is not None or domain.blank:
                values[variable] = value
        return values


def _narrowed(state: State, goals: tuple[_Choice, ...]) -> bool:
    try:
        for slot, allowed in goals:
            state.narrow(slot, allowed)
        state.settle()
    except Conflict:
        return False
    return True


def _follows(state: State, slot: int) -> bool:
    domains = state.domains
    asked = (domains[slot], *[domains[arg] for arg in state.program.args[slot]])
    if state.open.get(slot) == asked:
        return False
    if _is_within(state.compute(slot), domains[slot]):
        return True
    state.open[slot] = asked
    return False


def _is_within(computed: Abstract, known: Abstract) -> bool:
    if isinstance(known, int):
        mask = computed if isinstance(computed, int) else 0
        return isinstance(computed, int) and not mask & ~known
    return isinstance(computed, Domain) and within(computed, known)


def _operand(state: State, slot: int) -> list[_Choice]:
    """Split the outcomes of the first Boolean operand that is open: TRUE first, unless the slot must not be TRUE."""
    last = state.program.ops[slot] == Primitive.AND
    open_ = [arg for arg in state.program.args[slot] if _is_open(state, slot, arg)]
    if not open_:
        return []
    # IF has but its condition to split; of several operands the simplest is the plainest reason.
    arg = open_[0] if state.program.ops[slot] == Primitive.IF else min(open_, key=state.program.depths.__getitem__)
    known = state.mask(arg)
    first = _first_bit(known, last)
    return [(arg, first), (arg, known & ~first)]


def _is_open(state: State, slot: int, arg: int) -> bool:
    known = state.domains[arg]
    if not isinstance(known, int) or not known & (known - 1):
        return False
    return state.program.ops[slot] not in _LOGIC or bool(known & ~(FALSE | BLANK))


def _first_bit(known: int, true_last: bool) -> int:
    order = (FALSE, BLANK, TRUE, ERROR) if true_last else (TRUE, FALSE, BLANK, ERROR)
    return next((bit for bit in order if known & bit), known & -known)


def _next_variable(state: State, slot: int) -> int | None:
    """Return an open variable below the slot: the clock first, then one with few values, then the first."""
    best: tuple[int, int] | None = None
    seen: set[int] = set()
    pending = [slot]
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        pending.extend(state.program.args[node])
        if state.program.ops[node] in (VARIABLE, CLOCK):
            cost = _cost(state, node)
            if cost is not None and (best is None or (cost, node) < best):
                best = (cost, node)
    return None if best is None else best[1]


def _cost(state: State, slot: int) -> int | None:
    domain = state.domains[slot]
    if isinstance(domain, int):
        return 1 if domain & (domain - 1) else None
    if single(domain):
        return None
    if state.program.ops[slot] == CLOCK:
        return 0
    return 2 + (len(domain.values) if domain.values is not None else 1000)
