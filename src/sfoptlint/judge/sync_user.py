"""Whether the configured sync user may edit the box: the union of everything the user holds.

What the configuration does not say is free. Once one of the two lists of permission sets is given, the other is taken to be
empty where it is left out: somebody wrote down what the user holds.
"""

from collections.abc import Iterator

from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import SECURED_FIELD
from sfoptlint.core.settings import SyncUser
from sfoptlint.core.verdict import ComponentId, OptOutObject, Verdict
from sfoptlint.judge.access import AccessJudgement, Barrier, Grant, access_row, field_grant, object_grant
from sfoptlint.judge.group import Access, Holdings, Muted, any_of, group_access, set_access
from sfoptlint.metadata.access import Permissions


def judge_sync_user(
    user: SyncUser, object_: OptOutObject, profile: Permissions | None, holdings: Holdings, config_path: str
) -> AccessJudgement:
    """Judge the sync user's effective access; `profile` is None where the tree does not hold the configured one."""
    artifact = ComponentId("SyncUser", user.name)
    place = Place(config_path, user.line)
    access = held_access(user, object_, profile, holdings)
    free = _free(user)
    related = ((Place(profile.path, profile.at.line, profile.at.column), "its profile"),) if profile else ()

    def judged(verdict: Verdict, reason: str, *barriers: Barrier) -> AccessJudgement:
        row = access_row(artifact, object_, verdict, place, reason)
        return AccessJudgement(row, tuple((barrier, place) for barrier in barriers), related if barriers else ())

    if set(access) == {Grant.YES}:
        return judged(Verdict.NEVER, f"it may edit {SECURED_FIELD[object_]} and {object_} records")
    if Grant.NO in access:
        lacking = _lacking(access, Grant.NO, object_)
        if not free:
            return judged(Verdict.ALWAYS, f"nothing that it holds lets it edit {lacking}", Barrier.SYNC_USER)
        reason = f"nothing configured lets it edit {lacking}; its {free} may, and is not configured"
        # Of a user whose profile nobody named there is nothing to complain of yet.
        return judged(Verdict.SOMETIMES, reason, *([Barrier.SYNC_USER] if user.profile else []))
    doubts = "; ".join(_doubts(user, profile, holdings)) or "its profile does not mention it"
    reason = f"whether it may edit {_lacking(access, Grant.UNKNOWN, object_)} is not known: {doubts}"
    return judged(Verdict.UNKNOWN, reason, Barrier.UNDECIDED)


def held_access(user: SyncUser, object_: OptOutObject, profile: Permissions | None, holdings: Holdings) -> Access:
    """Return what the user's profile, permission sets and groups give together, so far as they are configured."""
    held = list(_held(user, object_, profile, holdings))
    return Access(any_of(a.field for a in held), any_of(a.object for a in held))


def sure_access(access: Access, user: SyncUser) -> Access:
    """Return the access with every NO a doubt that something which is not configured may give."""
    return Access(*(Grant.UNKNOWN if grant is Grant.NO else grant for grant in access)) if _free(user) else access


def _held(user: SyncUser, object_: OptOutObject, profile: Permissions | None, holdings: Holdings) -> Iterator[Access]:
    if profile is not None:
        yield Access(field_grant(profile, object_), object_grant(profile, object_))
    elif user.profile is not None:
        yield Access(Grant.UNKNOWN, Grant.UNKNOWN)
    for name in user.permission_sets or ():
        yield set_access(holdings.permission_sets.get(name.casefold()), object_, Muted())
    for name in user.permission_set_groups or ():
        group = holdings.groups.get(name.casefold())
        yield group_access(group, object_, holdings) if group else Access(Grant.UNKNOWN, Grant.UNKNOWN)


def _free(user: SyncUser) -> str:
    """Return what the configuration leaves open, in words; empty where it says everything."""
    parts = [] if user.profile is not None else ["profile"]
    if user.permission_sets is None and user.permission_set_groups is None:
        parts.append("permission sets")
    return " or ".join(parts)


def _lacking(access: Access, grant: Grant, object_: OptOutObject) -> str:
    names = (SECURED_FIELD[object_], f"{object_} records")
    return " or ".join(name for name, given in zip(names, access, strict=True) if given is grant)


def _doubts(user: SyncUser, profile: Permissions | None, holdings: Holdings) -> Iterator[str]:
    """Yield what the tree lacks, or what counts only in a session where it was activated."""
    if user.profile is not None and profile is None:
        yield f"profile {user.profile} is not in the tree"
    for name in user.permission_sets or ():
        permission_set = holdings.permission_sets.get(name.casefold())
        if permission_set is None:
            yield f"permission set {name} is not in the tree"
        elif permission_set.needs_activation:
            yield f"permission set {name} counts only where a session activated it"
        elif permission_set.decomposed:
            yield f"permission set {name} is decomposed into files that are not read"
    for name in user.permission_set_groups or ():
        group = holdings.groups.get(name.casefold())
        if group is None:
            yield f"permission set group {name} is not in the tree"
            continue
        missing = [m for m in group.permission_sets if m.casefold() not in holdings.permission_sets]
        missing += [m for m in group.muting_permission_sets if m.casefold() not in holdings.muting_sets]
        if missing:
            yield f"{', '.join(missing)} of permission set group {name} is not in the tree"
