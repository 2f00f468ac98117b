"""Profiles, permission sets, their groups and muting sets, and what the sync user holds of them."""

from collections.abc import Iterator, Mapping

from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.judge.access import AccessJudgement, judge_permission_set, judge_profile
from sfoptlint.judge.group import Access, Holdings, judge_group, judge_muting_set
from sfoptlint.judge.sync_user import held_access, judge_sync_user, sure_access
from sfoptlint.metadata.access import Permissions
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project


def judge(project: Project, settings: Settings) -> Iterator[AccessJudgement]:
    """Judge every file for every object, and the sync user where one is configured."""
    user = settings.sync_user if project.focus is None else None
    profiles = project.permissions(Kind.PROFILE)
    holder = _profile_called(user.profile, profiles) if user else None
    holdings = _holdings(project, needed=user is not None)
    for object_ in settings.objects:
        for profile in profiles:
            bystander = user is not None and profile is not holder
            yield judge_profile(profile, object_, bystander=bystander)
        for permission_set in project.permissions(Kind.PERMISSION_SET):
            yield judge_permission_set(permission_set, object_)
        for muting in project.permissions(Kind.MUTING_PERMISSION_SET):
            yield judge_muting_set(muting, object_, holdings)
        for group in project.permission_set_groups():
            yield judge_group(group, object_, holdings)
        if user is not None:
            yield judge_sync_user(user, object_, holder, holdings, settings.path)


def sync_user_access(project: Project, user: SyncUser) -> Mapping[OptOutObject, Access]:
    """Return what the sync user may do, object by object; what is not configured may give more, and is a doubt."""
    profile = _profile_called(user.profile, project.permissions(Kind.PROFILE, everywhere=True))
    holdings = _holdings(project, needed=True)
    return {object_: sure_access(held_access(user, object_, profile, holdings), user) for object_ in OptOutObject}


def gaps(_: Project) -> Iterator[Gap]:
    """Say nothing: what a file does not mention is `unknown` in its row."""
    yield from ()


def _holdings(project: Project, *, needed: bool) -> Holdings:
    """Return what the sync user, muting sets and groups refer to; nothing is read where nothing refers to it."""
    if not needed and not project.artefacts(Kind.MUTING_PERMISSION_SET) and not project.permission_set_groups():
        return Holdings()
    return Holdings(
        {p.full_name.casefold(): p for p in project.permissions(Kind.PERMISSION_SET, everywhere=True)},
        {p.full_name.casefold(): p for p in project.permissions(Kind.MUTING_PERMISSION_SET, everywhere=True)},
        {g.full_name.casefold(): g for g in project.permission_set_groups(everywhere=True)},
    )


def _profile_called(name: str | None, profiles: tuple[Permissions, ...]) -> Permissions | None:
    """Return the profile of this full name or label."""
    if name is None:
        return None
    from sfoptlint.model.standard_schema import profile_label  # noqa: PLC0415 - only a sync user needs it

    wanted = name.casefold()
    return next(
        (p for p in profiles if wanted in (p.full_name.casefold(), profile_label(p.full_name).casefold())), None
    )
