"""z3 for what the search leaves open; needs the extra `solver`, and is imported only where it is asked for.

An encoding allows at least what the evaluator does: that z3 finds nothing is a proof. What it finds is a guess where an operator
is not encoded; then the evaluator is asked for the operator's value there, z3 is told, and asked again.
"""

from collections.abc import Mapping
from datetime import tzinfo
from importlib import import_module
from typing import Any

from sfoptlint.core.errors import MissingExtraError
from sfoptlint.core.expr import Type, Value
from sfoptlint.decide.domain import Abstract
from sfoptlint.decide.exact import Exact
from sfoptlint.decide.program import Program
from sfoptlint.decide.search import Assignment, Goal, Outcome
from sfoptlint.decide.z3.encoding import allowed, encoded
from sfoptlint.decide.z3.terms import Terms
from sfoptlint.evaluate.errors import FormulaError, MissingValueError, TypeMismatchError, UnsupportedError

_STEPS = 3_000_000
_ROUNDS = 12
_OURS = (TypeMismatchError, MissingValueError, UnsupportedError)
"""Errors that no stored record meets: nothing is to be learnt from them."""


class Z3Solver:
    """Answers queries with z3, bounded in its own steps and never in time: the answer is the same everywhere.

    Raises `MissingExtraError` where z3 is not installed.
    """

    def __init__(self, steps: int = _STEPS, rounds: int = _ROUNDS) -> None:
        try:
            self._z3: Any = import_module("z3")
        except ImportError:
            raise MissingExtraError("solver", "--solver z3") from None
        self._steps = steps
        self._rounds = rounds

    def solve(
        self, program: Program, realms: Mapping[int, Abstract], goals: tuple[Goal, ...], zone: tzinfo
    ) -> tuple[Outcome, Assignment]:
        """Return whether the goals can hold, and values under which they perhaps do: the caller checks them."""
        terms = encoded(self._z3, program, realms, zone)
        solver = self._z3.Solver(ctx=self._z3.Context())
        solver.set("rlimit", self._steps)
        _add(solver, *terms.facts, *(allowed(terms, slot, mask) for slot, mask in goals))
        answer = Outcome.OPEN, dict[int, Value]()
        for _ in range(self._rounds):
            model = self._model(solver, terms, realms)
            if isinstance(model, Outcome):
                return (model, {}) if model is Outcome.NONE else answer
            answer = Outcome.FOUND, {slot: terms.read(model, slot) for slot in realms}
            lessons = _lessons(terms, model, Exact(program, zone))
            if not lessons:
                return answer
            _add(solver, *lessons)
        return answer

    def _model(self, solver: Any, terms: Terms, realms: Mapping[int, Abstract]) -> Any:
        """Return a model, of plain characters and whole numbers where there is one; NONE where there is none at all."""
        z3 = self._z3
        answer = solver.check()
        if answer == z3.unsat:
            return Outcome.NONE
        model = solver.model() if answer == z3.sat else None
        solver.push()
        _add(solver, *terms.wishes, *(wish for slot in realms for wish in _wishes(terms, slot)))
        if solver.check() == z3.sat:
            model = solver.model()
        solver.pop()
        return Outcome.OPEN if model is None else model.translate(z3.main_ctx())


def _add(solver: Any, *conditions: Any) -> None:
    """Add conditions in the solver's own context: in a shared one an answer depends on what was asked before."""
    solver.add(*[condition.translate(solver.ctx) for condition in conditions])


def _wishes(terms: Terms, slot: int) -> list[Any]:
    z3, value = terms.z3, terms[slot].value
    match terms.kind(slot):
        case Type.TEXT:
            return [z3.InRe(value, z3.Star(z3.Range(z3.StringVal(" "), z3.StringVal("~"))))]
        case Type.NUMBER:
            return [z3.IsInt(value * 100)]
        case Type.DATETIME:
            return [value % 1000 == 0]
        case _:
            return []


def _lessons(terms: Terms, model: Any, exact: Exact) -> list[Any]:
    """Return what the evaluator makes of the operators that are not encoded, where the model has it otherwise."""
    z3, program = terms.z3, terms.program
    found = []
    for slot in terms.loose:
        args = program.args[slot]
        if any(z3.is_true(model.eval(terms[arg].error, model_completion=True)) for arg in args):
            continue
        operands = tuple(terms.read(model, arg) for arg in args)
        outcome = exact.apply(slot, operands)
        if isinstance(outcome, _OURS):
            continue
        given = z3.And(*[_is(terms, arg, value) for arg, value in zip(args, operands, strict=True)])
        lesson = z3.Implies(given, _is(terms, slot, outcome))
        if not z3.is_true(model.eval(lesson, model_completion=True)):
            found.append(lesson)
    return found


def _is(terms: Terms, slot: int, outcome: Value | FormulaError) -> Any:
    z3, term = terms.z3, terms[slot]
    if isinstance(outcome, FormulaError):
        return term.error
    if outcome is None:
        return term.blank
    filled = z3.Not(z3.Or(term.blank, term.error))
    return z3.And(filled, term.value == terms.constant(outcome, terms.kind(slot)))
