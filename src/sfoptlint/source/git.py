"""Files as git keeps them: the index, or the tree of a revision."""

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sfoptlint.core.errors import UsageError
from sfoptlint.source.source import (
    LINK_TARGET_UNKNOWN,
    MAX_FILE_BYTES,
    SKIPPED_FOLDERS,
    Problem,
    UnreadableError,
    check_size,
    is_skipped,
    path_of,
)

if TYPE_CHECKING:
    from subprocess import Popen

_STAGED = ":0"
"""Stage 0 of the index, which has what is to be committed and no side of a conflict."""
_LINK_MODE = b"120000"
_LONGEST_LINK = 4096
_SKIPPED_MARKS = ("/.", *(f"{name}/" for name in sorted(SKIPPED_FOLDERS) if not name.startswith(".")))
"""What a listing holds if it holds a folder that is skipped below another: looking for these is cheaper than at each path."""


class Blobs:
    """One git process that hands out contents by name; it starts at once and works beside us."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process = _start(root, "cat-file", "--batch")

    def read(self, name: bytes) -> bytes:
        """Return a file's bytes by its name to git; raise UnreadableError where git has not got them."""
        if b"\n" in name:
            return self._read_alone(name)
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        requests.write(name + b"\n")
        requests.flush()
        header = answers.readline().split()
        if len(header) < 3 or not header[-1].isdigit():
            raise UnreadableError("is not in the repository; fetch it (git lfs, partial clone) and try again")
        size = int(header[-1])
        if size > MAX_FILE_BYTES:
            for start in range(0, size + 1, MAX_FILE_BYTES):
                answers.read(min(MAX_FILE_BYTES, size + 1 - start))
            check_size(size)
        data = answers.read(size + 1)[:size]
        if header[-2] != b"blob":
            raise UnreadableError("is no file in the repository")
        return data

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _read_alone(self, name: bytes) -> bytes:
        """Return the bytes of a file whose name has a line end, which ends a request."""
        try:
            check_size(int(_git(self.root, "cat-file", "-s", os.fsdecode(name))))
            return _git(self.root, "cat-file", "blob", os.fsdecode(name))
        except UsageError as error:
            raise UnreadableError(
                "is not in the repository; fetch it (git lfs, partial clone) and try again"
            ) from error


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths as reports write them, sorted; and git's own spelling of those that are no UTF-8."""

    paths: list[str]
    spellings: dict[str, bytes] = field(default_factory=dict)


class GitSource:
    """Files that git can name, with paths relative to the repository's root; `prefix` and a path name a file's content."""

    def __init__(self, blobs: Blobs, prefix: str, listing: Callable[[], Listing]) -> None:
        self._blobs = blobs
        self._prefix = prefix
        self._list = listing

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted. A submodule is a commit of another repository, and nothing below it is listed."""
        return self._listing.paths

    @property
    def problems(self) -> Sequence[Problem]:
        """Nothing that git lists is unlistable."""
        return ()

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where git has not got them."""
        spelling = self._listing.spellings.get(path) or path.encode("utf-8", "surrogateescape")
        data = self._blobs.read(f"{self._prefix}:".encode() + spelling)
        if len(data) <= _LONGEST_LINK and b"<" not in data and self._is_link(spelling):
            raise UnreadableError(LINK_TARGET_UNKNOWN)
        return data

    def only(self, paths: Iterable[str]) -> "GitSource":
        """Return the same source with these paths alone."""
        return self._with(self._prefix, paths)

    def earlier(self, paths: Iterable[str]) -> "GitSource":
        """Return these paths as the last commit has them; one that is new there cannot be read."""
        return self._with("HEAD", paths)

    def close(self) -> None:
        """End git's processes, for this source and those made from it."""
        _ = self._listing
        self._blobs.close()

    @cached_property
    def _listing(self) -> Listing:
        return self._list()

    def _with(self, prefix: str, paths: Iterable[str]) -> "GitSource":
        return GitSource(self._blobs, prefix, lambda: Listing(sorted(paths), self._listing.spellings))

    def _is_link(self, spelling: bytes) -> bool:
        """Return whether git keeps a link: its content is where it leads, and not what is there."""
        name = os.fsdecode(spelling)
        if self._prefix == _STAGED:
            entry = _git(self._blobs.root, "ls-files", "--stage", "-z", "--", f":(literal){name}")
        else:
            entry = _git(self._blobs.root, "ls-tree", "-z", "--full-tree", self._prefix, name)
        return entry.startswith(_LINK_MODE)


def index_source(root: Path) -> GitSource:
    """Return what is staged in the repository at `root`; git lists it while the caller goes on."""
    listing = _asked(root, "ls-files", "-z")
    return GitSource(Blobs(root), _STAGED, lambda: _listing(listing()))


def revision_source(root: Path, revision: str) -> GitSource:
    """Return the tree of a revision; raise UsageError where git does not know it."""
    listing = _listing(_git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", revision))
    tree = _git(root, "rev-parse", "--verify", "--end-of-options", revision + "^{tree}").decode().strip()
    return GitSource(Blobs(root), tree, lambda: listing)


def staged_paths(root: Path) -> Callable[[], frozenset[str]]:
    """Return what tells the paths whose staged content differs from the last commit; git looks while the caller goes on.

    What was deleted is not among them.
    """
    told = _asked(root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d")
    return lambda: _names(told())


def changed_paths(root: Path, revision: str) -> frozenset[str]:
    """Return the paths that differ between a revision and the working tree, untracked files included."""
    differing = _git(root, "diff", "--name-only", "-z", "--no-renames", "--end-of-options", revision, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return _names(differing) | _names(untracked)


def repository_root(folder: Path) -> Path:
    """Return the root of the repository that holds `folder`; raise UsageError where there is none."""
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))


def _listing(listed: bytes) -> Listing:
    """Return the paths that git lists, which it sorts, but for those in a folder that no source lists."""
    spellings: dict[str, bytes] = {}
    try:
        text = listed.decode()
        paths = text.split("\0")[:-1]
    except UnicodeDecodeError:
        text = path_of(listed)
        spellings = {path_of(name): name for name in listed.split(b"\0") if name}
        paths = sorted(spellings)
    at_the_top = bisect_left(paths, ".") < bisect_left(paths, "/")
    if at_the_top or any(mark in text for mark in _SKIPPED_MARKS):
        paths = [path for path in paths if not is_skipped(path)]
    return Listing(paths, spellings)


def _names(listed: bytes) -> frozenset[str]:
    return frozenset(path_of(name) for name in listed.split(b"\0") if name)


def _start(folder: Path, *arguments: str) -> "Popen[bytes]":
    """Start git with pipes; raise UsageError where there is none."""
    from subprocess import PIPE, Popen  # noqa: PLC0415 - felt at start-up, and needed only where git is asked

    try:
        return Popen(["git", "-C", str(folder), *arguments], stdin=PIPE, stdout=PIPE, stderr=PIPE)
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}; install git or name paths instead") from error


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git and return its output; raise UsageError with git's own first line where it fails."""
    return _asked(folder, *arguments)()


def _asked(folder: Path, *arguments: str) -> Callable[[], bytes]:
    """Start git and return what waits for its output; that raises UsageError with git's own first line where it fails."""
    started = _start(folder, *arguments)

    def output() -> bytes:
        told, errors = started.communicate()
        if started.returncode != 0:
            lines = errors.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
            raise UsageError(f"git {arguments[0]} failed in {folder}: {lines[0]}")
        return told

    return output
