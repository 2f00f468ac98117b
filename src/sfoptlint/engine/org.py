"""The one tree of metadata at a path, for those who ask a whole org instead of linting it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.engine.opening import open_paths, project_root
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.project import Project
from sfoptlint.model.trees import split_trees


@contextmanager
def org_at(path: Path, *, holding: str = "") -> Iterator[Project]:
    """Open the org at a folder, a zip or around a single file; raise UsageError where there is none, or more than one.

    `holding`: of several trees, the one with this path in it.
    """
    folder = project_root(path) if path.is_file() and path.suffix.casefold() != ".zip" else path
    (opened,) = open_paths([folder])
    try:
        found = [a for a in map(recognise, opened.source.paths) if a is not None]
        trees = split_trees(scope_of(opened.source, found).artefacts)
        if holding:
            trees = [tree for tree in trees if holding in tree.paths] or trees
        if not trees:
            raise UsageError(f"{path}: holds no metadata that is read")
        if len(trees) > 1:
            roots = ", ".join(tree.root for tree in trees)
            raise UsageError(f"{path}: holds more than one org; name one of {roots}")
        yield Project(opened.source, trees[0])
    finally:
        opened.source.close()
