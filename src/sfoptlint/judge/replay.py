"""Every witness of a judgement replayed: the row says whether the simulator comes to what was proved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from sfoptlint.automation.automation import Automation
from sfoptlint.core.expr import Interner
from sfoptlint.core.verdict import Row
from sfoptlint.core.witness import Witness
from sfoptlint.judge.effects import EffectsJudgement
from sfoptlint.judge.family import Judgement
from sfoptlint.judge.validation_rule import RuleJudgement
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.replay import Replayed, replay
from sfoptlint.simulate.validation_rules import ValidationRuleWalk
from sfoptlint.simulate.walk import Walk

if TYPE_CHECKING:
    from sfoptlint.automation.flow.start import Versions


@dataclass(frozen=True, slots=True)
class NotReplayed:
    """A witness that the simulator does not confirm, and why."""

    row: Row
    reason: str


class Replays:
    """Replays the witnesses of one tree; `failed` are those that did not come to what they show."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.failed: list[NotReplayed] = []

    def replayed(self, judgement: Judgement) -> Judgement:
        """Return the judgement with `replayed` in each row that has a witness."""
        if not any(row.witness for row in judgement.rows):
            return judgement
        assert isinstance(judgement, RuleJudgement | EffectsJudgement)
        return replace(judgement, rows=tuple(self._row(judgement, row) for row in judgement.rows))

    def _row(self, judgement: RuleJudgement | EffectsJudgement, row: Row) -> Row:
        if row.witness is None:
            return row
        sparse = isinstance(judgement, EffectsJudgement) and judgement.trigger is not None
        replayed = _replayed(row.witness, self._walk(judgement, row), judgement.fixed, sparse=sparse)
        witness = replayed.witness
        if replayed.reason and sparse and _meets_guards(row.witness, judgement):
            # The run also asks what no guard rests on, and has nobody to answer; its other way refutes nothing.
            said = f"the run of the whole trigger goes another way: {replayed.reason}"
            witness = replace(row.witness, assumptions=(*row.witness.assumptions, said))
        elif replayed.reason:
            self.failed.append(NotReplayed(row, replayed.reason))
        return replace(row, witness=witness, replayed=not replayed.reason)

    def _walk(self, judgement: RuleJudgement | EffectsJudgement, row: Row) -> Walk:
        if isinstance(judgement, RuleJudgement):
            return ValidationRuleWalk(judgement.rule, judgement.guard)
        automation = judgement.automation
        own: Walk | None = None
        match row.artifact.type:
            case "Flow":
                own = self._flow(automation)
            case "ApexTrigger" if judgement.trigger is not None:
                from sfoptlint.simulate.apex import WholeTrigger, events_of  # noqa: PLC0415 - only where one is accused

                own = WholeTrigger(events_of(judgement.trigger))
            case "WorkflowRule":
                own = self._workflow_rule(row)
            case "ApprovalProcess":
                from sfoptlint.simulate.approvals import approval_walks  # noqa: PLC0415 - only where one is accused

                own = _declared_by(approval_walks(self._project, row.object, self._objects, Interner()), row)
            case "DuplicateRule":
                from sfoptlint.simulate.duplicate_rules import duplicate_rule_walks  # noqa: PLC0415 - likewise

                own = _declared_by(duplicate_rule_walks(self._project, row.object, self._objects, Interner()), row)
        assert own is not None, f"{row.artifact} is not simulated"
        return own

    def _workflow_rule(self, row: Row) -> Walk | None:
        from sfoptlint.simulate.workflow import CheckedRuleWalk, workflow_walks  # noqa: PLC0415 - only where one is accused

        rule = _declared_by(workflow_walks(self._project, row.object, self._objects, Interner()), row)
        return CheckedRuleWalk(rule) if rule is not None else None

    def _flow(self, automation: Automation) -> Walk | None:
        from sfoptlint.simulate.flows import flow_walk  # noqa: PLC0415 - only where a flow is accused

        # By its path: a folder may hold the same flow in both formats.
        flow = next((flow for flow in self._project.flows() if flow.path == automation.at.path), None)
        return None if flow is None else flow_walk(flow, self._objects, self._versions)

    @cached_property
    def _versions(self) -> "Versions":
        from sfoptlint.automation.flow.start import Versions  # noqa: PLC0415 - only where a flow is accused

        return Versions(self._project)

    @cached_property
    def _objects(self) -> Objects:
        return Objects(self._project)


_Declared = TypeVar("_Declared", bound=Walk)


def _declared_by(walks: Iterable[_Declared], row: Row) -> _Declared | None:
    """Return the automation of a row; by its path too, for a folder may hold the same one in both formats."""
    return next((walk for walk in walks if walk.component == row.artifact and walk.at.path == row.path), None)


def _replayed(witness: Witness, walk: Walk, fixed: Any, *, sparse: bool = False) -> Replayed:
    try:
        return replay(witness, walk, fixed, sparse=sparse)
    except Exception as error:  # a defect of ours must not cost the verdicts
        return Replayed(witness, f"the replay breaks: {error!r}")


def _meets_guards(witness: Witness, judgement: RuleJudgement | EffectsJudgement) -> bool:
    """Whether the compiled effect happens on the witness."""
    from sfoptlint.simulate.compiled import CompiledWalk  # noqa: PLC0415 - only where a trigger is accused

    assert isinstance(judgement, EffectsJudgement)
    return not _replayed(witness, CompiledWalk(judgement.automation), judgement.fixed).reason


def in_words(failed: NotReplayed) -> Iterator[str]:
    """Yield what a report of the defect needs: which witness, and what happens instead."""
    row = failed.row
    yield f"{row.artifact} ({row.object}, {row.direction}, {row.effect}): its witness does not replay: {failed.reason}"
