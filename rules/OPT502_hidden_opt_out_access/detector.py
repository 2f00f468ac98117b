"""Asks: may a profile see the field?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import SECURED_FIELD, AccessJudgement, Barrier, Observation, Severity


def detect(judged: Iterable[AccessJudgement]) -> Iterator[Observation]:
    """Yield profiles by object."""
    for access in judged:
        for barrier, place in access.barriers:
            if barrier is Barrier.FIELD_HIDDEN:
                message = f"profile {access.row.artifact.full_name} cannot see {SECURED_FIELD[access.row.object]}"
                severity = Severity.NOTE if access.bystander else None
                yield Observation(place, message, access.row, severity=severity)
