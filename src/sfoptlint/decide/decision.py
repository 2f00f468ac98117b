"""What a decision says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Protocol

from sfoptlint.core.expr import Free
from sfoptlint.core.verdict import Reach, Verdict
from sfoptlint.decide.domain import Abstract
from sfoptlint.decide.program import Leaf, Program
from sfoptlint.decide.search import Assignment, Goal, Outcome
from sfoptlint.evaluate.world import World

DEFAULT_NODES = 1000
_LESS = 4


class Solver(Protocol):
    """Another procedure for the same queries."""

    def solve(
        self, program: Program, realms: Mapping[int, Abstract], goals: tuple[Goal, ...], zone: tzinfo
    ) -> tuple[Outcome, Assignment]:
        """Return whether the goals can hold, and values for the variables under which they perhaps do; `zone` is the user's."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a decision may cost, in search nodes a query: never in time, so that the answer is the same everywhere.

    `solver` is asked what the search leaves open; there is none unless somebody hands one in.
    """

    nodes: int = DEFAULT_NODES
    solver: Solver | None = None

    @property
    def less(self) -> "Budget":
        """A part of it: for what adds to a verdict that is known, and for harm that several do together."""
        return replace(self, nodes=self.nodes // _LESS)


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict on one guard, with its proof where it has one.

    `world` is what the guard was found to hold in, and `needed` are the fields, globals and free values in it that it
    depends on; the rest of the world completes it. `assumed` are the free atoms among them: nobody knows their values.
    `reach_proved` is false where the search for a targeted record was given up.
    """

    verdict: Verdict
    reason: str
    reach: Reach | None = None
    reach_proved: bool = True
    world: World | None = None
    needed: tuple[Leaf, ...] = ()
    assumed: tuple[Free, ...] = ()
    nodes: int = 0
