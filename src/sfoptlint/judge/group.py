"""Permission set groups, and the muting permission sets that take permissions away inside one.

In a muting set an entry that is true is switched off for the group (Metadata API Developer Guide, MutingPermissionSet).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import SECURED_FIELD
from sfoptlint.core.verdict import ComponentId, OptOutObject, Verdict
from sfoptlint.judge.access import AccessJudgement, Barrier, Grant, access_row
from sfoptlint.metadata.access import Permissions, PermissionSetGroup


@dataclass(frozen=True, slots=True)
class Holdings:
    """Every permission set, muting set and group of a tree, by full name without regard to case."""

    permission_sets: Mapping[str, Permissions] = field(default_factory=dict)
    muting_sets: Mapping[str, Permissions] = field(default_factory=dict)
    groups: Mapping[str, PermissionSetGroup] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Access:
    """The two things that saving the box needs."""

    field: Grant
    object: Grant

    def __iter__(self) -> Iterator[Grant]:
        return iter((self.field, self.object))


@dataclass(frozen=True, slots=True)
class Muted:
    """What muting sets switch off. Muting Read takes Edit with it, and Modify All goes with Edit."""

    field: bool = False
    edit: bool = False
    modify_all: bool = False
    modify_all_data: bool = False

    def __bool__(self) -> bool:
        return self.field or self.edit or self.modify_all or self.modify_all_data


def any_of(grants: Iterable[Grant]) -> Grant:
    """Return the union of grants: one yes is enough, and without one a doubt remains a doubt."""
    found = set(grants)
    return next((grant for grant in (Grant.YES, Grant.UNKNOWN) if grant in found), Grant.NO)


def set_access(permission_set: Permissions | None, object_: OptOutObject, muted: Muted) -> Access:
    """Return what one permission set gives; what it does not mention it does not give.

    One that is not in the tree, that counts only in a session where it was activated, or whose entries stand in files that
    are not read, is a doubt.
    """
    if permission_set is None:
        return Access(Grant.NO if muted.field else Grant.UNKNOWN, Grant.NO if muted.edit else Grant.UNKNOWN)
    entry = permission_set.fields.get(SECURED_FIELD[object_])
    gives_field = entry is not None and entry.editable and not muted.field
    permissions = permission_set.objects.get(object_)
    gives_object = bool(permission_set.modify_all_data) and not muted.modify_all_data
    if permissions is not None and not muted.edit:
        gives_object |= permissions.edit or (permissions.modify_all and not muted.modify_all)
    yes = Grant.UNKNOWN if permission_set.needs_activation else Grant.YES
    return Access(
        yes if gives_field else _silence(permission_set, muted=muted.field),
        yes if gives_object else _silence(permission_set, muted=muted.edit),
    )


def _silence(permission_set: Permissions, *, muted: bool) -> Grant:
    return Grant.UNKNOWN if permission_set.decomposed and not muted else Grant.NO


def group_access(
    group: PermissionSetGroup, object_: OptOutObject, holdings: Holdings, *, muting: bool = True
) -> Access:
    """Return what a group gives; with `muting` false, what it would give without its muting sets."""
    mutes = [holdings.muting_sets.get(name.casefold()) for name in group.muting_permission_sets] if muting else []
    muted = muted_by((m for m in mutes if m is not None), object_)
    members = [
        set_access(holdings.permission_sets.get(name.casefold()), object_, muted) for name in group.permission_sets
    ]
    access = Access(any_of(member.field for member in members), any_of(member.object for member in members))
    if None not in mutes:
        return access
    return Access(*(Grant.UNKNOWN if grant is Grant.YES else grant for grant in access))


def muted_by(muting_sets: Iterable[Permissions], object_: OptOutObject) -> Muted:
    """Return what these muting sets switch off together."""
    sets = list(muting_sets)
    fields = [m.fields[SECURED_FIELD[object_]] for m in sets if SECURED_FIELD[object_] in m.fields]
    objects = [m.objects[object_] for m in sets if object_ in m.objects]
    return Muted(
        field=any(entry.editable or entry.readable for entry in fields),
        edit=any(entry.edit or entry.read for entry in objects),
        modify_all=any(entry.modify_all for entry in objects),
        modify_all_data=any(m.modify_all_data for m in sets),
    )


def judge_muting_set(muting: Permissions, object_: OptOutObject, holdings: Holdings) -> AccessJudgement:
    """Judge a muting set: it takes something away where a group that uses it would give that."""
    artifact = ComponentId("MutingPermissionSet", muting.full_name)
    place = _muting_place(muting, object_)
    groups = [g for g in holdings.groups.values() if muting.full_name.casefold() in _folded(g.muting_permission_sets)]

    def row(verdict: Verdict, reason: str) -> AccessJudgement:
        return AccessJudgement(access_row(artifact, object_, verdict, place, reason))

    if not muted_by([muting], object_):
        return row(Verdict.NEVER, "it mutes neither the opt-out field nor editing the object")
    if not groups:
        return row(Verdict.UNKNOWN, "no permission set group in the tree uses this muting set")
    harmed = [group for group in groups if _takes_away(group, object_, holdings)]
    if not harmed:
        return row(Verdict.NEVER, "no permission set of its groups gives what it mutes")
    names = ", ".join(group.full_name for group in harmed)
    reason = f"it mutes editing the box in {names}; a user whose access comes from there cannot save it"
    return AccessJudgement(
        row=access_row(artifact, object_, Verdict.SOMETIMES, place, reason),
        barriers=((Barrier.MUTED, place),),
        related=tuple((Place(g.path, g.at.line, g.at.column), f"{g.full_name} is muted by it") for g in harmed),
    )


def judge_group(group: PermissionSetGroup, object_: OptOutObject, holdings: Holdings) -> AccessJudgement:
    """Judge a group: like a permission set it only adds, unless one of its muting sets takes that back."""
    artifact = ComponentId("PermissionSetGroup", group.full_name)
    place = Place(group.path, group.at.line)
    if _takes_away(group, object_, holdings):
        reason = "a muting set of the group takes away what its permission sets give"
        return AccessJudgement(access_row(artifact, object_, Verdict.SOMETIMES, place, reason))
    missing = [name for name in group.muting_permission_sets if name.casefold() not in holdings.muting_sets]
    if missing and set(group_access(group, object_, holdings)) != {Grant.NO}:
        reason = f"its muting set {', '.join(missing)} is not in the tree, or cannot be read"
        return AccessJudgement(access_row(artifact, object_, Verdict.UNKNOWN, place, reason))
    reason = "the group takes nothing away of what its permission sets give"
    return AccessJudgement(access_row(artifact, object_, Verdict.NEVER, place, reason))


def _takes_away(group: PermissionSetGroup, object_: OptOutObject, holdings: Holdings) -> bool:
    before = group_access(group, object_, holdings, muting=False)
    after = group_access(group, object_, holdings)
    return any(b is not Grant.NO and a is Grant.NO for b, a in zip(before, after, strict=True))


def _muting_place(muting: Permissions, object_: OptOutObject) -> Place:
    field_entry, object_entry = muting.fields.get(SECURED_FIELD[object_]), muting.objects.get(object_)
    at = field_entry.at if field_entry else object_entry.at if object_entry else muting.at
    return Place(muting.path, at.line, at.column)


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}
