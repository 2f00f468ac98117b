"""Asks: which triggers can fail the chunk by an exception?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers from which an exception escapes."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.EXCEPTION:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(
            judgement, row, f"{row.artifact.full_name} can throw an exception, which fails the whole chunk", directions
        )
