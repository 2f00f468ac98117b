"""Runs the rules over what was opened."""

import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sfoptlint import __version__
from sfoptlint.catalogue.load import detector_of
from sfoptlint.catalogue.rule import Family, Rule
from sfoptlint.core.finding import Finding
from sfoptlint.core.outcome import Format, Gap, InternalError, Outcome, ProjectInfo
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Row
from sfoptlint.engine.opening import Opened
from sfoptlint.engine.suppress import suppress
from sfoptlint.judge.project import Judgements, judge_project
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree, split_trees
from sfoptlint.ruleapi import InputProblem, StaleSuppression
from sfoptlint.source.source import Source


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do.

    `root` is how the user named the input. `keep` chooses among the findings, such as those in changed files only;
    `baseline` holds the fingerprints of findings that are known.
    """

    root: str
    opened: Sequence[Opened]
    settings: Settings
    rules: Sequence[Rule]
    today: date
    keep: Callable[[Finding], bool] = lambda _: True
    baseline: frozenset[str] = frozenset()
    config_source: Source | None = None


@dataclass(slots=True)
class _Gathered:
    """What the trees have yielded so far."""

    findings: list[Finding] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    errors: list[InternalError] = field(default_factory=list)
    formats: Counter[Format] = field(default_factory=Counter)


def run(request: Request) -> Outcome:
    """Judge every tree, let the rules look at it, and gather the outcome."""
    gathered = _Gathered()
    for opened in request.opened:
        _run_source(opened, request, gathered)
    whole = all(opened.focus is None for opened in request.opened)
    suppressed = suppress(gathered.findings, request.settings.suppress, request.today)
    unused = suppressed.unused if whole else ()
    stale = [StaleSuppression(s, request.settings.path, expired=False) for s in unused]
    stale += [StaleSuppression(s, request.settings.path, expired=True) for s in suppressed.expired]
    findings = [*suppressed.findings, *_look(request, Family.SUPPRESSION, stale, request.config_source, "", gathered)]
    kept = [f for f in findings if f.fingerprint not in request.baseline and request.keep(f)]
    return Outcome(
        version=__version__,
        project=ProjectInfo(
            request.root,
            max(Format, key=lambda form: gathered.formats[form]),
            tuple(request.settings.objects),
            request.settings.context,
        ),
        findings=tuple(sorted(kept, key=_finding_order)),
        rows=tuple(sorted(gathered.rows, key=_row_order)),
        read=dict(sorted(gathered.read.items())),
        gaps=tuple(sorted(gathered.gaps)),
        rules=tuple(rule.digest() for rule in request.rules),
        internal_errors=tuple(gathered.errors),
    )


def _run_source(opened: Opened, request: Request, gathered: _Gathered) -> None:
    source = opened.source
    scope = scope_of(source, [a for a in map(recognise, source.paths) if a is not None])
    gathered.gaps += scope.gaps
    problems = [*source.problems, *scope.problems]
    for tree in split_trees(scope.artefacts):
        project = Project(source, tree, focus=opened.focus, earlier=opened.earlier)
        try:
            judgements = judge_project(project, request.settings)
        except Exception:
            gathered.errors.append(InternalError(tree.root or ".", traceback.format_exc()))
            continue
        problems += judgements.problems
        gathered.rows += judgements.rows()
        gathered.gaps += judgements.gaps
        gathered.read.update(project.read)
        gathered.formats[Format.SOURCE if project.source_format else Format.MDAPI] += len(tree.artefacts)
        gathered.findings += _look_at_tree(request, judgements, source, tree, gathered)
    broken = [InputProblem(problem, _artifact_of(problem)) for problem in problems]
    gathered.findings += _look(request, Family.INPUT, broken, source, "", gathered)


def _look_at_tree(
    request: Request, judgements: Judgements, source: Source, tree: Tree, gathered: _Gathered
) -> Iterator[Finding]:
    raised = judgements.raised_objects
    pages = [page for page in judgements.pages if page.row.object in raised]
    access = [access for access in judgements.access if access.row.object in raised]
    yield from _look(request, Family.PAGE, pages, source, tree.root, gathered)
    yield from _look(request, Family.ACCESS, access, source, tree.root, gathered)


def _look(
    request: Request, family: Family, judged: Sequence[Any], source: Source | None, root: str, gathered: _Gathered
) -> Iterator[Finding]:
    """Run one family's rules; a rule that crashes is an internal error, and the others go on."""
    for rule in request.rules if judged else ():
        if rule.family is not family:
            continue
        try:
            observations = list(detector_of(rule)(judged))
        except Exception:
            gathered.errors.append(InternalError(rule.id, traceback.format_exc()))
            continue
        for observation in observations:
            yield _finding(rule, observation, source, root)
