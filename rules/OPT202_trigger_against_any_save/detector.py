"""Asks: which triggers reject whatever is saved?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, Reach, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that reject a record with or without the opt-out."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.ERROR or row.reach is Reach.TARGETED:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(
            judgement, row, f"{row.artifact.full_name} rejects any save of some records, an opt-out too", directions
        )
