"""From the paths that a user names to the sources that are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import CONFIG_NAME
from sfoptlint.model.dx_project import PROJECT_FILE
from sfoptlint.source.directory import DirectorySource
from sfoptlint.source.git import index_source, repository_root, revision_source, staged_paths
from sfoptlint.source.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """One source, the paths in it that are to be judged where not all are, and what it held before the change at hand."""

    source: Source
    folder: Path
    focus: frozenset[str] | None = None
    earlier: Source | None = None


def open_paths(paths: Sequence[Path]) -> list[Opened]:
    """Open folders, zips and single files; the single files of one project are opened together."""
    opened: list[Opened] = []
    files: dict[Path, set[str]] = {}
    for path in paths:
        if path.is_dir():
            opened.append(Opened(DirectorySource(path), path))
        elif path.suffix.casefold() == ".zip" and path.is_file():
            from sfoptlint.source.archive import ArchiveSource  # noqa: PLC0415 - zipfile is felt at start-up

            opened.append(Opened(ArchiveSource(path), path.parent))
        elif path.is_file():
            root = project_root(path)
            files.setdefault(root, set()).add(path.resolve().relative_to(root).as_posix())
        else:
            raise UsageError(f"{path}: is not there; name a folder, a zip or a metadata file")
    opened += [Opened(DirectorySource(root), root, frozenset(names)) for root, names in files.items()]
    return opened


def open_staged(paths: Sequence[Path]) -> list[Opened]:
    """Open the git index of the repository that the first path is in; what is staged below the paths is judged."""
    root = repository_root(_existing_folder(paths[0]))
    source = index_source(root)
    focus = frozenset(name for name in staged_paths(root) if _is_below(root, name, paths))
    return [Opened(source, root, focus, source.earlier(focus))]


def open_revision(paths: Sequence[Path], revision: str) -> list[Opened]:
    """Open the tree of a revision of the repository that the first path is in."""
    root = repository_root(_existing_folder(paths[0]))
    source = revision_source(root, revision)
    names = [name for name in source.paths if _is_below(root, name, paths)]
    return [Opened(source.only(names), root)]


def project_root(path: Path) -> Path:
    """Return the nearest folder above a path that has a configuration, a project file, a manifest or a repository.

    Without one it is the folder that holds the folder of the file's type.
    """
    start = path.resolve()
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in (CONFIG_NAME, PROJECT_FILE, "package.xml", ".git")):
            return folder
    return start if start.is_dir() else start.parent.parent


def _existing_folder(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"{path}: is not there; name a folder or file of a git repository")
    return path if path.is_dir() else path.parent


def _is_below(root: Path, name: str, paths: Sequence[Path]) -> bool:
    return any((root / name).is_relative_to(path.resolve()) for path in paths)
