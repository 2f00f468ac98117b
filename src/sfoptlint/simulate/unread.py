"""Automations of the tree that are not simulated: named, so that nobody takes silence for a save.

What a file is about is taken from its name, or from the one line that says it: this reads no more than it needs to tell whether a
save of an object can start it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Phase
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.metadata.kind import SOURCE_FORMAT_ENDING, decode_name
from sfoptlint.model.project import Project
from sfoptlint.simulate.walk import Unrun
from sfoptlint.source.source import UnreadableError


@dataclass(frozen=True, slots=True)
class _Sort:
    """A metadata type by the ending of its files; `about` finds the object in a file, None where its name says it."""

    type: str
    ending: str
    phase: Phase
    about: re.Pattern[bytes] | None = None
    may_write: bool = True


_SORTS = (
    _Sort(
        "ApexTrigger",
        ".trigger",
        Phase.BEFORE_TRIGGER,
        re.compile(rb"trigger\s+\w+\s+on\s+(\w+)\s*\([^)]*\bupdate\b", re.IGNORECASE),
    ),
)


def unread(project: Project, object_: str) -> Iterator[Unrun]:
    """Yield what a save of the object may start and is not simulated."""
    for path in project.judged_paths:
        for sort in _SORTS:
            name = _name(path, sort.ending)
            if name and _concerns(project, path, name, sort, object_):
                component = ComponentId(sort.type, name)
                reason = f"{component} is not simulated by this version"
                yield Unrun(component, sort.phase, Place(path), reason, sort.may_write)


def _name(path: str, ending: str) -> str:
    stem = path.removesuffix(SOURCE_FORMAT_ENDING)
    if not stem.endswith(ending) or (ending == ".trigger" and stem != path):
        return ""
    return decode_name(stem.removesuffix(ending).rpartition("/")[2])


def _concerns(project: Project, path: str, name: str, sort: _Sort, object_: str) -> bool:
    if sort.about is None:
        return name.partition(".")[0].casefold() == object_.casefold()
    try:
        found = sort.about.findall(project.source.read(path))
    except UnreadableError:
        return True
    return any(about.decode().casefold() == object_.casefold() for about in found)
