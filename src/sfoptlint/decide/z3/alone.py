"""A guard asked of a solver alone: nothing of the search's narrowing comes in, so that each can be held against the other."""

from collections.abc import Callable, Iterable

from sfoptlint.core.expr import Expr, Interner, nodes
from sfoptlint.decide.decision import Solver
from sfoptlint.decide.domain import ERROR, FALSE, TRUE
from sfoptlint.decide.parents import parents
from sfoptlint.decide.program import compile_program
from sfoptlint.decide.realm import Schema, realm
from sfoptlint.decide.scenario import Scenario, fold
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.worlds import Worlds
from sfoptlint.evaluate.errors import FormulaError, MissingValueError, TypeMismatchError, UnsupportedError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World

_NO_ANSWER = (TypeMismatchError, MissingValueError, UnsupportedError)


class Alone:
    """One guard with its axioms under one scenario, as the search would be asked it."""

    def __init__(  # noqa: PLR0913, PLR0917 - the same arguments as `decide`
        self,
        guard: Expr,
        axioms: Iterable[Expr],
        scenario: Scenario,
        schema: Schema,
        interner: Interner,
        solver: Solver,
    ) -> None:
        given, order = tuple(axioms), tuple(nodes(guard))
        self._guard, self._solver, self._zone = guard, solver, scenario.zone
        self.folded = fold(guard, scenario, schema, interner)
        held = tuple(fold(axiom, scenario, schema, interner) for axiom in given)
        implied = parents(list(nodes(self.folded, *held)), interner)
        roots = (self.folded, *held, *implied)
        program = self._program = compile_program(roots, list(nodes(*roots)))
        slots = (*program.leaves, *(() if program.clock is None else (program.clock,)))
        self._realms = {
            slot: realm(program.leaves.get(slot), program.types[slot], program.boolean[slot], schema) for slot in slots
        }
        self._held = (*given, *implied)
        self._axioms = tuple((program.slots[axiom], TRUE) for axiom in (*held, *implied))
        self._worlds = Worlds((*order, *nodes(*given)), scenario, schema)

    def ask(self, mask: int) -> tuple[Outcome, World | None]:
        """Return whether the guard can have one of the outcomes: with a world that the evaluator confirmed, by proof, or open."""
        goal = (self._program.slots[self.folded], mask)
        goals = (goal, *self._axioms)
        outcome, values = self._solver.solve(self._program, self._realms, goals, self._zone)
        if outcome is not Outcome.FOUND:
            return outcome, None
        world = self._worlds.world(self._program, values)
        return (Outcome.FOUND, world) if self._confirms(world, mask) else (Outcome.OPEN, world)

    def _confirms(self, world: World, mask: int) -> bool:
        found = _outcome(Evaluation(world).outcome, self._guard)
        return bool(found & mask) and all(_outcome(Evaluation(world).outcome, axiom) == TRUE for axiom in self._held)


def _outcome(evaluate: Callable[[Expr], object], expr: Expr) -> int:
    outcome = evaluate(expr)
    if isinstance(outcome, _NO_ANSWER):
        return 0
    if isinstance(outcome, FormulaError):
        return ERROR
    return TRUE if outcome is True else FALSE
