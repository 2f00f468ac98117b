"""Asks: which automations reject any save of some records together?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Chain, Direction, Effect, Observation, Reach, chained


def detect(judged: Iterable[Chain]) -> Iterator[Observation]:
    """Yield chains that reject a record whatever the save is about."""
    for chain in judged:
        row = chain.row
        if row.effect is Effect.BLOCK and row.direction is Direction.OPT_OUT and row.reach is not Reach.TARGETED:
            yield chained(chain, "rejects any save of some records")
