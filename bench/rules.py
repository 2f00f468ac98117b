"""Deciding the validation rules of an org, against parsing their conditions; `python -m bench.rules FOLDER...` for real orgs."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from sfoptlint.core.expr import Interner
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.decide import Budget
from sfoptlint.judge.sync_world import sync_world
from sfoptlint.judge.validation_rule import judge_validation_rule
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.parser import parse
from sfoptlint.metadata.kind import recognise
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.model.trees import split_trees
from sfoptlint.source.directory import DirectorySource


@dataclass(frozen=True, slots=True)
class Figures:
    """CPU seconds to decide the active rules of one org, and to parse their conditions."""

    rules: int
    decide: float
    parse: float


def measure(root: Path) -> Figures:
    """Decide every rule of Contact, Lead and Account below a folder, once read."""
    figures = [_project(project) for project in projects(root)]
    return Figures(sum(f.rules for f in figures), sum(f.decide for f in figures), sum(f.parse for f in figures))


def report(root: Path) -> str:
    """Return the figures of one org on one line."""
    figures = measure(root)
    ratio = figures.decide / max(figures.parse, 1e-9)
    return (
        f"validation rules: {figures.rules} decided in {1000 * figures.decide:.0f} ms CPU (at most 150 in the median real "
        f"org), {ratio:.0f} times parsing them"
    )


def projects(root: Path) -> Iterator[Project]:
    """Yield the trees of one folder."""
    source = DirectorySource(root)
    for tree in split_trees(artefact for artefact in map(recognise, source.paths) if artefact is not None):
        yield Project(source, tree)


def _project(project: Project) -> Figures:
    objects, interner = Objects(project), Interner()
    sync = sync_world(project, Settings().sync_user)
    rules = list(active_rules(objects))
    start = process_time()
    for object_, rule in rules:
        judge_validation_rule(rule, object_, objects, interner, sync, Budget())
    decided = process_time()
    for _, rule in rules:
        try:
            parse(rule.formula)
        except FormulaSyntaxError:
            continue
    return Figures(len(rules), decided - start, process_time() - decided)


def active_rules(objects: Objects) -> Iterator[tuple[OptOutObject, ValidationRule]]:
    """Yield the active rules of every object, each object read before."""
    for object_ in OptOutObject:
        objects.get(object_)
        for rule in objects.validation_rules(object_):
            if rule.active:
                yield object_, rule


if __name__ == "__main__":
    orgs = [measure(Path(folder)) for folder in sys.argv[1:]]
    with_rules = [org for org in orgs if org.rules]
    for folder, org in zip(sys.argv[1:], orgs, strict=True):
        print(f"{folder}: {org.rules} rules, {1000 * org.decide:.0f} ms")
    print(f"median of {len(with_rules)} orgs with rules: {1000 * median(org.decide for org in with_rules):.0f} ms")
