"""A rule's verdict told to a person: the condition, the record's way there, how many there are, and the repair."""

from dataclasses import dataclass

from sfoptlint.core.finding import Note
from sfoptlint.core.verdict import Direction
from sfoptlint.judge.validation_rule import RuleJudgement


@dataclass(frozen=True, slots=True)
class Explained:
    """What a finding says beyond its message."""

    condition: str
    notes: tuple[Note, ...]
    repair: str


def explained(judgement: RuleJudgement, direction: Direction) -> Explained:
    """Tell why a rule rejects this direction."""
    return Explained(" ".join(judgement.rule.formula.split()), (), str(direction))
