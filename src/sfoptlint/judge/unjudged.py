"""The metadata types that can touch an opt-out and are not judged yet: named as gaps, so that nobody takes silence for proof."""

from collections.abc import Iterator

from sfoptlint.core.outcome import Gap
from sfoptlint.model.project import Project

_ENDINGS = {
    "ApexTrigger": (".trigger",),
}

_ALL = tuple(ending for endings in _ENDINGS.values() for ending in endings)


def unjudged(project: Project) -> Iterator[Gap]:
    """Yield one gap for each type that the tree, or what is in focus of it, has files of."""
    touching = [path for path in project.judged_paths if path.endswith(_ALL)]
    for kind, endings in _ENDINGS.items():
        paths = [path for path in touching if path.endswith(endings)]
        if paths:
            files = "1 file" if len(paths) == 1 else f"{len(paths)} files"
            yield Gap(min(paths), 1, f"{files} of type {kind} are not judged by this version")
