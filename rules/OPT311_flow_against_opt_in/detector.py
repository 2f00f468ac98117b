"""Asks: which flows reject the opt-in alone?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield flows that reject the clearing of the box, and no opt-out."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_IN, Effect.BLOCK)
        if row is not None and judgement.row(Direction.OPT_OUT, Effect.BLOCK) is None:
            yield seen(judgement, row, f"{row.artifact.full_name} rejects that the box is cleared")
