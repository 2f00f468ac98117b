"""Asks: can it be told whether the sync user may save the box?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import AccessJudgement, Barrier, Observation


def detect(judged: Iterable[AccessJudgement]) -> Iterator[Observation]:
    """Yield the objects for which the tree does not say."""
    for access in judged:
        for barrier, place in access.barriers:
            if barrier is Barrier.UNDECIDED:
                message = f"sync user {access.row.artifact.full_name} and {access.row.object}: {access.row.reason}"
                yield Observation(place, message, access.row)
