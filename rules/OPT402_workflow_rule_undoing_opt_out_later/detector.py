"""Asks: which workflow rules take the opt-out back later?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, Timing, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield rules whose field update unticks the box when its time has come."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.REVERT)
        if row is None or _at_once(judgement):
            continue
        both = judgement.row(Direction.OPT_IN, Effect.REVERT) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(
            judgement, row, f"{row.artifact.full_name} unticks the box after the save that ticked it", directions
        )


def _at_once(judgement: EffectsJudgement) -> bool:
    effect = judgement.harms[Direction.OPT_OUT, Effect.REVERT].effect
    return effect is not None and effect.timing is Timing.NOW
