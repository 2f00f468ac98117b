"""Everything that is judged at some paths, for those who ask the judgements themselves and raise no findings."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sfoptlint.core.settings import Settings
from sfoptlint.engine.opening import open_paths
from sfoptlint.judge.family import Judgement
from sfoptlint.judge.project import judge_project
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.project import Project
from sfoptlint.model.trees import split_trees


def judge_paths(paths: Sequence[Path], settings: Settings) -> tuple[Judgement, ...]:
    """Judge every tree at these paths, all together; raise UsageError for a path that cannot be read."""
    judged: list[Judgement] = []
    for project in projects_at(paths):
        judged += judge_project(project, settings).all
    return tuple(judged)


def projects_at(paths: Sequence[Path]) -> Iterator[Project]:
    """Yield every tree at these paths, open until the next one is asked for; raise UsageError as `judge_paths` does."""
    for opened in open_paths(paths):
        try:
            scope = scope_of(opened.source, [a for a in map(recognise, opened.source.paths) if a is not None])
            for tree in split_trees(scope.artefacts):
                yield Project(opened.source, tree)
        finally:
            opened.source.close()
