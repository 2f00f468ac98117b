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
    """The paths of one tree, sorted, and the folder that holds them all (empty for the source's own root).

    `artefacts` are what the paths are, where that was found out already: it is not cheap for a large org.
    """

    root: str
    paths: tuple[str, ...]
    artefacts: tuple[Artefact, ...] = ()


def split_trees(artefacts: Iterable[Artefact]) -> list[Tree]:
    """Return the trees, sorted by their root; a folder is split as often as it holds the same full name twice."""
    by_root: dict[str, list[Artefact]] = {}
    for artefact in artefacts:
        by_root.setdefault(artefact.root, []).append(artefact)
    trees: list[Tree] = []
    folders = [("", by_root)] if by_root else []
    while folders:
        root, groups = folders.pop()
        if len(groups) == 1 or not _collides(groups.values()):
            trees.append(_tree(root, (artefact for group in groups.values() for artefact in group)))
            continue
        shared = _shared_folder(groups)
        children: dict[str, dict[str, list[Artefact]]] = {}
        for path, group in groups.items():
            name = path[len(shared) :].lstrip("/").partition("/")[0]
            children.setdefault(f"{shared}/{name}" if shared and name else shared or name, {})[path] = group
        # What stands in the folder itself, beside the folders that collide, is a tree of its own.
        trees += (_tree(shared, group) for group in children.pop(shared, {}).values())
        folders += children.items()
    return sorted(trees, key=lambda tree: tree.root)


def trees_in_focus(paths: Sequence[str], focus: Iterable[str]) -> list[Tree]:
    """Return the trees that hold the paths in focus: everything below the nearest project file or manifest above each.

    A large repository is not split for the sake of a few files.
    """
    roots = sorted({_project_folder(path, paths) for path in focus})
    return [Tree(root, tuple(below(root, paths))) for root in roots]


def below(root: str, paths: Sequence[str]) -> Sequence[str]:
    """Return the paths below a folder; all of them below the source's own root."""
    if not root:
        return paths
    # In sorted paths a folder's own stand together, between `folder/` and what follows it, `folder0`.
    return paths[bisect_left(paths, root + "/") : bisect_left(paths, root + "0")]


def _project_folder(path: str, paths: Sequence[str]) -> str:
    folder = path
    while folder:
        folder = folder.rpartition("/")[0]
        prefix = folder + "/" if folder else ""
        if holds(paths, prefix + PROJECT_FILE) or holds(paths, prefix + _MANIFEST):
            return folder
    return ""


def holds(paths: Sequence[str], path: str) -> bool:
    """Return whether sorted paths hold one."""
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path


def _shared_folder(paths: Iterable[str]) -> str:
    """Return the deepest folder that holds all of these: nothing is split above it, however deep it stands."""
    folders = [path + "/" for path in paths]
    first, last = min(folders), max(folders)
    shared = 0
    for at, (a, b) in enumerate(zip(first, last, strict=False)):
        if a != b:
            break
        if a == "/":
            shared = at
    return first[:shared]


def _tree(root: str, artefacts: Iterable[Artefact]) -> Tree:
    ordered = sorted(artefacts, key=lambda artefact: artefact.path)
    return Tree(root, tuple(artefact.path for artefact in ordered), tuple(ordered))


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
