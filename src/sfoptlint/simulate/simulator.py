"""Saves records through the order of execution of one org."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.order import Order
from sfoptlint.simulate.org import OrgWalks
from sfoptlint.simulate.result import SaveResult
from sfoptlint.simulate.saving import Change, Circumstances, Saving, loaded
from sfoptlint.simulate.user import User
from sfoptlint.simulate.walk import Memory, Walks

if TYPE_CHECKING:
    from sfoptlint.automation.apex.trigger import TriggerText


class Simulator:
    """One org. A save changes nothing here: what it comes to is in its result."""

    def __init__(self, objects: Objects, walks: Walks, user: User) -> None:
        self._objects = objects
        self._walks = walks
        self._user = user

    def save(self, object_: str, chunk: Sequence[Change], around: Circumstances) -> tuple[SaveResult, ...]:
        """Save records of one object together, each for itself (`allOrNone` false); one result for each, in their order."""
        model = self._objects.get(object_)
        spent: dict[tuple[str, Place], int] = {}
        savings = [self._loaded(model.name, change, around, Memory(spent)) for change in chunk]
        Order(model, self._walks).run(savings, [change.asked for change in chunk])
        return tuple(saving.result() for saving in savings)

    def _loaded(self, object_: str, change: Change, around: Circumstances, memory: Memory) -> Saving:
        stored = None if change.stored is None else loaded(object_, Fields(change.stored), change.asked)
        first = stored or Fields({})
        return Saving(
            object_,
            stored,
            first,
            {},
            around,
            self._user,
            alike=change.alike,
            partial=change.partial,
            memory=memory,
        )


def simulator_of(project: Project, user: User, context: Context, triggers: "Iterable[TriggerText]" = ()) -> Simulator:
    """Return the simulator of a tree, which is read as far as saves ask for it; `triggers` were walked already."""
    objects = Objects(project)
    return Simulator(objects, OrgWalks(project, objects, Interner(), context, triggers), user)
