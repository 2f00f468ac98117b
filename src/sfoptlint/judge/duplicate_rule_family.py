"""The family of duplicate rules, with the matching rules that they use."""

from collections.abc import Iterator

from sfoptlint.automation.duplicate_rule import compile_duplicate_rule
from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.effects import EffectsJudgement, Judge, judge_effects
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.metadata.duplicate_rule import MatchingRule
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[EffectsJudgement]:
    """Judge every rule that is in focus."""
    objects = Objects(project)
    sync, budget = sync_world(project, settings.sync_user), budget_of(settings)
    known = {(rule.object.casefold(), rule.name.casefold()): rule for rule in project.matching_rules()}

    def matching(object_: str, name: str) -> MatchingRule | None:
        return known.get((object_.casefold(), name.casefold()))

    for rule in project.duplicate_rules():
        interner = Interner()
        automation = compile_duplicate_rule(rule, matching, objects, interner)
        if automation is None:
            continue
        for judgement in judge_effects(automation, Judge(objects, interner, sync, budget)):
            if judgement.object in settings.objects:
                yield judgement


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what could not be decided is `unknown` in its row."""
    yield from ()
