"""What the configured sync user may see and edit of the opt-out box, for the fake's field security.

What the configuration or the tree leaves open is allowed: the fake then answers as to a user who may.
"""

from collections.abc import Iterator

from sfoptlint.core.opt_out import OPT_OUT_FIELD, SECURED_FIELD
from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.judge.access import Grant
from sfoptlint.judge.access_family import sync_user_access
from sfoptlint.metadata.access import Permissions
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project
from sfoptlint.model.standard_schema import profile_label


def field_access(project: Project, settings: Settings) -> FieldAccess:
    """Return what the sync user may not; everything is allowed where none is configured."""
    user = settings.sync_user
    if user is None:
        return FieldAccess()
    held = list(_held(project, user))
    hidden, read_only, uneditable = set[str](), set[str](), set[str]()
    for object_, access in sync_user_access(project, user).items():
        if access.field is Grant.NO:
            (read_only if _readable(held, object_) else hidden).add(f"{object_}.{OPT_OUT_FIELD[object_]}".casefold())
        if access.object is Grant.NO:
            uneditable.add(object_.casefold())
    return FieldAccess(frozenset(hidden), frozenset(read_only), frozenset(uneditable))


def _readable(held: list[Permissions], object_: OptOutObject) -> bool:
    entries = (permissions.fields.get(SECURED_FIELD[object_]) for permissions in held)
    return any(entry is not None and entry.readable for entry in entries)


def _held(project: Project, user: SyncUser) -> Iterator[Permissions]:
    """Yield the profile and the permission sets that a user holds, by itself or in a group."""
    profile = (user.profile or "").casefold()
    for one in project.permissions(Kind.PROFILE):
        if profile in {one.full_name.casefold(), profile_label(one.full_name).casefold()}:
            yield one
    groups = {name.casefold() for name in user.permission_set_groups or ()}
    names = {name.casefold() for name in user.permission_sets or ()}
    for group in project.permission_set_groups():
        if group.full_name.casefold() in groups:
            names |= {name.casefold() for name in group.permission_sets}
    yield from (p for p in project.permissions(Kind.PERMISSION_SET) if p.full_name.casefold() in names)
