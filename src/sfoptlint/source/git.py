"""Files as git keeps them: the index, or the tree of a revision."""

import subprocess
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO
from weakref import finalize

from sfoptlint.core.errors import UsageError
from sfoptlint.source.source import (
    LINK_TARGET_UNKNOWN,
    MAX_FILE_BYTES,
    Problem,
    UnreadableError,
    check_size,
    is_skipped,
    path_of,
)

_FILE_MODES = (b"100644", b"100755")
_LINK_MODE = b"120000"
_LINK = ""
"""Stands for the blob of a link: git keeps where it leads, and not what is there."""


class GitSource:
    """The files and links of one git tree or index, with paths relative to the repository's root."""

    def __init__(self, root: Path, blobs: dict[str, str]) -> None:
        self.root = root
        self._blobs = blobs
        self._reader: subprocess.Popen[bytes] | None = None
        self.close: Callable[[], object] = _nothing_to_end
        """End the process that reads blobs, as happens by itself once nobody holds the source any more."""

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted."""
        return sorted(self._blobs)

    @property
    def problems(self) -> Sequence[Problem]:
        """Nothing that git lists is unlistable."""
        return ()

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where git has not got them."""
        if path not in self._blobs:
            raise UnreadableError("is not in the repository")
        if self._blobs[path] == _LINK:
            raise UnreadableError(LINK_TARGET_UNKNOWN)
        if self._reader is None:
            self._reader = subprocess.Popen(
                ["git", "-C", str(self.root), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self.close = finalize(self, self._reader.communicate)
        requests, answers = self._reader.stdin, self._reader.stdout
        assert requests is not None
        assert answers is not None
        requests.write(self._blobs[path].encode() + b"\n")
        requests.flush()
        return _read_blob(answers)

    def only(self, paths: Iterable[str]) -> "GitSource":
        """Return the same source with these paths alone."""
        return GitSource(self.root, {path: self._blobs[path] for path in paths})


def _nothing_to_end() -> None:
    """Do nothing: no blob was read."""


def _read_blob(answers: IO[bytes]) -> bytes:
    header = answers.readline().split()
    if len(header) != 3:
        raise UnreadableError("is not in the repository; fetch it (git lfs, partial clone) and try again")
    size = int(header[2])
    if size > MAX_FILE_BYTES:
        for start in range(0, size + 1, MAX_FILE_BYTES):
            answers.read(min(MAX_FILE_BYTES, size + 1 - start))
        check_size(size)
    return answers.read(size + 1)[:size]


def index_source(root: Path) -> GitSource:
    """Return what is staged in the repository at `root`."""
    return GitSource(root, _blobs(_git(root, "ls-files", "--stage", "-z"), blob_column=1))


def revision_source(root: Path, revision: str) -> GitSource:
    """Return the tree of a revision; raise UsageError where git does not know it."""
    listing = _git(root, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision)
    return GitSource(root, _blobs(listing, blob_column=2))


def earlier_source(root: Path, paths: Iterable[str]) -> GitSource:
    """Return these paths as the last commit has them; one that is new there cannot be read."""
    return GitSource(root, {path: f"HEAD:{path}" for path in paths if "\n" not in path})


def _blobs(listing: bytes, blob_column: int) -> dict[str, str]:
    """Return the blob of each path that git lists; a submodule is a commit of another repository and has none."""
    blobs = {}
    for line in listing.split(b"\0"):
        meta, tab, name = line.partition(b"\t")
        columns, path = meta.split(), path_of(name)
        if not tab or is_skipped(path):
            continue
        if columns[0] in _FILE_MODES:
            blobs[path] = columns[blob_column].decode()
        elif columns[0] == _LINK_MODE:
            blobs[path] = _LINK
    return blobs


def staged_paths(root: Path) -> frozenset[str]:
    """Return the paths whose staged content differs from the last commit; what was deleted is not among them."""
    return _names(_git(root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d"))


def changed_paths(root: Path, revision: str) -> frozenset[str]:
    """Return the paths that differ between a revision and the working tree, untracked files included."""
    differing = _git(root, "diff", "--name-only", "-z", "--no-renames", "--end-of-options", revision, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return _names(differing) | _names(untracked)


def repository_root(folder: Path) -> Path:
    """Return the root of the repository that holds `folder`; raise UsageError where there is none."""
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))


def _names(listing: bytes) -> frozenset[str]:
    return frozenset(path_of(name) for name in listing.split(b"\0") if name)


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git and return its output; raise UsageError with git's own first line where it fails."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}; install git or name paths instead") from error
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"git {arguments[0]} failed in {folder}: {lines[0]}")
    return done.stdout
