"""The family of approval processes: the locks that an update meets, and the answers that write the box."""

from collections.abc import Iterator

from sfoptlint.automation.approval import compile_approval_process
from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.effects import EffectsJudgement, Judge, judge_effects
from sfoptlint.judge.sync_world import modifying, sync_world
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[EffectsJudgement]:
    """Judge every process that is in focus."""
    objects = Objects(project)
    sync, budget = modifying(sync_world(project, settings.sync_user), project), budget_of(settings)
    workflows = {workflow.object.casefold(): workflow for workflow in project.workflows(everywhere=True)}
    for process in project.approval_processes():
        interner = Interner()
        workflow = workflows.get(process.object.casefold())
        automation = compile_approval_process(process, workflow, objects, interner)
        if automation is None:
            continue
        for judgement in judge_effects(automation, Judge(objects, interner, sync, budget)):
            if judgement.object in settings.objects:
                yield judgement


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what could not be decided is `unknown` in its row."""
    yield from ()
