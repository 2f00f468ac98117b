"""Asks: which workflow rules tick the box from elsewhere?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield rules that write TRUE into the box of a parent."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_IN, Effect.OVERWRITE)
        if row is not None:
            yield seen(
                judgement, row, f"{row.artifact.full_name} ticks the box of the {row.object} behind its own record"
            )
