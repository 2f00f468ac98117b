"""Asks: does a trigger reject the opt-out itself?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, Reach, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that reject a record which would pass unchanged."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.ERROR or row.reach is not Reach.TARGETED:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(judgement, row, f"{row.artifact.full_name} rejects an opt-out", directions)
