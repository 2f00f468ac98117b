"""Asks: does every suppression take something out?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Observation, Place, StaleSuppression


def detect(stale: Iterable[StaleSuppression]) -> Iterator[Observation]:
    """Yield the suppressions that do not."""
    for item in stale:
        if not item.expired:
            suppression = item.suppression
            message = f"no finding of {suppression.rule} on {suppression.artifact} is left to suppress"
            key = f"{suppression.rule} {suppression.artifact}"
            yield Observation(Place(item.path, suppression.line), message, key=key)
