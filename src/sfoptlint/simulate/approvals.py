"""Approval processes: an update of a record that one of them keeps locked fails (Salesforce Help, "Approval Record Lock").

Whether the record waits for approval, no metadata says: it is asked for at the process's place, and without an answer it does
not. Entry criteria were asked when it was submitted; a process that no record ever enters locks none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.approval import CODE, Lock, locks
from sfoptlint.automation.automation import Phase
from sfoptlint.automation.field_update import opt_out_object
from sfoptlint.automation.globals import MODIFIES_ALL
from sfoptlint.automation.submission import never_submitted
from sfoptlint.core.expr import Interner
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId
from sfoptlint.core.witness import Returned
from sfoptlint.metadata.approval_process import ApprovalProcess
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.result import Rejection
from sfoptlint.simulate.walk import Doubt, Happened, Seen

_LOCKED = "the record is locked by an approval"


@dataclass(frozen=True, slots=True)
class ApprovalWalk:
    """One active process that records enter."""

    process: ApprovalProcess

    @property
    def component(self) -> ComponentId:
        """The process."""
        return ComponentId("ApprovalProcess", self.process.full_name)

    @property
    def phase(self) -> Phase:
        """Its step of the order of execution."""
        return Phase.LOCK

    @property
    def at(self) -> Place:
        """Where it stands."""
        return Place(self.process.path, self.process.at.line, self.process.at.column)

    def run(self, seen: Seen) -> Happened:
        """Reject the save of a record that it keeps locked, unless the user may modify every record of the object."""
        unread = ", ".join(self.process.unread)
        doubts = [Doubt(f"{self.component} has parts that are not read: {unread}", may_write=False)] if unread else []
        errors: list[Rejection] = []
        assumptions: list[str] = []
        for lock in locks(self.process):
            place = f"{self.process.path}#{lock.name}"
            answer = seen.questions.call(place)
            if not isinstance(answer, Returned) or answer.value is not True:
                assumptions.append(f"not so: {lock.state} ({self.process.name}) ({place})")
                continue
            passes = _passes(seen)
            if passes is None:
                reason = f"{self.component}: whether the user may modify every {seen.object}"
                doubts.append(Doubt(reason, may_write=False))
            elif not passes:
                errors.append(self._rejection(lock, place))
        words = f"rejects: {_LOCKED}" if errors else ""
        return Happened(words, tuple(errors), doubts=tuple(doubts), assumptions=tuple(assumptions))

    def _rejection(self, lock: Lock, place: str) -> Rejection:
        at = Place(self.process.path, lock.at.line, lock.at.column)
        return Rejection(CODE, _LOCKED, (), self.component, at, place)


def _passes(seen: Seen) -> bool | None:
    """Whether the user may modify every record of the object; None where nobody says."""
    try:
        return seen.questions.org_value(f"{MODIFIES_ALL}{seen.object}") is True
    except KeyError:
        return None


def approval_walks(project: Project, object_: str, objects: Objects, interner: Interner) -> Iterator[ApprovalWalk]:
    """Yield the active processes of an object that records enter."""
    for process in project.approval_processes():
        of = opt_out_object(process.object)
        if not process.active or of is None or of.casefold() != object_.casefold():
            continue
        if not never_submitted(process, of, objects, interner):
            yield ApprovalWalk(process)
