"""An approval process: whether an update meets a locked record, and the box that its answers write.

A record that waits for an answer is locked, by some processes afterwards too; an update of it fails unless the user may modify
all records of the object (Salesforce Help, "Approval Record Lock"). Whether it waits, no metadata says; what it must have been to
be submitted was asked then. The process's field updates are set off by a person's answer, not by the update.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.automation.automation import Automation, Block, Effect, Overwrite, Phase, Step, Unknown
from sfoptlint.automation.field_update import is_box, opt_out_object, target_object, written
from sfoptlint.automation.globals import MODIFIES_ALL
from sfoptlint.automation.submission import never_submitted
from sfoptlint.core import verdict
from sfoptlint.core.expr import Expr, Free, FreeKind, Interner, Type
from sfoptlint.core.location import Place, Position
from sfoptlint.core.logic import all_of, false, not_, true
from sfoptlint.core.verdict import Cause, ComponentId, OptOutObject
from sfoptlint.lang.formula.building import truth
from sfoptlint.metadata.approval_process import ApprovalActions, ApprovalProcess
from sfoptlint.metadata.workflow import FieldUpdate, Workflow
from sfoptlint.model.objects import Objects

NO_ENTRY = "no record that has the box ever meets its entry criteria"
CODE = "ENTITY_IS_LOCKED"
"""The status code that the API answers (SOAP API Developer Guide, Core Data Types, StatusCode)."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A state in which a process keeps a record locked, in words, and the element that says so."""

    state: str
    at: Position
    name: str


def locks(process: ApprovalProcess) -> Iterator[Lock]:
    """Yield the states in which the process locks a record."""
    yield Lock("the record waits for approval", process.editability_at, "pending")
    if process.locked_when_approved:
        yield Lock("the record was approved, and stays locked", process.approved_at, "approved")
    if process.locked_when_rejected:
        yield Lock("the record was rejected, and stays locked", process.rejected_at, "rejected")


def in_state(process: ApprovalProcess, lock: Lock) -> Free:
    """Return the atom that stands for a record being in such a state; `path#pending` is its place in a witness."""
    place = Place(process.path, lock.at.line, lock.at.column)
    return Free(f"{process.path}#{lock.name}", Type.BOOLEAN, FreeKind.OTHER, place, f"{lock.state} ({process.name})")


def compile_approval_process(
    process: ApprovalProcess, workflow: Workflow | None, objects: Objects, interner: Interner
) -> Automation | None:
    """Return what the process does to an update; None where it is of another object.

    Its actions stand in the workflow of the object.
    """
    object_ = opt_out_object(process.object)
    if object_ is None:
        return None
    updates = [*_box_updates(process, workflow, objects)]
    return Automation(
        component=ComponentId("ApprovalProcess", process.full_name),
        object=object_,
        phase=Phase.LOCK,
        at=_place(process, process.at),
        effects=(
            *_unread(process, interner),
            *(_locked(process, lock, object_, interner) for lock in locks(process)),
            *(
                effect
                for actions, update in updates
                for effect in _answered(process, actions, update, object_, objects, interner)
            ),
        ),
        idle=_idle(process, object_, objects, interner),
    )


def _idle(process: ApprovalProcess, object_: OptOutObject, objects: Objects, interner: Interner) -> str:
    if not process.active:
        return "the approval process is not active"
    return NO_ENTRY if never_submitted(process, object_, objects, interner) else ""


def _unread(process: ApprovalProcess, interner: Interner) -> Iterator[Effect]:
    if process.unread:
        reason = f"the process has parts that are not read: {', '.join(process.unread)}"
        yield Effect(true(interner), Unknown(reason, frozenset({verdict.Effect.BLOCK})), _place(process, process.at))


def _locked(process: ApprovalProcess, lock: Lock, object_: OptOutObject, interner: Interner) -> Effect:
    passes = interner.global_(f"{MODIFIES_ALL}{object_}", Type.BOOLEAN)
    at = _place(process, lock.at)
    said = "the record is locked by an approval"
    return Effect(
        guard=all_of((interner.free(in_state(process, lock)), not_(passes, interner)), interner),
        do=Block(Cause.LOCK, CODE, said),
        at=at,
        steps=(Step(at, f"{lock.state}: approval process {process.name} locks it"),),
        place=f"{process.path}#{lock.name}",
    )


def _box_updates(
    process: ApprovalProcess, workflow: Workflow | None, objects: Objects
) -> Iterator[tuple[ApprovalActions, FieldUpdate]]:
    for actions in process.actions if workflow else ():
        for action in actions.actions:
            update = workflow.updates.get(action.name.casefold()) if workflow and action.type == "FieldUpdate" else None
            if update is not None and is_box(update.field, opt_out_object(target_object(update, objects))):
                yield actions, update


def _answered(  # noqa: PLR0913, PLR0917 - an update, and where it comes from
    process: ApprovalProcess,
    actions: ApprovalActions,
    update: FieldUpdate,
    object_: OptOutObject,
    objects: Objects,
    interner: Interner,
) -> Iterator[Effect]:
    value = written(update, objects, interner).value
    target = opt_out_object(target_object(update, objects)) or object_
    if value is None:
        return
    at = Place(update.path, update.at.line, update.at.column)
    happens: Expr = interner.free(
        Free(f"{process.path}#{update.name}", Type.BOOLEAN, FreeKind.OTHER, at, f"{process.name}: {actions.when}")
    )
    yield Effect(
        guard=false(interner) if _idle(process, object_, objects, interner) else happens,
        do=Overwrite(target, truth(value, interner), everyone=False),
        at=at,
        steps=(Step(_place(process, process.at), actions.when), Step(at, f"field update {update.name}")),
        place=f"{update.path}#{update.name}",
    )


def _place(process: ApprovalProcess, at: Position) -> Place:
    return Place(process.path, at.line, at.column)
