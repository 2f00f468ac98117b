"""An org without metadata of its own, for a fake that needs none."""

from collections.abc import Sequence

from sfoptlint.model.project import Project
from sfoptlint.model.trees import Tree
from sfoptlint.source.source import Problem, UnreadableError


class NothingThere:
    """A source without a file."""

    paths: Sequence[str] = ()
    problems: Sequence[Problem] = ()

    def read(self, path: str) -> bytes:
        """Raise UnreadableError."""
        raise UnreadableError(f"{path} is not there")

    def close(self) -> None:
        """Hold nothing open."""


def no_metadata() -> Project:
    """Return an org as it comes: the standard objects and the package's, without automation."""
    return Project(NothingThere(), Tree("", ()))
