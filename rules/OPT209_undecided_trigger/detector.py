"""Asks: which triggers were not decided?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Direction, EffectsJudgement, Observation, Verdict, seen


def detect(judged: Iterable[EffectsJudgement]) -> Iterator[Observation]:
    """Yield triggers with a row about an opt-out that is unknown, the first of them."""
    for judgement in judged:
        open_rows = [
            row for row in judgement.rows if row.direction is Direction.OPT_OUT and row.verdict is Verdict.UNKNOWN
        ]
        if open_rows:
            row = open_rows[0]
            yield seen(judgement, row, f"{row.artifact.full_name}: {row.reason}")
