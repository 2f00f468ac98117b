"""Files in a zip, as the Metadata API's retrieve call returns them; nothing is unpacked to disk."""

import posixpath
import zipfile
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.source.source import MAX_FILE_BYTES, Problem, UnreadableError, check_size, is_skipped

MAX_ENTRIES = 100_000
MAX_TOTAL_BYTES = 4 * 2**30
MAX_RATIO = 1000
"""Deflate cannot exceed 1032; XML of real orgs stays under 100."""


class ArchiveSource:
    """The entries of one zip file. An entry whose name leaves the archive is a problem, and is not read."""

    def __init__(self, file: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
            raise UsageError(f"{file}: is not a readable zip ({error}); retrieve it again") from error
        self.file = file
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._problems: list[Problem] = []
        self._index(file)

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every entry's path, sorted."""
        return sorted(self._entries)

    @property
    def problems(self) -> Sequence[Problem]:
        """Entries that are not safe to read."""
        return tuple(self._problems)

    def read(self, path: str) -> bytes:
        """Return an entry's bytes; raise UnreadableError where they cannot be had."""
        entry = self._entries.get(path)
        if entry is None:
            raise UnreadableError("is not in the archive")
        check_size(entry.file_size)
        if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise UnreadableError("is packed more tightly than metadata can be; retrieve the zip again")
        try:
            with self._zip.open(entry) as file:
                data = file.read(MAX_FILE_BYTES + 1)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
            raise UnreadableError(f"cannot be unpacked: {error}; retrieve the zip again") from error
        check_size(len(data))
        return data

    def close(self) -> None:
        """Close the archive."""
        self._zip.close()

    def _index(self, file: Path) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise UsageError(f"{file}: holds {len(infos)} entries, more than {MAX_ENTRIES}; retrieve it in parts")
        if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
            raise UsageError(f"{file}: unpacks to more than {MAX_TOTAL_BYTES // 2**30} GiB; retrieve it in parts")
        for info in infos:
            if info.is_dir():
                continue
            name = info.filename.replace("\\", "/")
            if name.startswith("/") or ":" in name.split("/", maxsplit=1)[0] or ".." in name.split("/"):
                self._refuse(name, "has a name that leads out of the archive, and was not read; retrieve the zip again")
                continue
            path = posixpath.normpath(name)
            if path in self._entries:
                self._refuse(path, "stands in the archive twice, and the first was read; retrieve the zip again")
            elif not is_skipped(path):
                self._entries[path] = info

    def _refuse(self, name: str, reason: str) -> None:
        self._problems.append(Problem(name, 1, 1, reason))
