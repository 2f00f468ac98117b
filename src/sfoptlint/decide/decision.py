"""What a decision says."""

from dataclasses import dataclass

from sfoptlint.core.expr import Free
from sfoptlint.core.verdict import Reach, Verdict
from sfoptlint.decide.program import Leaf
from sfoptlint.evaluate.world import World

DEFAULT_NODES = 300


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a decision may cost, in search nodes a query: never in time, so that the answer is the same everywhere."""

    nodes: int = DEFAULT_NODES


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
