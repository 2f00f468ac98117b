"""The org's metadata for a fake: one tree of what is at a path, or none at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.engine.opening import open_paths
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import scope_of
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree, split_trees
from sfoptlint.source.source import Problem, Source, UnreadableError


class NothingThere:
    """A source without a file."""

    paths: Sequence[str] = ()
    problems: Sequence[Problem] = ()

    def read(self, path: str) -> bytes:
        """Raise UnreadableError."""
        raise UnreadableError(f"{path} is not there")

    def close(self) -> None:
        """Hold nothing open."""


@dataclass(frozen=True, slots=True)
class OrgMetadata:
    """A tree, opened: it is read as the fake needs it, and closed by whoever opened it."""

    source: Source
    project: Project
    objects: Objects


def no_metadata() -> OrgMetadata:
    """Return an org as it comes: the standard objects and the package's, without automation."""
    source = NothingThere()
    project = Project(source, Tree("", ()))
    return OrgMetadata(source, project, Objects(project))


def metadata_at(path: Path) -> OrgMetadata:
    """Open the tree at a path; raise UsageError where there is none, or more than one."""
    (opened,) = open_paths([path])
    scope = scope_of(opened.source, [a for a in map(recognise, opened.source.paths) if a is not None])
    trees = split_trees(scope.artefacts)
    if len(trees) != 1:
        opened.source.close()
        found = ", ".join(tree.root or "." for tree in trees) or "no metadata"
        raise UsageError(f"{path}: one org is served, and here is {found}; name the folder of one")
    project = Project(opened.source, trees[0])
    return OrgMetadata(opened.source, project, Objects(project))
