"""Asks: which workflow rules make the save fail?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield rules with a field update that the platform refuses."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is not None:
            yield seen(
                judgement,
                row,
                f"{row.artifact.full_name} fails the save of some records: {_what(judgement)}",
                _both(judgement),
            )


def _what(judgement: EffectsJudgement) -> str:
    effect = judgement.harms[Direction.OPT_OUT, Effect.BLOCK].effect
    return getattr(effect.do, "message", "") if effect is not None else ""


def _both(judgement: EffectsJudgement) -> tuple[Direction, ...]:
    both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
    return (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
