"""The family of workflow rules: those of the three objects, and those elsewhere that write an opt-out box."""

from collections.abc import Iterator

from sfoptlint.automation.field_update import opt_out_object, target_object
from sfoptlint.automation.workflow import compile_workflow_rule, planned
from sfoptlint.core.expr import Interner
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.effects import EffectsJudgement, Judge, judge_effects
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project

_BOXES = frozenset(name.casefold() for name in OPT_OUT_FIELD.values())


def judge(project: Project, settings: Settings) -> Iterator[EffectsJudgement]:
    """Judge every rule that is in focus."""
    objects = Objects(project)
    sync, budget = sync_world(project, settings.sync_user), budget_of(settings)
    for workflow in project.workflows():
        for rule in workflow.rules:
            interner = Interner()
            automation = compile_workflow_rule(rule, workflow, objects, interner)
            if automation is None:
                continue
            for judgement in judge_effects(automation, Judge(objects, interner, sync, budget)):
                if judgement.object in settings.objects:
                    yield judgement


def gaps(project: Project) -> Iterator[Gap]:
    """Name the field updates of a box of which the tree does not say whose it is."""
    objects = Objects(project)
    for workflow in project.workflows():
        taken = {
            plan.action.name.casefold() for rule in workflow.rules if rule.active for plan in planned(rule, workflow)
        }
        for name, update in workflow.updates.items():
            boxed = name in taken and update.field.casefold() in _BOXES and update.target
            if boxed and not opt_out_object(target_object(update, objects)):
                reason = f"field update {update.name} writes {update.field} of the record behind {update.target}"
                yield Gap(update.path, update.at.line, f"{reason}; of which object that is, the tree does not say")
