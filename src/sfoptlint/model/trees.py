"""Which files form one tree of metadata.

Folders that hold the same full name twice cannot be one org: a retrieve of the test org beside one of production, say. Each
is a tree of its own, and so is every other folder beside them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sfoptlint.metadata.kind import Artefact, Kind
from sfoptlint.model.dx_project import PROJECT_FILE

_MANIFEST = "package.xml"


@dataclass(frozen=True, slots=True)
class Tree:
    """The paths of one tree, sorted, and the folder that holds them all (empty for the source's own root)."""

    root: str
    paths: tuple[str, ...]


def split_trees(artefacts: Iterable[Artefact]) -> list[Tree]:
    """Return the trees, sorted by their root; a folder is split as often as it holds the same full name twice."""
    by_root: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        by_root.setdefault(artefact.root, []).append(artefact)
    return sorted(_split("", by_root), key=lambda tree: tree.root)


def trees_in_focus(paths: Sequence[str], focus: Iterable[str]) -> list[Tree]:
    """Return the trees that hold the paths in focus: everything below the nearest project file or manifest above each.

    A large repository is not split for the sake of a few files.
    """
    roots = sorted({_project_folder(path, paths) for path in focus})
    return [Tree(root, tuple(below(root, paths))) for root in roots]


def below(root: str, paths: Sequence[str]) -> Sequence[str]:
    """Return the paths below a folder; all of them below the source's own root."""
    return [path for path in paths if path.startswith(root + "/")] if root else paths


def _project_folder(path: str, paths: Sequence[str]) -> str:
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        prefix = folder + "/" if folder else ""
        if _holds(paths, prefix + PROJECT_FILE) or _holds(paths, prefix + _MANIFEST):
            return folder
    return ""


def _holds(paths: Sequence[str], path: str) -> bool:
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path


def _split(root: str, by_root: dict[str, list[Artefact]]) -> list[Tree]:
    if len(by_root) == 1 or not _collides(by_root.values()):
        return [_tree(root, [artefact for group in by_root.values() for artefact in group])] if by_root else []
    children: dict[str, dict[str, list[Artefact]]] = {}
    for path, group in by_root.items():
        name = path[len(root) :].lstrip("/").partition("/")[0]
        child = f"{root}/{name}" if root and name else root or name
        children.setdefault(child, {})[path] = group
    own = children.pop(root, {})  # what stands in the folder itself, beside the folders that collide
    beside = [_tree(root, group) for group in own.values()]
    return beside + [tree for child, part in children.items() for tree in _split(child, part)]


def _tree(root: str, artefacts: Sequence[Artefact]) -> Tree:
    return Tree(root, tuple(sorted(artefact.path for artefact in artefacts)))


def _collides(groups: Iterable[Sequence[Artefact]]) -> bool:
    """Return whether two groups hold the same full name; within one group that is left to the reader.

    Every package of one project may bring a file of custom labels, which all have one name.
    """
    seen: set[tuple[str, str]] = set()
    for group in groups:
        names = {(a.kind.value, a.full_name.casefold()) for a in group if a.kind is not Kind.CUSTOM_LABELS}
        if not seen.isdisjoint(names):
            return True
        seen |= names
    return False
