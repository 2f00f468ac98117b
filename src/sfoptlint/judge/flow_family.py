"""The family of flows and processes: whatever a save, or the clock, starts."""

from collections.abc import Iterator, Mapping

from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.frame import Acted, Actions
from sfoptlint.automation.flow.start import Versions, trigger_of
from sfoptlint.core.expr import Expr, Interner
from sfoptlint.core.outcome import Context, Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.effects import EffectsJudgement, Judge, judge_effects
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[EffectsJudgement]:
    """Judge every flow that is in focus and that something other than a call starts."""
    objects = Objects(project)
    versions = Versions(project)
    actions = _Actions(project, objects, settings.context)
    for flow in project.flows():
        trigger = trigger_of(flow)
        if trigger is None:
            continue
        # Guards of different flows are never compared: each has its own nodes, and they are dropped with it.
        interner = Interner()
        judging = Judge(objects, interner, sync_world(project, settings.sync_user), budget_of(settings))
        automation = compile_flow(
            flow, trigger, versions.inactive(flow), objects, interner, versions.callee, actions=actions
        )
        for judgement in judge_effects(automation, judging):
            if judgement.object in settings.objects:
                yield judgement


class _Actions:
    """The Apex that flows call, read once one of them does."""

    __slots__ = ("_context", "_found", "_objects", "_project")

    def __init__(self, project: Project, objects: Objects, context: Context) -> None:
        self._project, self._objects, self._context = project, objects, context
        self._found: Actions | None = None

    def __call__(self, name: str, object_: str, inputs: Mapping[str, Expr | None], interner: Interner) -> Acted | None:
        if self._found is None:
            from sfoptlint.automation.apex.action import ApexActions  # noqa: PLC0415 - few flows need it, and it is felt at start-up
            from sfoptlint.automation.apex.codebase import Codebase  # noqa: PLC0415 - as above

            self._found = ApexActions(Codebase(self._project), self._objects, self._context).effects
        return self._found(name, object_, inputs, interner)


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what could not be decided is `unknown` in its row."""
    yield from ()
