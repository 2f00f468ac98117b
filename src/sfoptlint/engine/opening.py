"""From the paths that a user names to the sources that are read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import CONFIG_NAME
from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import PROJECT_FILE
from sfoptlint.source.directory import DirectorySource
from sfoptlint.source.git import changed_paths, index_source, repository_root, revision_source, staged_paths
from sfoptlint.source.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """One source, the paths in it that are to be judged where not all are, and what it held before the change at hand.

    `changed` holds the paths whose findings are reported, where not all are.
    """

    source: Source
    folder: Path
    focus: frozenset[str] | None = None
    earlier: Source | None = None
    changed: frozenset[str] | None = None


def open_paths(paths: Sequence[Path]) -> list[Opened]:
    """Open folders, zips and single files, each once; the single files of one project are opened together."""
    opened: list[Opened] = []
    files: dict[Path, set[str]] = {}
    for path in {path.resolve(): path for path in paths}.values():
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
    root = _shared_repository(paths)
    source, staged = index_source(root), staged_paths(root)
    _ = source.paths  # git looks for what is staged meanwhile
    focus = frozenset(_below(root, staged(), paths))
    return [Opened(source, root, focus, source.earlier(focus))]


def open_revision(paths: Sequence[Path], revision: str) -> list[Opened]:
    """Open the tree of a revision of the repository that the first path is in."""
    root = _shared_repository(paths)
    source = revision_source(root, revision)
    return [Opened(source.only(_below(root, source.paths, paths)), root)]


def only_changed(opened: Opened, revision: str, config: Path) -> Opened:
    """Return the same input with what changed since a revision marked; raise UsageError where git cannot tell.

    Where the configuration changed, it is marked by the name that reports give it.
    """
    from sfoptlint.source.archive import ArchiveSource  # noqa: PLC0415 - zipfile is felt at start-up

    if isinstance(opened.source, ArchiveSource):
        raise UsageError("--since: what is in a zip has no history in git; name a folder or a file")
    root = repository_root(opened.folder)
    prefix = opened.folder.resolve().relative_to(root).as_posix()
    below = "" if prefix == "." else prefix + "/"
    names = changed_paths(root, revision)
    changed = {name.removeprefix(below) for name in names if name.startswith(below)}
    changed |= {config.name for name in names if root / name == config.resolve()}
    return replace(opened, changed=frozenset(changed))


def project_root(path: Path) -> Path:
    """Return the nearest folder above a path that has a configuration, a project file, a manifest or a repository.

    Without one it is the folder that holds the folder of the file's type.
    """
    start = path.resolve()
    for folder in (start, *start.parents):
        if any((folder / mark).exists() for mark in (CONFIG_NAME, PROJECT_FILE, "package.xml", ".git")):
            return folder
    if start.is_dir():
        return start
    artefact = recognise(start.as_posix())
    return Path(artefact.root or start.anchor) if artefact else start.parent


def _shared_repository(paths: Sequence[Path]) -> Path:
    """Return the root of the repository that holds all of these; raise UsageError where one is elsewhere."""
    root = repository_root(_existing_folder(paths[0]))
    for path in paths[1:]:
        if repository_root(_existing_folder(path)) != root:
            raise UsageError(f"{path}: is not in the repository {root}; lint one repository at a time")
    return root


def _existing_folder(path: Path) -> Path:
    if not path.exists():
        raise UsageError(f"{path}: is not there; name a folder or file of a git repository")
    return path if path.is_dir() else path.parent


def _without_links(path: Path) -> Path:
    """Return where a path stands; a link to a file is itself what git keeps."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def _below(root: Path, names: Iterable[str], paths: Sequence[Path]) -> Iterator[str]:
    """Yield the names, relative to a repository's root, that are among these paths or below one."""
    starts = [_without_links(path).relative_to(root).as_posix() for path in paths]
    if "." in starts:
        yield from names
        return
    folders = tuple(start + "/" for start in starts)
    yield from (name for name in names if name in starts or name.startswith(folders))
