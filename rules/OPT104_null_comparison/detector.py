"""Asks: does a rule compare with what nothing is ever equal to?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Observation, RuleJudgement, null_comparisons


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield each such comparison."""
    for judgement in judged:
        for place, text in null_comparisons(judgement):
            message = f"{judgement.rule.full_name} asks {text}, which is never TRUE of a blank"
            yield Observation(place, message, artifact=judgement.rows[0].artifact, key=text)
