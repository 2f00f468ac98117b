"""Files below a folder of this machine."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from sfoptlint.source.source import SKIPPED_FOLDERS, Problem, UnreadableError, check_size, path_of


class DirectorySource:
    """The files below `root`.

    Links to folders are followed once: a folder is listed under its own name first, and one that holds `root` not at all. A
    link that leads nowhere is listed, so that whoever needs the file learns of it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._problems: list[Problem] = []
        self._on_disk: dict[str, str] = {}

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted."""
        return sorted(map(self._listed, self._walk()))

    @property
    def problems(self) -> Sequence[Problem]:
        """Folders that could not be listed."""
        _ = self.paths
        return tuple(self._problems)

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where they cannot be had."""
        try:
            with self.file(path).open("rb") as file:
                check_size(os.fstat(file.fileno()).st_size)
                return file.read()
        except OSError as error:
            raise UnreadableError(
                f"cannot be read: {error.strerror}; check where it leads and who may read it"
            ) from error

    def file(self, path: str) -> Path:
        """Return where a file stands on the disk."""
        return self.root / self._on_disk.get(path, path)

    def _listed(self, name: str) -> str:
        """Return a path as it is reported, and remember its name on the disk where that is another one."""
        path = name if name.isascii() else path_of(os.fsencode(name))
        if path != name:
            self._on_disk[path] = name
        return path

    def close(self) -> None:
        """Nothing is held open between reads."""

    def _walk(self) -> Iterator[str]:
        """Yield files of plain folders first, then those behind links to folders that were not seen yet."""
        seen = set(self._above())
        linked: list[str] = []
        yield from self._walk_from("", seen, linked)
        while linked:
            linked.sort(reverse=True)
            yield from self._walk_from(linked.pop(), seen, linked)

    def _above(self) -> Iterator[tuple[int, int]]:
        """Yield the folders that hold the root: a link to one would lead through everything beside it."""
        for folder in self.root.resolve().parents:
            with suppress(OSError):
                status = folder.stat()
                yield status.st_dev, status.st_ino

    def _walk_from(self, start: str, seen: set[tuple[int, int]], linked: list[str]) -> Iterator[str]:
        stack = [start]
        while stack:
            folder = stack.pop()
            try:
                where = f"{self.root}/{folder}"
                status = os.stat(where)  # noqa: PTH116 - a path object for each folder is felt at start-up
                entries = list(os.scandir(where))
            except OSError as error:
                reason = f"cannot be listed: {error.strerror}; check who may read it"
                self._problems.append(Problem(path_of(os.fsencode(folder)) or ".", 1, 1, reason))
                continue
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            prefix = folder + "/" if folder else ""
            for entry in entries:
                path = prefix + entry.name
                mode = _mode(entry)
                if mode is None or stat.S_ISREG(mode):  # devices and pipes are left out: reading one may never end
                    yield path
                elif stat.S_ISDIR(mode) and entry.name not in SKIPPED_FOLDERS:
                    (linked if entry.is_symlink() else stack).append(path)


def _mode(entry: "os.DirEntry[str]") -> int | None:
    """Return what an entry is or leads to; None for a link that leads nowhere or in a circle."""
    if not entry.is_symlink():
        return stat.S_IFDIR if entry.is_dir() else stat.S_IFREG if entry.is_file() else stat.S_IFIFO
    try:
        return entry.stat().st_mode
    except OSError:
        return None
