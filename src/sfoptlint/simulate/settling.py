"""A condition's value where some of it is not known: what it comes to whichever way that turns out."""

from dataclasses import replace
from itertools import product

from sfoptlint.core.expr import Expr, Free, Type, Value, nodes
from sfoptlint.evaluate.errors import FormulaError, MissingValueError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World

MOST = 4
"""Atoms that are tried both ways."""


def settled(expr: Expr, world: World) -> Value | FormulaError:
    """Return the value, or why there is none; Boolean atoms that nobody answers are tried both ways, and have to agree."""
    outcome = Evaluation(world).outcome(expr)
    if not isinstance(outcome, MissingValueError):
        return outcome
    open_ = [node for node in nodes(expr) if isinstance(node, Free) and node not in world.frees]
    if not 0 < len(open_) <= MOST or any(node.type is not Type.BOOLEAN for node in open_):
        return outcome
    known = {node: world.frees[node] for node in nodes(expr) if isinstance(node, Free) and node not in open_}
    found = [
        Evaluation(replace(world, frees={**known, **dict(zip(open_, values, strict=True))})).outcome(expr)
        for values in product((True, False), repeat=len(open_))
    ]
    return found[0] if all(other is found[0] or other == found[0] for other in found) else outcome
