"""Approval processes (Metadata API Developer Guide, ApprovalProcess)."""

from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.metadata.criteria import Criteria, read_criteria
from sfoptlint.metadata.flow.reader import Reader
from sfoptlint.metadata.workflow import Taken, taken
from sfoptlint.metadata.xml import Document

_ACTIONS = {
    "initialSubmissionActions": "when a record is submitted",
    "finalApprovalActions": "when it is approved",
    "finalRejectionActions": "when it is rejected",
    "recallActions": "when it is recalled",
}
_ABOUT = (
    "allowRecall",
    "allowedSubmitters",
    "approvalPageFields",
    "description",
    "emailTemplate",
    "enableMobileDeviceAccess",
    "fullName",
    "label",
    "nextAutomatedApprover",
    "postTemplate",
    "processOrder",
    "showApprovalHistory",
)
"""Children that say nothing of what an update of a record meets: who submits, who is asked, what they see."""


@dataclass(frozen=True, slots=True)
class ApprovalActions:
    """Actions that a person's submission or answer sets off; `when` says which."""

    when: str
    actions: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class ApprovalProcess:
    """One process. `editability` is AdminOnly or AdminOrCurrentApprover; the locks hold after an answer, until it is unlocked."""

    object: str
    name: str
    path: str
    at: Position
    active: bool
    entry: Criteria
    editability: str
    editability_at: Position
    locked_when_approved: bool
    approved_at: Position
    locked_when_rejected: bool
    rejected_at: Position
    actions: tuple[ApprovalActions, ...]
    unread: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """The process's name in the Metadata API."""
        return f"{self.object}.{self.name}"


def parse_approval_process(document: Document, full_name: str, path: str) -> ApprovalProcess:
    """Read one process; its full name is `Object.Name`."""
    object_name, _, name = full_name.partition(".")
    reader = Reader(document, document.root)
    for about in _ABOUT:
        reader.readers(about)
    entry = reader.readers("entryCriteria")
    criteria = read_criteria(entry[0]) if entry else Criteria((), "", "", reader.at)
    places = {
        tag: reader.position(tag)
        for tag in ("recordEditability", "finalApprovalRecordLock", "finalRejectionRecordLock")
    }
    actions = (*(_actions(reader, tag, when) for tag, when in _ACTIONS.items()), *_of_steps(reader))
    return ApprovalProcess(
        object=object_name,
        name=name,
        path=path,
        at=document.position(document.root),
        active=reader.flag("active"),
        entry=criteria,
        editability=reader.text("recordEditability"),
        editability_at=places["recordEditability"],
        locked_when_approved=reader.flag("finalApprovalRecordLock"),
        approved_at=places["finalApprovalRecordLock"],
        locked_when_rejected=reader.flag("finalRejectionRecordLock"),
        rejected_at=places["finalRejectionRecordLock"],
        actions=tuple(group for group in actions if group.actions),
        unread=(*reader.unread(), *criteria.unread, *(name for element in entry for name in element.unread())),
    )


def _actions(reader: Reader, tag: str, when: str) -> ApprovalActions:
    return ApprovalActions(when, tuple(a for group in reader.readers(tag) for a in taken(group, "action")))


def _of_steps(reader: Reader) -> list[ApprovalActions]:
    found = []
    for step in reader.readers("approvalStep"):
        name = step.text("name")
        found.append(_actions(step, "approvalActions", f"when step {name} is approved"))
        found.append(_actions(step, "rejectionActions", f"when step {name} is rejected"))
    return found
