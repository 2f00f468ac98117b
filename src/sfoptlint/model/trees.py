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
    return sorted(_split("", by_root), key=lambda tree: tree.root)


def _split(root: str, by_root: dict[str, list[Artefact]]) -> list[Tree]:
    if not by_root:
        return []
    if len(by_root) == 1 or not _collides(by_root.values()):
        together = sorted((a for group in by_root.values() for a in group), key=lambda artefact: artefact.path)
        return [Tree(root, tuple(together))]
    children: dict[str, dict[str, list[Artefact]]] = {}
    for path, group in by_root.items():
        name = path[len(root) :].lstrip("/").partition("/")[0]
        children.setdefault(f"{root}/{name}" if root and name else root or name, {})[path] = group
    if root in children:  # what stands in the folder itself, beside the folders that collide
        own = children.pop(root)
        return _split_apart(root, own) + [tree for child, part in children.items() for tree in _split(child, part)]
    return [tree for child, part in children.items() for tree in _split(child, part)]


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
