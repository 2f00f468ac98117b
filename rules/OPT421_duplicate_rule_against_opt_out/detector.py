"""Asks: which duplicate rules reject an opt-out?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield duplicate rules that a change of the box makes run."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is not None:
            yield seen(judgement, row, f"{row.artifact.full_name} rejects the opt-out of a record that has a duplicate")
