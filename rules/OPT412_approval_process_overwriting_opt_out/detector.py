"""Asks: which approval processes write the box?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, Severity, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield processes whose answers untick the box, and with a milder word those that tick it."""
    for judgement in judged:
        unticks = judgement.row(Direction.OPT_OUT, Effect.OVERWRITE)
        ticks = judgement.row(Direction.OPT_IN, Effect.OVERWRITE)
        if unticks is not None:
            yield seen(judgement, unticks, f"{unticks.artifact.full_name} unticks the box when somebody answers")
        elif ticks is not None:
            message = f"{ticks.artifact.full_name} ticks the box when somebody answers"
            yield replace(seen(judgement, ticks, message), severity=Severity.NOTE)
