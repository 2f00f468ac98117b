"""Asks: which triggers pass a limit on a full chunk?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that are not made for 200 records."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.LIMIT:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(judgement, row, f"{row.artifact.full_name} passes a governor limit on a full chunk", directions)
