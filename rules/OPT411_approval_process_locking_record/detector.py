"""Asks: which approval processes keep the sync out of a record?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield processes that lock a record."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is not None:
            yield seen(
                judgement,
                row,
                f"{row.artifact.full_name} locks records, and a locked record cannot be opted out",
                (Direction.OPT_OUT, Direction.OPT_IN),
            )
