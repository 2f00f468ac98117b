"""What became of one record that was to be written: judged by what it holds now, not by what was answered."""

from dataclasses import dataclass

from sfoptlint.clients.redaction import mask
from sfoptlint.sync.issue import IssueCause, cause_of
from sfoptlint.sync.sides import Answer, Person
from sfoptlint.sync.verdict import Became

UNANSWERED = "UNANSWERED"
"""Stands for the code of a record whose request got no answer."""


@dataclass(frozen=True, slots=True)
class End:
    """What became of a record, and the cause where it is not as it should be."""

    became: Became
    cause: IssueCause | None = None
    detail: str = ""


def judge(opted_out: bool, answer: Answer, person: Person | None) -> End:
    """Return the end of a record that was to get a value, from the answer and from the record read back.

    The answer matters only where the record does not hold the value: an automation may undo a save that succeeded.
    """
    detail = mask(" ".join(f"{answer.code}: {answer.message}".split())) if answer.code else ""
    if person is None:
        return End(Became.GONE, IssueCause.RECORD_GONE, detail)
    if person.opted_out == opted_out:
        return End(Became.WRITTEN)
    if not answer.code:
        return End(Became.REVERTED, IssueCause.REVERTED, "the save succeeded and the box has its old value")
    if answer.code == UNANSWERED:
        return End(Became.UNANSWERED, IssueCause.UNANSWERED, detail)
    return End(Became.REJECTED, cause_of(answer.code), detail)
