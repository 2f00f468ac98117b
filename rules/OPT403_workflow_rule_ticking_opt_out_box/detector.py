"""Asks: which workflow rules opt people out again?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield rules that tick the box when it is cleared, and do not untick it."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_IN, Effect.REVERT)
        if row is not None and judgement.row(Direction.OPT_OUT, Effect.REVERT) is None:
            yield seen(judgement, row, f"{row.artifact.full_name} ticks the box again when it is cleared")
