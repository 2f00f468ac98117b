"""What the org's own metadata does to one person's opt-out: each guard evaluated over the values of the export.

What the export does not have, a guard may ask for; then it is not told whether it holds, and nothing is concluded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sfoptlint.core.expr import Expr, Field, Interner, RecordKind, Value, nodes
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import Direction, Effect, OptOutObject, Row, Verdict
from sfoptlint.data_directory.directory import Row as ExportedRow
from sfoptlint.decide.scenario import Scenario, fold
from sfoptlint.doctor.causes import Cause
from sfoptlint.doctor.diagnosis import Way
from sfoptlint.doctor.exported import ExportedRecord
from sfoptlint.doctor.population import Subject
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.world import World
from sfoptlint.explain.words import condition_words
from sfoptlint.judge.effects import EffectsJudgement
from sfoptlint.judge.family import Judgement
from sfoptlint.judge.schema_view import SchemaView
from sfoptlint.judge.validation_rule import RuleJudgement

_CAUSES = {Effect.BLOCK: Cause.BLOCKED_BY_AUTOMATION, Effect.REVERT: Cause.REVERTED_BY_AUTOMATION}
_OWN = (RecordKind.AFTER, RecordKind.PRIOR)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that fails or undoes an opt-out of some records, and the condition under which it does."""

    row: Row
    guard: Expr
    schema: SchemaView
    fixed: Mapping[str, Value]
    interner: Interner

    def holds(self, row: ExportedRow, now: datetime) -> bool | None:
        """Return whether the condition is met by a person's values; None where they do not tell."""
        if self.row.verdict is Verdict.ALWAYS:
            return True
        box = OPT_OUT_FIELD[self.row.object]
        world = World(
            ExportedRecord(row, self.schema, {box: True}),
            ExportedRecord(row, self.schema, {box: False}),
            globals=self.fixed,
            now=now,
        )
        outcome = Evaluation(world).outcome(self.guard)
        return None if isinstance(outcome, FormulaError) else outcome is True

    @property
    def words(self) -> str:
        """The condition, in words."""
        scenario = Scenario(self.row.object, OPT_OUT_FIELD[self.row.object], before=False, after=True, fixed=self.fixed)
        return condition_words(fold(self.guard, scenario, self.schema, self.interner))


@dataclass(frozen=True)
class MetadataWays:
    """What was judged in the metadata, asked about one person at a time."""

    judged: tuple[Judgement, ...]
    now: datetime

    @cached_property
    def obstacles(self) -> Mapping[OptOutObject, tuple[Obstacle, ...]]:
        """What fails or undoes an opt-out, by the object whose save it runs on."""
        found = list(_obstacles(self.judged))
        return {object_: tuple(o for o in found if o.row.object is object_) for object_ in OptOutObject}

    @cached_property
    def denied(self) -> frozenset[OptOutObject]:
        """The objects whose box the configured sync user may not edit."""
        return frozenset(
            row.object
            for judgement in self.judged
            for row in judgement.rows
            if row.artifact.type == "SyncUser" and row.effect is Effect.DENY and row.verdict is Verdict.ALWAYS
        )

    def sure(self, subject: Subject) -> tuple[Way, ...]:
        """Return what certainly fails or undoes this person's opt-out."""
        denied = [Way(Cause.NOT_EDITABLE, "the sync user may not edit the box")] if self._is_denied(subject) else []
        return (*denied, *(_way(o) for o in self._asked(subject, wanted=True)))

    def possible(self, subject: Subject) -> tuple[str, ...]:
        """Return what may fail or undo it, and the export does not tell."""
        return tuple(o.row.artifact.full_name for o in self._asked(subject, wanted=None))

    def _is_denied(self, subject: Subject) -> bool:
        return subject.automated in self.denied

    def _asked(self, subject: Subject, *, wanted: bool | None) -> Iterator[Obstacle]:
        for obstacle in self.obstacles[subject.automated]:
            if obstacle.holds(subject.row, self.now) is wanted:
                yield obstacle


def _obstacles(judged: Iterable[Judgement]) -> Iterator[Obstacle]:
    for judgement in judged:
        match judgement:
            case RuleJudgement(automation=automation) if automation is not None:
                row = judgement.blocks(Direction.OPT_OUT)
                if row is not None:
                    yield Obstacle(row, judgement.guard, judgement.schema, judgement.fixed, judgement.interner)
            case EffectsJudgement():
                yield from _harms(judgement)


def fields_asked(judged: Iterable[Judgement]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a record that a guard reads, by object, as columns of a query."""
    found: dict[str, dict[str, None]] = {}
    for obstacle in _obstacles(judged):
        for node in nodes(obstacle.guard):
            if isinstance(node, Field) and node.record.kind in _OWN:
                found.setdefault(obstacle.row.object, {})[".".join(node.path)] = None
    return {object_: tuple(fields) for object_, fields in found.items()}


def _harms(judgement: EffectsJudgement) -> Iterator[Obstacle]:
    for effect in _CAUSES:
        row, harm = judgement.row(Direction.OPT_OUT, effect), judgement.harms.get((Direction.OPT_OUT, effect))
        if row is not None and harm is not None and harm.guard is not None:
            yield Obstacle(row, harm.guard, judgement.schema, judgement.fixed, judgement.interner)


def _way(obstacle: Obstacle) -> Way:
    verb = "rejects the save" if obstacle.row.effect is Effect.BLOCK else "undoes it"
    return Way(_CAUSES[obstacle.row.effect], f"{obstacle.row.artifact} {verb} when {obstacle.words}")
