"""Asks: which triggers can fail the chunk by an exception?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Cause, Direction, Effect, EffectsJudgement, Observation, seen

_REFUSED = frozenset({"DUPLICATE_VALUE", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"})


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers from which an exception escapes."""
    for judgement in judged:
        row = judgement.row(Direction.OPT_OUT, Effect.BLOCK)
        if row is None or row.cause is not Cause.EXCEPTION:
            continue
        both = judgement.row(Direction.OPT_IN, Effect.BLOCK) is not None
        directions = (Direction.OPT_OUT, Direction.OPT_IN) if both else ()
        refused = row.witness is not None and row.witness.expect.code in _REFUSED
        what = (
            "leaves a value that its field refuses"
            if refused
            else "can throw an exception, which fails the whole chunk"
        )
        yield seen(judgement, row, f"{row.artifact.full_name} {what}", directions)
