"""Runs the rules over what was opened."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sfoptlint import __version__
from sfoptlint.catalogue.load import detector_of
from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.finding import Finding
from sfoptlint.core.outcome import Format, Gap, InternalError, Outcome, ProjectInfo
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject, Row
from sfoptlint.engine.opening import Opened
from sfoptlint.engine.stamp import artifact_of, finding_order, row_order, stamp
from sfoptlint.engine.suppress import suppress
from sfoptlint.judge.family import Family
from sfoptlint.judge.project import Judgements, judge_project
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree, holds, split_trees, trees_in_focus
from sfoptlint.ruleapi import InputProblem, StaleSuppression
from sfoptlint.source.source import Problem, Source


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do.

    `root` is how the user named the input. `baseline` holds the fingerprints of findings that are known. `config` is where
    the configuration file can be read.
    `partial`: rules or objects were left out for this run. `families` is what is judged, where it is not everything.
    """

    root: str
    opened: Sequence[Opened]
    settings: Settings
    rules: Sequence[Rule]
    today: date
    config: Source
    baseline: frozenset[str] = frozenset()
    partial: bool = False
    families: frozenset[Family] | None = None


def run(request: Request) -> Outcome:
    """Judge every tree, let the rules look at it, and gather the outcome."""
    return _Run(request).outcome()


class _Run:
    """One run: the request, and what the trees have yielded so far."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.findings: list[Finding] = []
        self.unchanged: set[int] = set()
        """The identities of findings on what did not change: a finding's witness has no hash."""
        self.rows: list[Row] = []
        self.gaps: list[Gap] = []
        self.errors: list[InternalError] = []
        self.read: Counter[str] = Counter()
        self.formats: Counter[Format] = Counter()
        self.raised: frozenset[OptOutObject] = frozenset()

    def outcome(self) -> Outcome:
        """Read everything and return what was found."""
        for opened in self.request.opened:
            self._read_source(opened)
        return Outcome(
            version=__version__,
            project=ProjectInfo(
                self.request.root,
                max(Format, key=lambda form: self.formats[form]),
                tuple(self.request.settings.objects),
                self.request.settings.context,
            ),
            findings=tuple(sorted(self._remaining(), key=finding_order)),
            raised=self.raised,
            rows=tuple(sorted(self.rows, key=row_order)),
            read=dict(sorted(self.read.items())),
            gaps=tuple(sorted(set(self.gaps))),
            rules=tuple(rule.digest() for rule in self.request.rules),
            internal_errors=tuple(self.errors),
        )

    def _read_source(self, opened: Opened) -> None:
        source = opened.source
        first = len(self.findings)
        problems = [*source.problems]
        if opened.focus is None:
            scope = scope_of(source, [a for a in map(recognise, source.paths) if a is not None])
            self.gaps += scope.gaps
            problems += scope.problems
            trees = split_trees(scope.artefacts) or [Tree("", ())]
            if not scope.artefacts:
                self.gaps.append(Gap(".", 1, "holds no metadata that is read"))
        else:
            trees = trees_in_focus(source.paths, opened.focus)
        for tree in trees:
            focus = (
                None if opened.focus is None else frozenset(path for path in opened.focus if holds(tree.paths, path))
            )
            problems += self._read_tree(Project(source, tree, focus=focus, earlier=opened.earlier), tree)
        self.gaps += self._named_in_vain(opened)
        broken = [InputProblem(problem, artifact_of(problem.path)) for problem in problems]
        self.findings += self._look(Family.INPUT, broken, source)
        if opened.changed is not None:
            self.unchanged |= {id(f) for f in self.findings[first:] if not _is_about(f, opened.changed)}

    def _named_in_vain(self, opened: Opened) -> Sequence[Gap]:
        """Say which files were named one by one and are none that is read; in the index there are many others."""
        if opened.focus is None or opened.earlier is not None:
            return ()
        told = {gap.path for gap in self.gaps}
        reason = "is no metadata that is read; the end of its name has to say what it is"
        return [Gap(path, 1, reason) for path in sorted(opened.focus - told) if recognise(path) is None]

    def _read_tree(self, project: Project, tree: Tree) -> Sequence[Problem]:
        try:
            judgements = judge_project(project, self.request.settings, self.request.families)
        except Exception:  # a defect of ours must not cost the other trees
            self.errors.append(_defect(tree.root or "."))
            return project.problems
        self.errors += (InternalError(tree.root or ".", defect) for defect in judgements.defects)
        self.rows += judgements.rows()
        self.gaps += judgements.gaps
        self.read.update(_read_counts(project, judgements))
        self.formats[Format.SOURCE if project.source_format else Format.MDAPI] += len(tree.paths)
        self.raised |= judgements.raised_objects
        for family, judged in judgements.raised.items():
            self.findings += self._look(family, judged, project.source, tree.root)
        return project.problems

    def _look(self, family: Family, judged: Sequence[Any], source: Source, root: str = "") -> Iterator[Finding]:
        """Run one family's rules; a rule that crashes is an internal error, and the others go on."""
        rules = [rule for rule in self.request.rules if rule.family is family] if judged else []
        for rule in rules:
            try:
                observations = list(detector_of(rule)(judged))
            except Exception:  # a rule may be a user's own, and must not cost the others
                self.errors.append(_defect(rule.id))
                continue
            for observation in observations:
                readable = self.request.config if observation.place.path == self.request.settings.path else source
                yield stamp(rule, observation, readable, root)

    def _remaining(self) -> Iterator[Finding]:
        """Yield what neither configuration nor baseline takes out, and what is stale in the configuration itself."""
        settings = self.request.settings
        suppressed = suppress(self.findings, settings.suppress, self.request.today)
        stale = [StaleSuppression(s, settings.path, expired=True) for s in suppressed.expired]
        changes = [opened.changed for opened in self.request.opened if opened.changed is not None]
        if changes and not any(settings.path in changed for changed in changes):
            stale = []
        elif not self.request.partial and all(opened.focus is None for opened in self.request.opened):
            # A part of the project, or of the rules, says nothing of the findings elsewhere.
            stale += [StaleSuppression(s, settings.path, expired=False) for s in suppressed.unused]
        for finding in (*suppressed.findings, *self._look(Family.SUPPRESSION, stale, self.request.config)):
            if finding.fingerprint not in self.request.baseline and id(finding) not in self.unchanged:
                yield finding


def _is_about(finding: Finding, changed: frozenset[str]) -> bool:
    """Return whether a finding stands in, or is related to, a changed file."""
    return finding.place.path in changed or any(related.place.path in changed for related in finding.related)


def _read_counts(project: Project, judgements: Judgements) -> Counter[str]:
    """Count the files that were parsed by type; of parts that stand in another component's file, those that were judged."""
    counts = project.read_counts
    judged = Counter(artifact.type for artifact in {row.artifact for row in judgements.rows()})
    del judged["SyncUser"]  # which stands in the configuration
    return counts | judged


def _defect(where: str) -> InternalError:
    """Return the exception being handled as what a bug report needs."""
    from traceback import format_exc  # noqa: PLC0415 - only a defect waits for it

    return InternalError(where, format_exc())
