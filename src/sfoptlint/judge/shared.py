"""Decisions that hold in both directions: of guards that do not read the box, whatever it is set to."""

from dataclasses import dataclass, field, replace

from sfoptlint.automation.automation import Effect
from sfoptlint.core.expr import Expr, Field, Free, nodes, operands
from sfoptlint.decide import Decision, Scenario
from sfoptlint.evaluate.world import World

_LARGE = 1000
"""Nodes of a guard; larger ones are alike."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What was decided of one automation and one object, by guard and what that might cost; `never` says of several guards in one
    whether none holds.
    """

    decisions: dict[tuple[Expr, int], Decision] = field(default_factory=dict)
    never: dict[Expr, bool] = field(default_factory=dict)
    avoided: dict[Effect, None] = field(default_factory=dict)
    """Exceptions that would have hidden a harm in the other direction."""
    _reading: dict[Expr, bool] = field(default_factory=dict)
    _sizes: dict[Expr, int] = field(default_factory=dict)

    def reads_box(self, guard: Expr, scenario: Scenario) -> bool:
        """Whether a guard, or what of it could not be translated, reads the box of a record."""
        for node in nodes(guard, but=self._reading):
            match node:
                case Field(path=path):
                    self._reading[node] = scenario.is_box(path)
                case Free(reads=reads):
                    self._reading[node] = any(scenario.is_box(read.path) for read in reads)
                case _:
                    self._reading[node] = any(self._reading[arg] for arg in operands(node))
        return self._reading[guard]

    def size(self, guard: Expr) -> int:
        """Return how many nodes a guard has, so far as that matters."""
        known = self._sizes.get(guard)
        if known is None:
            known = self._sizes[guard] = _size(guard)
        return known


def _size(guard: Expr) -> int:
    seen, left = {guard}, [guard]
    while left and len(seen) < _LARGE:
        fresh = [arg for arg in operands(left.pop()) if arg not in seen]
        seen.update(fresh)
        left += fresh
    return min(len(seen), _LARGE)


def towards(decision: Decision, scenario: Scenario) -> Decision:
    """Return a decision that does not depend on the box, with the box of its world as an update sets it."""
    if decision.world is None:
        return decision
    return replace(decision, world=_with_box(decision.world, scenario))


def _with_box(world: World, scenario: Scenario) -> World:
    after = {**world.after, (scenario.box,): scenario.after}
    prior = {**(world.prior or {}), (scenario.box,): scenario.before}
    return replace(world, after=after, prior=prior)
