"""Asks: which automations take the opt-out back together?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Chain, Direction, Effect, Observation, chained


def detect(judged: Iterable[Chain]) -> Iterator[Observation]:
    """Yield chains that untick the box."""
    for chain in judged:
        if chain.row.effect is Effect.REVERT and chain.row.direction is Direction.OPT_OUT:
            yield chained(chain, "unticks the box")
