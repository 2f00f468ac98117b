"""From the world that a decision found to a witness that stands on its own."""

from collections.abc import Iterable

from sfoptlint.core.expr import Field, Free, Global, RecordKind, Value
from sfoptlint.core.verdict import Direction, OptOutObject
from sfoptlint.core.witness import Expectation, RecordPair, Witness
from sfoptlint.decide import Decision, Scenario
from sfoptlint.evaluate.world import World
from sfoptlint.judge.answers import answers_of

_USER = ("$User.", "$Profile.", "$Permission.", "$UserRole.")
_OWN = frozenset({RecordKind.AFTER, RecordKind.PRIOR})
_METADATA = ("$CustomMetadata.", "$Label.")


def witness_of(
    decision: Decision, scenario: Scenario, object_: OptOutObject, direction: Direction, expect: Expectation
) -> Witness | None:
    """Return the witness of a decision; None where it has none."""
    world = decision.world
    if world is None:
        return None
    own, related = _fields(decision.needed, world, scenario)
    globals_ = {node.name: world.globals.get(node.name) for node in decision.needed if isinstance(node, Global)}
    return Witness(
        object=object_,
        direction=direction,
        chunk=(
            RecordPair(
                {**own, scenario.box: scenario.before}, {scenario.box: scenario.after, **_moved(world, scenario)}
            ),
        ),
        expect=expect,
        now=world.now,
        user={name: value for name, value in globals_.items() if name.startswith(_USER)},
        settings={name: value for name, value in globals_.items() if not name.startswith((*_USER, *_METADATA))},
        metadata={name: value for name, value in globals_.items() if name.startswith(_METADATA)},
        related=related,
        answers=answers_of(decision.needed, world),
        assumptions=tuple(_assumption(free, world) for free in decision.assumed),
    )


def _fields(needed: Iterable[object], world: World, scenario: Scenario) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return the stored values of the record's own fields, and of fields behind look-ups by their path."""
    own: dict[str, Value] = {}
    related: dict[str, Value] = {}
    for node in needed:
        if isinstance(node, Field) and node.record.kind in _OWN and not scenario.is_box(node.path):
            record = world.after if world.prior is None else world.prior
            (own if len(node.path) == 1 else related)[".".join(node.path)] = record.get(node.path)
    return own, related


def _moved(world: World, scenario: Scenario) -> dict[str, Value]:
    """Return what the save itself leaves otherwise than it was: who modified the record last, and when."""
    prior = world.after if world.prior is None else world.prior
    return {
        ".".join(path): value
        for path, value in world.after.items()
        if not scenario.is_box(path) and path in prior and prior[path] != value
    }


def _assumption(free: Free, world: World) -> str:
    return f"{free.text} is taken to be {world.frees.get(free)}"
