"""One guard under one scenario: the queries that a decision asks of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sfoptlint.core.expr import Call, Const, Expr, nodes
from sfoptlint.decide.candidates import Candidates
from sfoptlint.decide.decision import Budget
from sfoptlint.decide.domain import BLANK, ERROR, FALSE, TRUE, UNTRUE, Abstract
from sfoptlint.decide.exact import Exact
from sfoptlint.decide.parents import parents
from sfoptlint.decide.program import Leaf, Program, compile_program, extend_program
from sfoptlint.decide.realm import Schema, realm
from sfoptlint.decide.rules import BACKWARD, FORWARD
from sfoptlint.decide.search import Assignment, Found, Goal, Outcome, Search
from sfoptlint.decide.state import Rules
from sfoptlint.decide.update import Update
from sfoptlint.decide.worlds import Worlds
from sfoptlint.evaluate.errors import FormulaError, MissingValueError, TypeMismatchError, UnsupportedError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World


@dataclass(frozen=True, slots=True)
class Guard:
    """A guard with its axioms, as written, and what decides it: the update and the budget.

    `order` are the guard's nodes, each after those below it, and `folded` the same with the update put in; `leaves` are those
    nodes of the guard that read something.
    """

    axioms: tuple[Expr, ...]
    update: Update
    budget: Budget
    order: tuple[Expr, ...]
    leaves: tuple[Leaf, ...]
    folded: tuple[Expr, ...]

    @property
    def expr(self) -> Expr:
        """The guard itself."""
        return self.order[-1]

    def instead(self, expr: Expr) -> "Guard":
        """Return another guard with the same axioms."""
        return self if expr is self.expr else _guard(expr, tuple(nodes(expr)), self.axioms, self.update, self.budget)


def guarded(expr: Expr, axioms: Iterable[Expr], update: Update, budget: Budget) -> Guard:
    """Return the guard with those of the axioms that it can depend on."""
    order = tuple(nodes(expr))
    return _guard(expr, order, update.related(leaves_of(order), axioms), update, budget)


def _guard(expr: Expr, order: tuple[Expr, ...], axioms: tuple[Expr, ...], update: Update, budget: Budget) -> Guard:
    folded = update.folded(expr)
    return Guard(axioms, update, budget, order, leaves_of(order), order if folded is expr else tuple(nodes(folded)))


def leaves_of(order: Iterable[Expr]) -> tuple[Leaf, ...]:
    """Return those of the nodes that read something."""
    return tuple([node for node in order if not isinstance(node, _INNER)])


class Answer(NamedTuple):
    """How a query ended, with the world that answers it."""

    outcome: Outcome
    world: World | None
    nodes: int


class _Share(NamedTuple):
    """Some of the values that an answer may not need; `first` is the half of others that is tried before the other one."""

    slots: list[int]
    needed: bool = False
    first: bool = False


Confirm = Callable[[World, Evaluation], bool]
"""Whether a world, in which the evaluation runs, is what was searched for."""
_INNER = (Call, Const)
_TRIALS = 120
"""Attempts to make a record plainer: of a condition of hundreds of values each takes long."""
_OURS = (TypeMismatchError, MissingValueError, UnsupportedError)
"""Errors that no stored record meets: the compiler refuses the types, the world lacks the value, the evaluator the function."""


class Ground(NamedTuple):
    """What questions about the same records have in common: the guards and their axioms, compiled, and the search over them."""

    axioms: tuple[Expr, ...]
    """The guard's axioms with the update put in."""
    implied: tuple[Expr, ...]
    program: Program
    realms: Mapping[int, Abstract]
    search: Search
    worlds: Worlds

    def goals(self) -> tuple[Goal, ...]:
        """Return that every axiom holds."""
        return tuple((self.program.slots[axiom], TRUE) for axiom in (*self.axioms, *self.implied))


def ground(guard: Guard, beside: Sequence[Expr] = ()) -> Ground:
    """Compile a guard, with the update put in, together with others that it is compared with."""
    axioms = tuple(map(guard.update.folded, guard.axioms))
    order = [*guard.folded, *nodes(*axioms, *beside, but=frozenset(guard.folded))]
    implied = parents(order, guard.update.interner)
    roots = (guard.folded[-1], *axioms, *implied, *beside)
    program = compile_program(roots, order if not implied else list(nodes(*roots)))
    worlds = Worlds((*guard.leaves, *leaves_of(nodes(*guard.axioms))), guard.update.scenario, guard.update.schema)
    realms = _realms(program, guard.update.schema)
    return Ground(axioms, implied, program, realms, _searching(guard, program, realms), worlds)


def beside(known: Ground, guard: Guard) -> Ground:
    """Return a ground on which another guard, which reads nothing else, is asked as well; the one that is known is used up."""
    folded = guard.folded[-1]
    extend_program(known.program, (folded,), list(nodes(folded, but=known.program.slots)))
    return known._replace(search=_searching(guard, known.program, known.realms, known.search.start))


def _searching(
    guard: Guard, program: Program, realms: Mapping[int, Abstract], known: Sequence[Abstract] = ()
) -> Search:
    scenario, schema = guard.update.scenario, guard.update.schema
    rules = Rules(program, Exact(program, scenario.zone), FORWARD, BACKWARD)
    return Search(rules, realms, Candidates(program, schema, scenario.now), guard.budget.nodes, known)


class Question:
    """The guard of one scenario, asked several times."""

    __slots__ = ("_axioms", "_ground", "_guard", "_program", "_search", "_worlds")

    def __init__(self, guard: Guard, given: Ground | None = None) -> None:
        known = self._ground = ground(guard) if given is None else given
        self._guard = guard
        self._program = known.program
        self._search = known.search
        self._worlds = known.worlds
        self._axioms = known.goals()

    @property
    def folded(self) -> Expr:
        """The guard with the update put in."""
        return self._guard.folded[-1]

    @property
    def axioms(self) -> tuple[Expr, ...]:
        """The axioms with the update put in."""
        return self._ground.axioms

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """What is left to read when the update is put in, in the order of the text."""
        return tuple(self._program.leaves.values())

    def refuted(self) -> bool:
        """Whether it takes no search to prove that the guard is never TRUE."""
        return self._search.refutes(((self._slot(), TRUE), *self._axioms))

    def holds(self, *, lightened: bool = True) -> Answer:
        """Ask for a world in which the guard is TRUE; where it is to be shown, one with nothing in it that need not be."""
        return self._ask(TRUE, lightened=lightened)

    def fails(self) -> Answer:
        """Ask for a world in which the guard is an error."""
        return self._ask(ERROR)

    def spares(self) -> Answer:
        """Ask for a world in which the guard is not TRUE, which nobody is shown; the plainest record is tried first."""
        if not self._search.possible(self._slot()) & UNTRUE:
            return Answer(Outcome.NONE, None, 0)
        values = self._search.plainest()
        if len(values) == self._search.variables:
            world = self._worlds.world(self._program, values)
            asked = Evaluation(world)
            if _outcome(self._guard.expr, asked) & UNTRUE and self._axioms_hold(asked):
                return Answer(Outcome.FOUND, world, 1)
        return self._ask(UNTRUE, lightened=False)

    def targets(self, twin: Expr) -> Answer:
        """Ask for a world in which the guard is TRUE, and not TRUE when the same record is saved unchanged."""
        slot = self._program.slots[twin]

        def confirm(world: World, asked: Evaluation) -> bool:
            return _outcome(self._guard.expr, asked) == TRUE and bool(self.outcome(self._worlds.twin(world)) & UNTRUE)

        return self._run(((self._slot(), TRUE), (slot, UNTRUE)), confirm)

    def excluded_by(self, term: Expr, value: bool) -> bool:
        """Whether the guard is proved never TRUE where the term, a node of the folded guard, has the value."""
        slot = self._program.slots.get(term)
        if slot is None:
            return False
        mask = TRUE if value else FALSE | BLANK

        def alone(_: Assignment) -> bool:
            return True

        possible = self._search.run(((slot, mask), *self._axioms), alone).outcome is Outcome.FOUND
        return (
            possible
            and self._search.run(((self._slot(), TRUE), (slot, mask), *self._axioms), alone).outcome is Outcome.NONE
        )

    def outcome(self, world: World) -> int:
        """Return what the evaluator makes of the guard, as written: TRUE, FALSE for blank as well, ERROR, or 0 for no answer."""
        return _outcome(self._guard.expr, Evaluation(world))

    def twin(self, world: World) -> World:
        """Return the world of the same record saved with no change."""
        return self._worlds.twin(world)

    def _slot(self) -> int:
        return self._program.slots[self.folded]

    def _ask(self, mask: int, *, lightened: bool = True) -> Answer:
        return self._run(
            ((self._slot(), mask),),
            lambda _, asked: bool(_outcome(self._guard.expr, asked) & mask),
            lightened=lightened,
        )

    def _run(self, goals: tuple[tuple[int, int], ...], confirm: Confirm, *, lightened: bool = True) -> Answer:
        met: list[tuple[World, Evaluation]] = []

        def confirmed(values: Assignment) -> bool:
            world = self._worlds.world(self._program, values)
            asked = Evaluation(world)
            if confirm(world, asked) and self._axioms_hold(asked):
                met.append((world, asked))
                return True
            return False

        goals = (*goals, *self._axioms)
        found = self._search.run(goals, confirmed)
        solver = self._guard.budget.solver
        if found.outcome is Outcome.OPEN and solver is not None:
            zone = self._guard.update.scenario.zone
            outcome, values = solver.solve(self._program, self._ground.realms, goals, zone)
            if outcome is Outcome.NONE or (outcome is Outcome.FOUND and confirmed(values)):
                found = Found(outcome, values, found.nodes)
        if lightened and found.outcome is Outcome.FOUND and found.nodes > 1:
            # Without a choice, every value is one that the guard itself asks for.
            self._lighten(found.values, self._worlds.read(self._program, met[-1][1]), confirmed)
        return Answer(found.outcome, met[-1][0] if met else None, found.nodes)

    def _lighten(self, values: Assignment, read: set[int], confirmed: Callable[[Assignment], bool]) -> None:
        """Take back what the answer does not need: all that it does not read, and of the rest all at once, or else by halves."""
        plain = self._search.plainest()
        kept = {slot: value if slot in read else plain.get(slot, value) for slot, value in values.items()}
        if kept != values and not confirmed(kept):
            kept = dict(values)
        pending = [_Share([slot for slot, value in plain.items() if kept[slot] != value])]
        trials = 0
        while pending and trials < _TRIALS:
            slots, needed, first = pending.pop()
            if not needed:
                trials += 1
                trial = {**kept, **{slot: plain[slot] for slot in slots}}
                if slots and confirmed(trial):
                    kept = trial
                    if first:
                        # The second half is needed: without both of them the answer was lost.
                        pending[-1] = pending[-1]._replace(needed=True)
                    continue
            if len(slots) > 1:
                half = len(slots) // 2
                pending += [_Share(slots[half:]), _Share(slots[:half], first=True)]

    def _axioms_hold(self, asked: Evaluation) -> bool:
        return all(_outcome(axiom, asked) == TRUE for axiom in (*self._guard.axioms, *self._ground.implied))


def _realms(program: Program, schema: Schema) -> dict[int, Abstract]:
    slots = (*program.leaves, *(() if program.clock is None else (program.clock,)))
    return {slot: realm(program.leaves.get(slot), program.types[slot], program.boolean[slot], schema) for slot in slots}


def _outcome(expr: Expr, asked: Evaluation) -> int:
    outcome = asked.outcome(expr)
    if isinstance(outcome, _OURS):
        return 0
    if isinstance(outcome, FormulaError):
        return ERROR
    return TRUE if outcome is True else FALSE
