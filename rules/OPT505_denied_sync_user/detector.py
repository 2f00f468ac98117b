"""Asks: may the sync user save the box?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import AccessJudgement, Barrier, Observation, Related


def detect(judged: Iterable[AccessJudgement]) -> Iterator[Observation]:
    """Yield the objects whose box the sync user cannot save."""
    for access in judged:
        for barrier, place in access.barriers:
            if barrier is Barrier.SYNC_USER:
                name = access.row.artifact.full_name
                message = f"sync user {name} cannot save the opt-out of {access.row.object}: {access.row.reason}"
                related = tuple(Related(held, what) for held, what in access.related)
                yield Observation(place, message, access.row, related=related)
