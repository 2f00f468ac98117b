"""Salesforce DX project files: which folders are packages (Salesforce DX Developer Guide, project configuration)."""

import posixpath
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sfoptlint.core.outcome import Gap
from sfoptlint.metadata.kind import Artefact
from sfoptlint.source.source import Problem, Source, UnreadableError

PROJECT_FILE = "sfdx-project.json"


@dataclass(frozen=True, slots=True)
class Scope:
    """The artefacts that are linted, and why others are not."""

    artefacts: tuple[Artefact, ...]
    gaps: tuple[Gap, ...]
    problems: tuple[Problem, ...]


def scope_of(source: Source, artefacts: Sequence[Artefact]) -> Scope:
    """Leave out what stands below a project file and outside its package directories; each such folder is one gap."""
    kept = sorted(artefacts, key=_path)
    gaps: list[Gap] = []
    problems: list[Problem] = []
    for path in source.paths:
        if path.rpartition("/")[2] != PROJECT_FILE:
            continue
        folder = path.removesuffix(PROJECT_FILE)
        try:
            packages = _package_directories(source.read(path), folder)
        except (UnreadableError, ValueError) as error:
            problems.append(Problem(path, 1, 1, f"names no package directories ({error}); the whole folder was linted"))
            continue
        # Sorted, a folder's own stand together: nested projects cost no look at what is not below them.
        start, end = bisect_left(kept, folder, key=_path), bisect_left(kept, folder[:-1] + "0", key=_path)
        below = kept[start : end if folder else None]
        gaps += _gaps((a for a in below if not a.path.startswith(packages)), folder)
        kept[start : start + len(below)] = [a for a in below if a.path.startswith(packages)]
    return Scope(tuple(kept), tuple(gaps), tuple(problems))


def _package_directories(data: bytes, folder: str) -> tuple[str, ...]:
    """Return the package directories as path prefixes; raise ValueError where the file does not say them."""
    import json  # noqa: PLC0415 - few runs meet a project file

    try:
        listed = json.loads(data.decode("utf-8-sig"))["packageDirectories"]
        names = [posixpath.normpath(entry["path"].replace("\\", "/").strip("/")) for entry in listed]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("it is not JSON") from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("it needs packageDirectories with a path each") from error
    if not names:
        raise ValueError("its packageDirectories are empty")
    if any(name == ".." or name.startswith("../") for name in names):
        raise ValueError("a package directory stands outside the project")
    return tuple(folder if name == "." else f"{folder}{name}/" for name in names)


def _path(artefact: Artefact) -> str:
    return artefact.path


def _gaps(outside: Iterable[Artefact], folder: str) -> list[Gap]:
    tops = sorted({folder + a.path[len(folder) :].partition("/")[0] for a in outside})
    return [Gap(top, 1, f"holds metadata outside the package directories of {PROJECT_FILE}") for top in tops]
