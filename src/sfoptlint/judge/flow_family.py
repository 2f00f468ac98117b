"""The family of flows and processes: whatever a save, or the clock, starts."""

from collections.abc import Iterator

from sfoptlint.automation.flow.compile import compile_flow
from sfoptlint.automation.flow.start import Versions, trigger_of
from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
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
    for flow in project.flows():
        trigger = trigger_of(flow)
        if trigger is None:
            continue
        # Guards of different flows are never compared: each has its own nodes, and they are dropped with it.
        interner = Interner()
        judging = Judge(objects, interner, sync_world(project, settings.sync_user), budget_of(settings))
        automation = compile_flow(flow, trigger, versions.inactive(flow), objects, interner, versions.callee)
        for judgement in judge_effects(automation, judging):
            if judgement.object in settings.objects:
                yield judgement


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what could not be decided is `unknown` in its row."""
    yield from ()
