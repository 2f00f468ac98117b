"""The verdicts of each object, counted, for the summary of a report."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import OptOutObject, Verdict


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one object are harmful (always or sometimes), proved safe, and not decided."""

    object: OptOutObject
    harmful: int
    safe: int
    undecided: int


def tallies(outcome: Outcome) -> Iterator[Tally]:
    """Yield the count of each object that has rows and that findings are raised on."""
    for object_ in OptOutObject:
        verdicts = [row.verdict for row in outcome.rows if row.object is object_]
        if verdicts and object_ in outcome.raised:
            safe, undecided = verdicts.count(Verdict.NEVER), verdicts.count(Verdict.UNKNOWN)
            yield Tally(object_, len(verdicts) - safe - undecided, safe, undecided)
