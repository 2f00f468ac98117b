"""The one seam through which bytes come in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MAX_FILE_BYTES = 64 * 2**20
"""A larger file is reported, not read: a whole retrieve may hold 39 MB compressed (Metadata API limits)."""


SKIPPED_FOLDERS = frozenset({".git", ".hg", ".svn", ".sf", ".sfdx", ".venv", "node_modules", "__pycache__"})
"""Never an org's own metadata: version control, packages, and the stubs that Salesforce tools leave."""
LINK_TARGET_UNKNOWN = "is a link, and only the folder on disk shows where it leads; lint the folder"


class UnreadableError(Exception):
    """A file is listed but its bytes cannot be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that a source or a parser could not read: a file, the place in it, and the reason with the remedy."""

    path: str
    line: int
    column: int
    reason: str


class Source(Protocol):
    """A set of files with paths relative to one root, `/` between names."""

    @property
    def paths(self) -> Sequence[str]:
        """Every file's path, sorted."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not even be listed."""
        ...

    def read(self, path: str) -> bytes:
        """Return a file's bytes; raise UnreadableError where they cannot be had."""
        ...

    def close(self) -> None:
        """Give back what the source holds open."""
        ...


def is_skipped(path: str) -> bool:
    """Return whether a path stands in a folder that no source lists."""
    return not SKIPPED_FOLDERS.isdisjoint(path.split("/")[:-1])


def path_of(name: bytes) -> str:
    """Return a path as reports write it: what is not UTF-8 in it stands there as escapes, so that no two paths fall together."""
    return name.decode("utf-8", "backslashreplace")


def check_size(size: int) -> None:
    """Raise UnreadableError for a file that is too large to be metadata."""
    if size > MAX_FILE_BYTES:
        raise UnreadableError(
            f"is {size / 2**20:.0f} MiB, and metadata over {MAX_FILE_BYTES // 2**20} MiB is not read; split or remove it"
        )
