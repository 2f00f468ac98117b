"""Files below a folder of this machine."""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from sfoptlint.source.source import Problem, UnreadableError, check_size

SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".sf", ".sfdx", ".venv", "node_modules", "__pycache__"})
"""Never an org's own metadata: version control, packages, and the stubs that Salesforce tools leave."""


class DirectorySource:
    """The files below `root`. Links to folders are followed once: a folder is listed under its own name first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._problems: list[Problem] = []

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted."""
        return sorted(self._walk())

    @property
    def problems(self) -> Sequence[Problem]:
        """Folders that could not be listed."""
        _ = self.paths
        return tuple(self._problems)

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where they cannot be had."""
        try:
            with (self.root / path).open("rb") as file:
                check_size(os.fstat(file.fileno()).st_size)
                return file.read()
        except OSError as error:
            raise UnreadableError(f"cannot be read: {error.strerror}; check its permissions") from error

    def close(self) -> None:
        """Nothing is held open between reads."""

    def _walk(self) -> Iterator[str]:
        """Yield files of plain folders first, then those behind links to folders that were not seen yet."""
        seen: set[tuple[int, int]] = set()
        linked: list[str] = []
        yield from self._walk_from("", seen, linked)
        while linked:
            yield from self._walk_from(linked.pop(), seen, linked)

    def _walk_from(self, start: str, seen: set[tuple[int, int]], linked: list[str]) -> Iterator[str]:
        stack = [start]
        while stack:
            folder = stack.pop()
            try:
                status = (self.root / folder).stat()
                entries = list(os.scandir(self.root / folder))
            except OSError as error:
                self._problems.append(Problem(folder or ".", 1, 1, f"cannot be listed: {error.strerror}"))
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            prefix = folder + "/" if folder else ""
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED_FOLDERS:
                        stack.append(path)
                elif entry.is_symlink() and entry.is_dir():
                    linked.append(path)
                elif entry.is_file():
                    yield path
