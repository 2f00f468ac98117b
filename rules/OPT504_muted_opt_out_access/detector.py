"""Asks: does a muting set take the box away from a group that gives it?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import AccessJudgement, Barrier, Observation, Related


def detect(judged: Iterable[AccessJudgement]) -> Iterator[Observation]:
    """Yield muting sets by object, with the groups that they mute."""
    for access in judged:
        for barrier, place in access.barriers:
            if barrier is Barrier.MUTED:
                name = access.row.artifact.full_name
                message = f"muting permission set {name} takes away editing the opt-out of {access.row.object}"
                related = tuple(Related(group, what) for group, what in access.related)
                yield Observation(place, message, access.row, related=related)
