"""Asks: may a profile edit the records?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import AccessJudgement, Barrier, Observation, Severity


def detect(judged: Iterable[AccessJudgement]) -> Iterator[Observation]:
    """Yield profiles by object."""
    for access in judged:
        for barrier, place in access.barriers:
            if barrier is Barrier.OBJECT:
                message = f"profile {access.row.artifact.full_name} may not edit {access.row.object} records"
                severity = Severity.NOTE if access.bystander else None
                yield Observation(place, message, access.row, severity=severity)
