"""Asks: does a rule reject that somebody comes back?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Observation, Reach, RuleJudgement, explained


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield rules that reject the opt-in and not the opt-out, of records that would pass unchanged."""
    for judgement in judged:
        row = judgement.blocks(Direction.OPT_IN)
        if row is not None and row.reach is Reach.TARGETED and judgement.blocks(Direction.OPT_OUT) is None:
            told = explained(judgement, Direction.OPT_IN)
            message = f"{judgement.rule.full_name} rejects that an opt-out is taken back"
            yield Observation(judgement.place, message, row, condition=told.condition, notes=told.notes)
