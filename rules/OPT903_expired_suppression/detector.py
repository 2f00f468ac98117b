"""Asks: is the day of every suppression still to come?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Observation, Place, StaleSuppression


def detect(stale: Iterable[StaleSuppression]) -> Iterator[Observation]:
    """Yield the suppressions whose day has passed."""
    for item in stale:
        if item.expired:
            suppression = item.suppression
            message = f"{suppression.rule} on {suppression.artifact} was suppressed until {suppression.until}"
            key = f"{suppression.rule} {suppression.artifact}"
            yield Observation(Place(item.path, suppression.line), message, key=key)
