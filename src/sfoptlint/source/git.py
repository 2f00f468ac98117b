"""Files as git keeps them: the index, or the tree of a revision."""

import subprocess
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.source.source import Problem, UnreadableError, check_size


class Blobs:
    """One git process that hands out contents by name; it starts at once and works beside us."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process = _start(root, "cat-file", "--batch")

    def read(self, name: str) -> bytes:
        """Return a file's bytes by its name to git; raise UnreadableError where git has not got them."""
        requests, answers = self._process.stdin, self._process.stdout
        assert requests is not None
        assert answers is not None
        requests.write(name.encode("utf-8", "surrogateescape") + b"\n")
        requests.flush()
        header = answers.readline().split()
        if len(header) < 3 or not header[-1].isdigit():
            raise UnreadableError("is not in the repository; fetch it (git lfs, partial clone) and try again")
        size = int(header[-1])
        data = answers.read(size)
        answers.read(1)
        if header[-2] != b"blob":
            raise UnreadableError("is no file in the repository")
        check_size(size)
        return data

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class GitSource:
    """Files that git can name, with paths relative to the repository's root; `prefix` and a path name a file's content."""

    def __init__(self, blobs: Blobs, prefix: str, listing: Callable[[], Iterable[str]]) -> None:
        self._blobs = blobs
        self._prefix = prefix
        self._listing = listing

    @cached_property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted."""
        paths = self._listing()
        return paths if isinstance(paths, list) else sorted(paths)

    @property
    def problems(self) -> Sequence[Problem]:
        """Nothing that git lists is unlistable."""
        return ()

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where git has not got them."""
        if "\n" in path:
            raise UnreadableError("has a line end in its name; rename it")
        return self._blobs.read(f"{self._prefix}:{path}")

    def only(self, paths: Iterable[str]) -> "GitSource":
        """Return the same source with these paths alone."""
        return GitSource(self._blobs, self._prefix, lambda: paths)

    def earlier(self, paths: Iterable[str]) -> "GitSource":
        """Return these paths as the last commit has them; one that is new there cannot be read."""
        return GitSource(self._blobs, "HEAD", lambda: paths)

    def close(self) -> None:
        """End git's processes, for this source and those made from it."""
        _ = self.paths
        self._blobs.close()


def index_source(root: Path) -> GitSource:
    """Return what is staged in the repository at `root`; git lists it while the caller goes on."""
    listing = _start(root, "ls-files", "-z")
    return GitSource(Blobs(root), "", lambda: _names(listing.communicate()[0]))


def revision_source(root: Path, revision: str) -> GitSource:
    """Return the tree of a revision; raise UsageError where git does not know it."""
    verified = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}").decode().strip()
    listing = _names(_git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", verified))
    return GitSource(Blobs(root), verified, lambda: listing)


def staged_paths(root: Path) -> frozenset[str]:
    """Return the paths whose staged content differs from the last commit; what was deleted is not among them."""
    return frozenset(_names(_git(root, "diff", "--cached", "--name-only", "-z", "--no-renames", "--diff-filter=d")))


def changed_paths(root: Path, revision: str) -> frozenset[str]:
    """Return the paths that differ between a revision and the working tree, untracked files included."""
    differing = _git(root, "diff", "--name-only", "-z", "--no-renames", "--end-of-options", revision, "--")
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(_names(differing)) | frozenset(_names(untracked))


def repository_root(folder: Path) -> Path:
    """Return the root of the repository that holds `folder`; raise UsageError where there is none."""
    return Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))


def _names(listing: bytes) -> list[str]:
    """Return the names of a listing, which git sorts."""
    return listing.decode("utf-8", "surrogateescape").removesuffix("\0").split("\0") if listing else []


def _start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start git with pipes; raise UsageError where there is none."""
    try:
        return subprocess.Popen(
            ["git", "-C", str(folder), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}; install git or name paths instead") from error


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git and return its output; raise UsageError with git's own first line where it fails."""
    done = _start(folder, *arguments)
    output, errors = done.communicate()
    if done.returncode != 0:
        lines = errors.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"git {arguments[0]} failed in {folder}: {lines[0]}")
    return output
