"""Asks: which triggers start what a batch job cannot?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that break in the batch context."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.ASYNC:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(
            judgement,
            row,
            f"{row.artifact.full_name} starts work that a batch job cannot start, which fails the whole chunk",
            directions,
        )
