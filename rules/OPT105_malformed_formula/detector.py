"""Asks: is every condition a formula?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Observation, RuleJudgement, formula_place


def detect(judged: Iterable[RuleJudgement]) -> Iterator[Observation]:
    """Yield rules whose condition does not parse, at the place where it breaks."""
    for judgement in judged:
        if judgement.diagnostic is not None:
            span = judgement.diagnostic.span
            place = formula_place(judgement.rule, span.start, max(1, span.end - span.start))
            message = f"{judgement.rule.full_name}: {judgement.diagnostic}"
            yield Observation(place, message, artifact=judgement.rows[0].artifact)
