"""Asks: does a rule reject the opt-out itself?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Observation, Reach, RuleJudgement, explained


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield rules that reject a record which would pass unchanged."""
    for judgement in judged:
        row = judgement.blocks(Direction.OPT_OUT)
        if row is not None and row.reach is Reach.TARGETED:
            told = explained(judgement, Direction.OPT_OUT)
            both = judgement.blocks(Direction.OPT_IN) is not None
            yield Observation(
                judgement.place,
                f"{judgement.rule.full_name} rejects an opt-out",
                row,
                condition=told.condition,
                notes=told.notes,
                directions=(Direction.OPT_OUT, Direction.OPT_IN) if both else (),
            )
