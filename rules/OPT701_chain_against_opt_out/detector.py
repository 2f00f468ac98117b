"""Asks: which automations reject an opt-out together, because it is one?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Chain, Direction, Effect, Observation, Reach, chained


def detect(judged: Iterable[Chain]) -> Iterator[Observation]:
    """Yield chains that reject a record which they would let pass unchanged."""
    for chain in judged:
        row = chain.row
        if row.effect is Effect.BLOCK and row.direction is Direction.OPT_OUT and row.reach is Reach.TARGETED:
            yield chained(chain, "rejects an opt-out")
