"""Asks: which automations keep the box from being cleared together, and let it be ticked?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Chain, Direction, Effect, Observation, chained


def detect(judged: Iterable[Chain]) -> Iterator[Observation]:
    """Yield chains that lose an opt-in alone."""
    for chain in judged:
        if chain.row.direction is Direction.OPT_IN:
            rejects = chain.row.effect is Effect.BLOCK
            yield chained(chain, "rejects that the box is cleared" if rejects else "ticks the box again")
