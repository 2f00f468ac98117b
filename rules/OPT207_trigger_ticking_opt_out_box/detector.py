"""Asks: which triggers tick the box again?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that undo an opt-in and no opt-out."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_IN, Effect.REVERT)
        if row is not None and judgement.row(Direction.OPT_OUT, Effect.REVERT) is None:
            yield seen(judgement, row, f"{row.artifact.full_name} ticks the box again that the update unticked")
