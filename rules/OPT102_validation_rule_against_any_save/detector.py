"""Asks: does a rule reject the opt-out of a record that no save would pass?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Observation, Reach, RuleJudgement, explained


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield rules to which the opt-out is a bystander, with how a stored record gets there."""
    for judgement in judged:
        row = judgement.blocks(Direction.OPT_OUT)
        if row is None or row.reach is not Reach.INCIDENTAL:
            continue
        told = explained(judgement, Direction.OPT_OUT)
        both = judgement.blocks(Direction.OPT_IN) is not None
        yield Observation(
            judgement.place,
            f"{judgement.rule.full_name} rejects any save of some records, an opt-out too",
            row,
            condition=told.condition,
            notes=told.notes,
            directions=(Direction.OPT_OUT, Direction.OPT_IN) if both else (),
        )
