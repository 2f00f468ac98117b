"""z3 for what the search leaves open; needs the extra `solver`, and is imported only where it is asked for."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from importlib import import_module
from typing import Any

from sfoptlint.decide.domain import Abstract
from sfoptlint.decide.program import Program
from sfoptlint.decide.search import Assignment, Goal, Outcome
from sfoptlint.decide.z3_encoding import Encoding

_STEPS = 3_000_000


class Z3Solver:
    """Answers queries with z3, bounded in its own steps and never in time: the answer is the same everywhere."""

    def __init__(self, steps: int = _STEPS) -> None:
        self._z3: Any = import_module("z3")
        self._steps = steps

    def solve(
        self, program: Program, realms: Mapping[int, Abstract], goals: tuple[Goal, ...], zone: tzinfo
    ) -> tuple[Outcome, Assignment]:
        """Return whether the goals can hold, and values under which they perhaps do: the caller checks them."""
        z3 = self._z3
        encoding = Encoding(z3, program, realms, in_utc=zone is UTC)
        solver = z3.Solver()
        solver.set("rlimit", self._steps)
        solver.add(*encoding.facts, *(encoding.allowed(slot, mask) for slot, mask in goals))
        answer = solver.check()
        if answer == z3.unsat:
            return Outcome.NONE, {}
        if answer != z3.sat:
            return Outcome.OPEN, {}
        model = solver.model()
        return Outcome.FOUND, {slot: encoding.value_of(slot, model) for slot in realms}
