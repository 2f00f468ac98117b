"""Asks: which rules were not decided?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, Effect, Observation, RuleJudgement, Verdict


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield rules whose opt-out row is unknown, other than those that are no formula."""
    for judgement in judged:
        for row in judgement.rows:
            asked = row.direction is Direction.OPT_OUT and row.effect is Effect.BLOCK
            if asked and row.verdict is Verdict.UNKNOWN and judgement.diagnostic is None:
                yield Observation(judgement.place, f"{judgement.rule.full_name}: {row.reason}", row)
