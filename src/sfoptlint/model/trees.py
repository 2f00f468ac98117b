"""Which files form one tree of metadata.

Folders that hold the same full name twice cannot be one org: a retrieve of the test org beside one of production, say. Each
is a tree of its own, and so is every other folder beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sfoptlint.metadata.kind import Artefact


@dataclass(frozen=True, slots=True)
class Tree:
    """The artefacts of one tree, sorted by path, and the folder that holds them all."""

    root: str
    artefacts: tuple[Artefact, ...]


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
            together = (artefact for group in groups.values() for artefact in group)
            trees.append(Tree(root, tuple(sorted(together, key=lambda artefact: artefact.path))))
            continue
        shared = _shared_folder(groups)
        children: dict[str, dict[str, list[Artefact]]] = {}
        for path, group in groups.items():
            name = path[len(shared) :].lstrip("/").partition("/")[0]
            children.setdefault(f"{shared}/{name}" if shared and name else shared or name, {})[path] = group
        # What stands in the folder itself, beside the folders that collide, is a tree of its own.
        trees += _split_apart(shared, children.pop(shared, {}))
        folders += children.items()
    return sorted(trees, key=lambda tree: tree.root)


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


def _split_apart(root: str, by_root: dict[str, list[Artefact]]) -> list[Tree]:
    return [Tree(root, tuple(sorted(group, key=lambda artefact: artefact.path))) for group in by_root.values()]


def _collides(groups: Iterable[Sequence[Artefact]]) -> bool:
    """Return whether two groups hold the same full name; within one group that is left to the reader."""
    seen: set[tuple[str, str]] = set()
    for group in groups:
        names = {(artefact.kind.value, artefact.full_name.casefold()) for artefact in group}
        if not seen.isdisjoint(names):
            return True
        seen |= names
    return False
