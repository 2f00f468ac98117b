"""The family of chains: automations that lose an opt-out together.

Only a whole tree is asked: what single files hold is half of a chain at most.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.chain.chain import Chain
from sfoptlint.judge.chain.parts import parts_of
from sfoptlint.judge.chain.proof import Proof
from sfoptlint.judge.chain.search import Searching, chains_of
from sfoptlint.judge.effects import EffectsJudgement
from sfoptlint.judge.family import Judgement
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.simulation import configured_user
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.simulator import simulator_of

if TYPE_CHECKING:
    from sfoptlint.judge.chain.triggers import Walked


def judge(project: Project, settings: Settings, triggers: Sequence[Judgement] = ()) -> Iterator[Chain]:
    """Yield the chains of every object; `triggers` is what the family of Apex has found."""
    if project.focus is not None:
        return
    objects = Objects(project)
    user = configured_user(project, settings)
    walked = [*_walked(triggers)]
    proof = Proof(simulator_of(project, user, settings.context, [one.text for one in walked]), objects, user)
    sync, budget = sync_world(project, settings.sync_user), budget_of(settings)
    for object_ in settings.objects:
        interner = Interner()
        parts = parts_of(project, object_, objects, interner, walked)
        schema = SchemaView(object_, objects)
        yield from _both_ways(chains_of(Searching(object_, parts, schema, interner, sync, proof, budget)))


def _walked(triggers: Iterable[Judgement]) -> "Iterator[Walked]":
    found = [one for one in triggers if isinstance(one, EffectsJudgement) and one.trigger is not None]
    if found:
        from sfoptlint.judge.chain.triggers import Walked  # noqa: PLC0415 - only where a trigger was walked

        # A trigger has a judgement for each object whose box it writes.
        own = {one.trigger.file.path: Walked(one.automation, one.trigger) for one in found if one.trigger is not None}
        yield from own.values()


def _both_ways(chains: Iterable[Chain]) -> Iterable[Chain]:
    """Return each chain once: one that loses both directions is told as one that loses an opt-out."""
    found: dict[tuple[object, ...], Chain] = {}
    for chain in chains:
        known = found.get(chain.key)
        found[chain.key] = replace(known, directions=(*known.directions, *chain.directions)) if known else chain
    return found.values()


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what is not known of an automation is said of that automation."""
    yield from ()
