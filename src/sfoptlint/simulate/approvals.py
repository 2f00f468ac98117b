"""Approval processes: whether the record is locked while somebody is to approve it.

Whether it waits for approval, no metadata says: it is asked for at the process's place, and without an answer it does not.
"""

from collections.abc import Iterator

from sfoptlint.automation.approval import compile_approval_process
from sfoptlint.core.expr import Interner
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.compiled import CompiledWalk
from sfoptlint.simulate.walk import Walk


def approval_walks(project: Project, object_: str, objects: Objects, interner: Interner) -> Iterator[Walk]:
    """Yield the active processes of an object. All that one does in a save is one error under one guard."""
    for process in project.approval_processes():
        automation = compile_approval_process(process, None, objects, interner)
        if automation is None or automation.idle or automation.object is None:
            continue
        if automation.object.casefold() == object_.casefold():
            yield CompiledWalk(automation)
