"""The family of Apex: triggers, and classes that run by themselves and write the box."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.automation.apex.elsewhere import compile_elsewhere, compile_job
from sfoptlint.automation.apex.trigger import compiled_trigger, object_of
from sfoptlint.automation.automation import Automation
from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.effects import EffectsJudgement, Judge, judge_effects
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[EffectsJudgement]:
    """Judge every trigger that is in focus."""
    objects = Objects(project)
    codebase = Codebase(project)
    for artefact in project.artefacts(Kind.APEX_TRIGGER):
        # Guards of different triggers are never compared: each has its own nodes, and they are dropped with it.
        interner = Interner()
        judging = Judge(objects, interner, sync_world(project, settings.sync_user), budget_of(settings))
        compiled = compiled_trigger(artefact.path, codebase, objects, interner, settings.context)
        if compiled is not None:
            own = _judged([compiled.automation], judging, settings)
            yield from (replace(judgement, trigger=compiled.text) for judgement in own)
        elsewhere = compile_elsewhere(artefact.path, codebase, objects, interner, settings.context)
        yield from _judged([elsewhere], judging, settings)
    for artefact in project.artefacts(Kind.APEX_CLASS):
        interner = Interner()
        judging = Judge(objects, interner, sync_world(project, settings.sync_user), budget_of(settings))
        job = compile_job(artefact.path, codebase, objects, interner, settings.context)
        yield from _judged([job], judging, settings)


def _judged(automations: Iterable[Automation | None], judging: Judge, settings: Settings) -> Iterator[EffectsJudgement]:
    for automation in automations:
        for judgement in judge_effects(automation, judging) if automation is not None else ():
            if judgement.object in settings.objects:
                yield judgement


def gaps(project: Project) -> Iterator[Gap]:
    """Name the triggers of which not even the object can be read: a managed package hides its code, say."""
    codebase = Codebase(project)
    for artefact in project.artefacts(Kind.APEX_TRIGGER):
        if not object_of(codebase.text(artefact.path) or ""):
            yield Gap(artefact.path, 1, "no trigger can be read in this file, so it is not judged")
