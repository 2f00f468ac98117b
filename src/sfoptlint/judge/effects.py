"""The verdict rows of an automation, from its guarded effects."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sfoptlint.automation.automation import Automation, Effect, Overwrite, Unknown
from sfoptlint.core import verdict
from sfoptlint.core.expr import Interner, Value
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Cause, Direction, OptOutObject, Row, Verdict
from sfoptlint.core.witness import Expectation
from sfoptlint.decide import Budget, Decision, Scenario, Update
from sfoptlint.judge import harm as harms
from sfoptlint.judge.harm import Asking, Harm
from sfoptlint.judge.overwrite import overwrites
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.shared import Shared
from sfoptlint.judge.sync_world import SyncWorld
from sfoptlint.judge.witness import witness_of
from sfoptlint.model.objects import Objects

if TYPE_CHECKING:
    from sfoptlint.automation.apex.trigger import TriggerText

DIRECTIONS = {Direction.OPT_OUT: (False, True), Direction.OPT_IN: (True, False)}
"""The stored and the new value of the box."""
_CAUSES = {verdict.Effect.BLOCK: Cause.ERROR, verdict.Effect.REVERT: Cause.WRITE}
_OBJECTS = tuple(OptOutObject)


@dataclass(frozen=True, slots=True)
class Judge:
    """What judges every automation of one tree."""

    objects: Objects
    interner: Interner
    sync: SyncWorld
    budget: Budget


@dataclass(frozen=True, slots=True)
class EffectsJudgement:
    """One automation and one object: its rows, and what they rest on, by direction and effect."""

    automation: Automation
    rows: tuple[Row, ...]
    schema: SchemaView
    interner: Interner
    fixed: Mapping[str, Value] = field(default_factory=dict)
    harms: Mapping[tuple[Direction, verdict.Effect], Harm] = field(default_factory=dict)
    trigger: "TriggerText | None" = None
    """The text of a trigger that was walked, to run it again."""

    @property
    def object(self) -> OptOutObject:
        """The object whose opt-out the rows speak of."""
        return self.rows[0].object

    def row(self, direction: Direction, effect: verdict.Effect, *verdicts: Verdict) -> Row | None:
        """Return the row of this direction and effect where its verdict is one of these; without any, where it is harmful."""
        wanted = verdicts or (Verdict.ALWAYS, Verdict.SOMETIMES)
        for row in self.rows:
            if row.direction is direction and row.effect is effect and row.verdict in wanted:
                return row
        return None


def judge_effects(automation: Automation, judge: Judge) -> Iterator[EffectsJudgement]:
    """Judge an automation: the object whose update starts it, and every object that it writes without such an update."""
    if automation.object is not None:
        yield _started(automation, automation.object, judge)
    for object_ in _OBJECTS:
        effects = [effect for effect in automation.effects if _may_overwrite(effect, object_)]
        if effects:
            yield _elsewhere(automation, object_, effects, judge)


def _may_overwrite(effect: Effect, object_: OptOutObject) -> bool:
    match effect.do:
        case Overwrite(object=written):
            return written is object_
        case Unknown(objects=objects):
            return object_ in objects
    return False


def _started(automation: Automation, object_: OptOutObject, judge: Judge) -> EffectsJudgement:
    schema = SchemaView(object_, judge.objects)
    if automation.idle:
        idle = tuple(_idle_rows(automation, object_))
        return EffectsJudgement(automation, idle, schema, judge.interner)
    fixed = judge.sync.fixed([effect.guard for effect in automation.effects])
    found: dict[tuple[Direction, verdict.Effect], Harm] = {}
    rows: list[Row] = []
    shared = Shared()
    for direction, (before, after) in DIRECTIONS.items():
        scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after, fixed)
        asking = Asking(automation, Update(scenario, schema, judge.interner), judge.budget, shared)
        for kind, ask in ((verdict.Effect.BLOCK, harms.block), (verdict.Effect.REVERT, harms.revert)):
            harm = found[direction, kind] = ask(asking)
            rows.append(_row(automation, scenario, object_, direction, kind, harm))
    return EffectsJudgement(automation, tuple(rows), schema, judge.interner, fixed, found)


def _elsewhere(
    automation: Automation, object_: OptOutObject, effects: Iterable[Effect], judge: Judge
) -> EffectsJudgement:
    schema = SchemaView(object_, judge.objects)
    found: dict[tuple[Direction, verdict.Effect], Harm] = {}
    rows: list[Row] = []
    for direction, (before, after) in DIRECTIONS.items():
        scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after)
        asking = Asking(automation, Update(scenario, schema, judge.interner), judge.budget)
        harm = found[direction, verdict.Effect.OVERWRITE] = overwrites(asking, effects)
        rows.append(_row(automation, scenario, object_, direction, verdict.Effect.OVERWRITE, harm))
    return EffectsJudgement(automation, tuple(rows), schema, judge.interner, {}, found)


def _row(  # noqa: PLR0913, PLR0917 - a row says all of this
    automation: Automation,
    scenario: Scenario,
    object_: OptOutObject,
    direction: Direction,
    kind: verdict.Effect,
    harm: Harm,
) -> Row:
    decision, at = harm.decision, harm.effect.at if harm.effect else automation.at
    own = _own_place(automation, harm.effect)
    harmful = decision.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES)
    started = kind is not verdict.Effect.OVERWRITE
    expect = Expectation(kind, at, getattr(harm.effect.do, "code", "") if harm.effect else "", _place(harm))
    return Row(
        artifact=automation.component,
        object=object_,
        direction=direction,
        effect=kind,
        cause=_cause(kind, harm.effect),
        verdict=decision.verdict,
        path=own.path,
        line=own.line,
        reason=decision.reason,
        reach=decision.reach if harmful and started else None,
        witness=witness_of(decision, scenario, object_, direction, expect) if harmful and started else None,
    )


def _own_place(automation: Automation, effect: Effect | None) -> Place:
    """Return the place of an effect in the artefact's own file: where the way to it leaves that."""
    places = (effect.at, *(step.at for step in reversed(effect.steps))) if effect else ()
    return next((place for place in places if place.path == automation.at.path), automation.at)


def _place(harm: Harm) -> str:
    return harm.effect.place if harm.effect else ""


def _cause(kind: verdict.Effect, effect: Effect | None) -> Cause:
    cause = getattr(effect.do, "cause", None) if effect else None
    return cause if isinstance(cause, Cause) else _CAUSES.get(kind, Cause.WRITE)


def _idle_rows(automation: Automation, object_: OptOutObject) -> Iterator[Row]:
    harm = Harm(Decision(Verdict.NEVER, automation.idle))
    for direction, (before, after) in DIRECTIONS.items():
        scenario = Scenario(object_, OPT_OUT_FIELD[object_], before, after)
        for kind in (verdict.Effect.BLOCK, verdict.Effect.REVERT):
            yield _row(automation, scenario, object_, direction, kind, harm)
