"""What of a world a guard depends on."""

from sfoptlint.core.expr import Field, Free, Global, nodes
from sfoptlint.decide.program import Leaf
from sfoptlint.decide.question import Guard, Question
from sfoptlint.evaluate.world import World


def needed_leaves(guard: Guard, question: Question, world: World) -> tuple[Leaf, ...]:
    """Return the leaves that are left when the update is put in, in the order of the text."""
    return tuple(node for node in nodes(question.folded) if isinstance(node, Field | Global | Free))
