"""A rule's verdict told to a person: the condition, how many records are in it, who is spared, and the repair."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.finding import Note
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Direction, Reach
from sfoptlint.decide import Scenario
from sfoptlint.decide.scenario import fold
from sfoptlint.explain.repair import changeable_fields, repaired_formula
from sfoptlint.explain.soql import NoQuery, count_query
from sfoptlint.explain.way_there import ways_there
from sfoptlint.explain.words import condition_words
from sfoptlint.judge.effects import DIRECTIONS
from sfoptlint.judge.told import spared
from sfoptlint.judge.validation_rule import RuleJudgement


@dataclass(frozen=True, slots=True)
class Explained:
    """What a finding says beyond its message."""

    condition: str
    notes: tuple[Note, ...]


def explained(judgement: RuleJudgement, direction: Direction) -> Explained:
    """Tell why a rule rejects this direction: when, what else the save needs, and what to do."""
    scenario = _scenario(judgement, direction)
    folded = fold(judgement.guard, scenario, judgement.schema, judgement.interner)
    targeted = judgement.decisions[direction].reach is Reach.TARGETED
    ways = () if targeted else tuple(_ways(judgement))
    return Explained(
        condition=condition_words(folded),
        notes=(*ways, *_count(judgement, direction), *_spared(judgement, scenario), *_repairs(judgement, targeted)),
    )


def _scenario(judgement: RuleJudgement, direction: Direction) -> Scenario:
    object_ = judgement.rows[0].object
    before, after = DIRECTIONS[direction]
    return Scenario(object_, OPT_OUT_FIELD[object_], before, after, judgement.fixed)


def _ways(judgement: RuleJudgement) -> Iterator[Note]:
    """Say how a stored record gets into a condition that rejects every save of it."""
    for way in ways_there(judgement.guard):
        yield Note("how", f"{way.way}: {way.sentence}")


def _repairs(judgement: RuleJudgement, targeted: bool) -> Iterator[Note]:
    """Offer the repaired formula, to be pasted."""
    box = OPT_OUT_FIELD[judgement.rows[0].object]
    fields = changeable_fields(judgement.guard, judgement.schema)
    for repair in repaired_formula(judgement.rule.formula, fields, box, targeted=targeted):
        if not repair.too_long:
            yield Note("repair", f"{repair.summary}: {' '.join(repair.text.split())}")


def _count(judgement: RuleJudgement, direction: Direction) -> Iterator[Note]:
    """Say how to count the stored records that are in the condition, or why no query can."""
    query = count_query(judgement.rows[0].object, judgement.guard, judgement.schema, direction)
    if isinstance(query, NoQuery):
        yield Note("count", f"no SOQL query can: {query.reason}")
        return
    yield Note("count", query.text)
    if query.left_out:
        yield Note("count", f"that counts too many: it does not ask {'; '.join(query.left_out)}")


def _spared(judgement: RuleJudgement, scenario: Scenario) -> Iterator[Note]:
    axioms = judgement.automation.axioms if judgement.automation else ()
    return spared(judgement.guard, axioms, scenario, judgement.schema, judgement.interner)
