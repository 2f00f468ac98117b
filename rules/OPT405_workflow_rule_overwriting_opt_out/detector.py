"""Asks: which workflow rules untick the box from elsewhere?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield rules that write FALSE into the box of a parent."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.OVERWRITE)
        if row is not None:
            yield seen(
                judgement, row, f"{row.artifact.full_name} unticks the box of the {row.object} behind its own record"
            )
