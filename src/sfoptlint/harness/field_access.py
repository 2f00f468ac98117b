"""What the configured sync user may see and edit of the opt-out box, for the fake's field security.

What the configuration or the tree leaves open is allowed: the fake then answers as to a user who may.
"""

from collections.abc import Iterator
from typing import Final

from sfoptlint.core.opt_out import OPT_OUT_FIELD, SECURED_FIELD
from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.judge.access import Grant, field_grant, object_grant
from sfoptlint.judge.group import Access, Holdings, Muted, any_of, group_access, set_access
from sfoptlint.metadata.access import Permissions
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project
from sfoptlint.model.standard_schema import profile_label

_EVERYTHING: Final = FieldAccess()


def field_access(project: Project, settings: Settings) -> FieldAccess:
    """Return what the sync user may not; everything is allowed where none is configured."""
    user = settings.sync_user
    if user is None or user.profile is None:
        return _EVERYTHING
    profile = _profile(project, user.profile)
    if profile is None:
        return _EVERYTHING
    holdings = _holdings(project)
    hidden, read_only, uneditable = set[str](), set[str](), set[str]()
    for object_ in OptOutObject:
        held = list(_held(user, object_, profile, holdings))
        field = f"{object_}.{OPT_OUT_FIELD[object_]}".casefold()
        if any_of(access.field for access in held) is Grant.NO:
            (read_only if _readable(user, object_, profile, holdings) else hidden).add(field)
        if any_of(access.object for access in held) is Grant.NO:
            uneditable.add(object_.casefold())
    return FieldAccess(frozenset(hidden), frozenset(read_only), frozenset(uneditable))


def _profile(project: Project, name: str) -> Permissions | None:
    wanted = name.casefold()
    return next(
        (
            p
            for p in project.permissions(Kind.PROFILE)
            if wanted in {p.full_name.casefold(), profile_label(p.full_name).casefold()}
        ),
        None,
    )


def _holdings(project: Project) -> Holdings:
    return Holdings(
        {p.full_name.casefold(): p for p in project.permissions(Kind.PERMISSION_SET)},
        {p.full_name.casefold(): p for p in project.permissions(Kind.MUTING_PERMISSION_SET)},
        {g.full_name.casefold(): g for g in project.permission_set_groups()},
    )


def _held(user: SyncUser, object_: OptOutObject, profile: Permissions, holdings: Holdings) -> Iterator[Access]:
    yield Access(field_grant(profile, object_), object_grant(profile, object_))
    for name in user.permission_sets or ():
        yield set_access(holdings.permission_sets.get(name.casefold()), object_, Muted())
    for name in user.permission_set_groups or ():
        group = holdings.groups.get(name.casefold())
        yield group_access(group, object_, holdings) if group else Access(Grant.UNKNOWN, Grant.UNKNOWN)


def _readable(user: SyncUser, object_: OptOutObject, profile: Permissions, holdings: Holdings) -> bool:
    names = [*(user.permission_sets or ())]
    for group_name in user.permission_set_groups or ():
        group = holdings.groups.get(group_name.casefold())
        names += group.permission_sets if group else ()
    sets = (holdings.permission_sets.get(name.casefold()) for name in names)
    entries = (p.fields.get(SECURED_FIELD[object_]) for p in (profile, *sets) if p is not None)
    return any(entry is not None and entry.readable for entry in entries)
