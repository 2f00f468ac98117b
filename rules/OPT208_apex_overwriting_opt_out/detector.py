"""Asks: which Apex unticks the box from elsewhere?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers and jobs that write false into the box of others."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.OVERWRITE)
        if row is not None:
            yield seen(
                judgement,
                row,
                f"{row.artifact.full_name} unticks the box of a {row.object} that it was not started for",
            )
