"""Terms about the user or the org's settings that spare a user: some value of the term makes the guard never TRUE."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sfoptlint.core.expr import Call, Const, Expr, Global, Interner, Primitive, Type
from sfoptlint.decide.decision import Budget
from sfoptlint.decide.question import Question, guarded
from sfoptlint.decide.realm import Schema
from sfoptlint.decide.scenario import Scenario
from sfoptlint.decide.search import Outcome
from sfoptlint.decide.update import Update

_WHO: Final = ("$user.", "$profile.", "$permission.", "$setup.", "$userrole.", "$custommetadata.")
_LOGIC: Final[frozenset[str]] = frozenset(
    {Primitive.AND, Primitive.OR, Primitive.NOT, Primitive.IF, Primitive.TRUTH, "NOT", "CASE", "IFERROR"}
)
_BUDGET: Final = Budget().less
_LARGE = 4000
"""Nodes of a guard of which nobody is told who is spared: each term would be asked of all of them."""


@dataclass(frozen=True, slots=True)
class Bypass:
    """A term of the guard, and the value with which the guard is never TRUE."""

    term: Expr
    value: bool


def bypass_terms(  # noqa: PLR0913, PLR0917 - the same arguments as `decide`
    guard: Expr,
    axioms: Iterable[Expr],
    scenario: Scenario,
    schema: Schema,
    interner: Interner,
    budget: Budget = _BUDGET,
) -> tuple[Bypass, ...]:
    """Return the terms over the user and the settings that spare a user by one of their values, in the order of the text.

    There are none where nobody needs sparing, for the guard is never TRUE, and of a guard that is large.
    """
    update = Update(scenario, schema, interner)
    asked = guarded(guard, axioms, update, budget)
    terms = list(_terms(asked.folded))
    question = Question(asked) if terms and len(asked.order) <= _LARGE else None
    if question is None or question.holds().outcome is Outcome.NONE:
        return ()
    found: list[Bypass] = []
    for term in terms:
        found.extend(Bypass(term, value) for value in (True, False) if question.excluded_by(term, value))
    return tuple(found)


def _terms(folded: Iterable[Expr]) -> Iterator[Expr]:
    """Yield the smallest Booleans that read nothing but the user and the settings."""
    about: set[Expr] = set()
    for node in folded:
        if _is_about_user(node, about):
            about.add(node)
            if node.type is Type.BOOLEAN:
                yield node


def _is_about_user(node: Expr, about: set[Expr]) -> bool:
    if isinstance(node, Global):
        return node.name.casefold().startswith(_WHO)
    if not isinstance(node, Call) or node.op in _LOGIC or not any(arg in about for arg in node.args):
        return False
    return all(arg in about or isinstance(arg, Const) for arg in node.args)
