"""Whether a profile or permission set lets a user edit the opt-out box.

Saving needs two things: edit permission on the object, and edit permission on the field (Salesforce Security Guide, "Control
Who Sees What"). Both are unions over everything a user holds; only a muting set takes away, and only inside its group.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sfoptlint.core.location import Place, Position
from sfoptlint.core.opt_out import SECURED_FIELD
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, OptOutObject, Row, Verdict
from sfoptlint.metadata.access import Permissions


class Grant(StrEnum):
    """Whether a file gives something: it says so, it says not, or it does not say."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Barrier(StrEnum):
    """What stands between a user and the box."""

    FIELD_READ_ONLY = "field_read_only"
    FIELD_HIDDEN = "field_hidden"
    OBJECT = "object"
    MUTED = "muted"
    SYNC_USER = "sync_user"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class AccessJudgement:
    """The row of one artefact and object, what stands in the way with where it stands, and what else belongs to it."""

    row: Row
    barriers: tuple[tuple[Barrier, Place], ...] = ()
    related: tuple[tuple[Place, str], ...] = ()
    bystander: bool = False
    """A sync user is configured and does not hold this: only people are hindered."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The one row of an artefact and object."""
        return (self.row,)


def field_grant(permissions: Permissions, object_: OptOutObject) -> Grant:
    """Return whether a file lets its holder edit the box."""
    entry = permissions.fields.get(SECURED_FIELD[object_])
    if entry is None:
        return Grant.UNKNOWN
    return Grant.YES if entry.editable else Grant.NO


def object_grant(permissions: Permissions, object_: OptOutObject) -> Grant:
    """Return whether a file lets its holder edit records of the object; Modify All Data grants objects, not fields."""
    if permissions.modify_all_data:
        return Grant.YES
    entry = permissions.objects.get(object_)
    if entry is None:
        return Grant.UNKNOWN
    return Grant.YES if entry.edit or entry.modify_all else Grant.NO


def judge_profile(profile: Permissions, object_: OptOutObject, *, bystander: bool = False) -> AccessJudgement:
    """Judge a profile: what it denies, a sync user may lack; what it does not mention was perhaps not retrieved."""
    barriers = tuple(_barriers(profile, object_))
    artifact = ComponentId("Profile", profile.full_name)
    if barriers:
        denied = " and ".join(_DENIED[barrier].format(SECURED_FIELD[object_], object_) for barrier, _ in barriers)
        reason = f"{denied}; a user who holds no permission set that grants it cannot save the box"
        row = access_row(artifact, object_, Verdict.SOMETIMES, barriers[0][1], reason)
        return AccessJudgement(row, barriers, bystander=bystander)
    silent = [
        name
        for name, grant in (
            (SECURED_FIELD[object_], field_grant(profile, object_)),
            (object_.value, object_grant(profile, object_)),
        )
        if grant is Grant.UNKNOWN
    ]
    place = Place(profile.path, profile.at.line, profile.at.column)
    if silent:
        reason = f"the profile does not mention {' or '.join(silent)}, which perhaps was not retrieved with it"
        return AccessJudgement(access_row(artifact, object_, Verdict.UNKNOWN, place, reason))
    reason = f"the profile may edit {SECURED_FIELD[object_]} and {object_} records"
    return AccessJudgement(access_row(artifact, object_, Verdict.NEVER, place, reason))


def judge_permission_set(permission_set: Permissions, object_: OptOutObject) -> AccessJudgement:
    """Judge a permission set, which only adds."""
    artifact = ComponentId("PermissionSet", permission_set.full_name)
    place = Place(permission_set.path, permission_set.at.line)
    return AccessJudgement(access_row(artifact, object_, Verdict.NEVER, place, "a permission set takes nothing away"))


def access_row(artifact: ComponentId, object_: OptOutObject, verdict: Verdict, place: Place, reason: str) -> Row:
    """Return a `deny` row, which is the same in both directions."""
    return Row(
        artifact=artifact,
        object=object_,
        direction=Direction.ANY,
        effect=Effect.DENY,
        cause=Cause.ACCESS,
        verdict=verdict,
        path=place.path,
        line=place.line,
        reason=reason,
    )


_DENIED = {
    Barrier.FIELD_READ_ONLY: "{0} is read-only here",
    Barrier.FIELD_HIDDEN: "{0} is hidden here",
    Barrier.OBJECT: "{1} records cannot be edited here",
}


def _barriers(profile: Permissions, object_: OptOutObject) -> Iterator[tuple[Barrier, Place]]:
    def place(at: Position) -> Place:
        return Place(profile.path, at.line, at.column)

    field = profile.fields.get(SECURED_FIELD[object_])
    if field is not None and not field.editable:
        yield Barrier.FIELD_READ_ONLY if field.readable else Barrier.FIELD_HIDDEN, place(field.at)
    entry = profile.objects.get(object_)
    if entry is not None and object_grant(profile, object_) is Grant.NO:
        yield Barrier.OBJECT, place(entry.at)
