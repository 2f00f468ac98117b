"""Asks: which triggers reject an opt-in alone?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers that reject the box being unticked, and not its being ticked."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_IN, Effect.BLOCK)
        if row is not None and judgement.row(Direction.OPT_OUT, Effect.BLOCK) is None:
            yield seen(judgement, row, f"{row.artifact.full_name} rejects an opt-in")
