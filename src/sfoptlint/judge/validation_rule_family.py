"""The validation rules of the objects that have the box."""

from collections.abc import Iterator

from sfoptlint.core.expr import Interner
from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.budget import budget_of
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.judge.validation_rule import RuleJudgement, judge_validation_rule
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[RuleJudgement]:
    """Judge every rule that is in focus."""
    objects = Objects(project)
    interner = Interner()
    sync = sync_world(project, settings.sync_user)
    budget = budget_of(settings)
    for object_ in settings.objects:
        for rule in objects.validation_rules(object_):
            yield judge_validation_rule(rule, object_, objects, interner, sync, budget)


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what could not be decided is `unknown` in its row."""
    yield from ()
