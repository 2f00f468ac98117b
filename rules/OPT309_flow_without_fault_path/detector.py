"""Asks: what may fail in a flow that is harmless otherwise?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, EffectsJudgement, Observation, Related, Verdict, unhandled


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield flows that do something without a fault path; those that do worse have findings of their own."""
    for judgement in judged:
        rows = [row for row in judgement.rows if row.effect is Effect.BLOCK and row.direction is Direction.OPT_OUT]
        if not rows or any(row.verdict is not Verdict.NEVER for row in judgement.rows):
            continue
        found = list(unhandled(judgement))
        if found:
            effect, what = found[0]
            others = tuple(Related(other.at, f"and so may {also}") for other, also in found[1:])
            message = f"{rows[0].artifact.full_name}: {what} may fail, and has no fault path"
            yield Observation(effect.at, message, rows[0], related=others)
