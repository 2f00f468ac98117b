"""A harm told to a person: its condition, the way to it, and who is spared."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Interner
from sfoptlint.core.finding import Note, Related
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Direction
from sfoptlint.decide import Scenario
from sfoptlint.decide.bypass import bypass_terms
from sfoptlint.decide.scenario import fold
from sfoptlint.explain.terms import term_words
from sfoptlint.explain.words import condition_words
from sfoptlint.judge.effects import DIRECTIONS, EffectsJudgement
from sfoptlint.judge.schema_view import SchemaView


@dataclass(frozen=True, slots=True)
class Told:
    """What a finding says beyond its message: the condition, the steps to the effect, and notes."""

    condition: str | None
    related: tuple[Related, ...]
    notes: tuple[Note, ...]


def told(judgement: EffectsJudgement, direction: Direction, effect: verdict.Effect) -> Told:
    """Tell how an automation comes to do this, and when."""
    harm = judgement.harms.get((direction, effect))
    if harm is None or harm.effect is None or harm.guard is None:
        return Told(None, (), ())
    before, after = DIRECTIONS[direction]
    scenario = Scenario(judgement.object, OPT_OUT_FIELD[judgement.object], before, after, judgement.fixed)
    folded = fold(harm.guard, scenario, judgement.schema, judgement.interner)
    steps = harm.effect.steps
    by_user = spared(harm.guard, judgement.automation.axioms, scenario, judgement.schema, judgement.interner)
    words = " > ".join(step.words for step in steps)
    return Told(
        condition_words(folded),
        tuple(Related(step.at, step.words) for step in steps),
        (*([Note("path", words)] if words else ()), *by_user),
    )


def spared(
    guard: Expr, axioms: tuple[Expr, ...], scenario: Scenario, schema: SchemaView, interner: Interner
) -> Iterator[Note]:
    """Name the terms by which a user passes, whatever the record holds."""
    for bypass in bypass_terms(guard, axioms, scenario, schema, interner):
        words = term_words(bypass.term)
        yield Note("spared", f"a user for whom this is {'true' if bypass.value else 'not true'}: {words}")
