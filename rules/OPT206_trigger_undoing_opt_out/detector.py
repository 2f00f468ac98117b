"""Asks: which triggers take the opt-out back?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers after which the box is not ticked."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.REVERT)
        if row is None:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.REVERT) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        yield seen(judgement, row, f"{row.artifact.full_name} unticks the box that the update ticked", directions)
