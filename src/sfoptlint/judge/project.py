"""Everything that is judged in one tree, family by family."""

from collections.abc import Iterator
from dataclasses import dataclass

from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject, Row
from sfoptlint.judge.access import AccessJudgement, judge_permission_set, judge_profile
from sfoptlint.judge.group import Holdings, judge_group, judge_muting_set
from sfoptlint.judge.lightning_page import is_judged, judge_lightning_page
from sfoptlint.judge.page import PAGE_OBJECT, PageJudgement, judge_layout
from sfoptlint.judge.sync_user import judge_sync_user
from sfoptlint.metadata.access import Permissions
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.evidence import package_expected, shows_person_accounts
from sfoptlint.model.project import Project
from sfoptlint.model.standard_schema import profile_label
from sfoptlint.source.source import Problem


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was judged in one tree, and what of it could not be read.

    `raised_objects` are those whose findings are raised; rows are made for all that were asked for.
    """

    pages: tuple[PageJudgement, ...]
    access: tuple[AccessJudgement, ...]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    raised_objects: frozenset[OptOutObject]

    def rows(self) -> Iterator[Row]:
        """Yield every row."""
        yield from (page.row for page in self.pages)
        yield from (access.row for access in self.access)


def judge_project(project: Project, settings: Settings) -> Judgements:
    """Judge one tree."""
    access = tuple(_access(project, settings))
    pages = tuple(_pages(project, settings))
    raised = set(settings.objects)
    if not shows_person_accounts(project, settings):
        raised.discard(OptOutObject.ACCOUNT)
    return Judgements(pages, access, project.problems, tuple(_gaps(project)), frozenset(raised))


def _pages(project: Project, settings: Settings) -> Iterator[PageJudgement]:
    layouts = [layout for layout in project.layouts() if PAGE_OBJECT[layout.page_object] in settings.objects]
    pages = [page for page in project.flexi_pages() if is_judged(page) and page.object in settings.objects]
    if not layouts and not pages:
        return
    expected = package_expected(project, settings)
    assigned = _assigned_layouts(project)
    for layout in layouts:
        is_assigned = assigned is None or layout.full_name.casefold() in assigned
        yield judge_layout(layout, package_expected=expected, assigned=is_assigned)
    for page in pages:
        yield judge_lightning_page(page, package_expected=expected)


def _gaps(project: Project) -> Iterator[Gap]:
    """Say where profiles are there and assign no layout of an object: they were perhaps retrieved without the layouts."""
    assigned = _assigned_layouts(project)
    if assigned is None:
        return
    for page_object in sorted({layout.page_object for layout in project.layouts()}):
        if not any(name.startswith(page_object.casefold() + "-") for name in assigned):
            reason = (
                f"no profile here assigns any {page_object} layout; retrieve the profiles together with the layouts"
            )
            yield Gap(project.artefacts(Kind.PROFILE)[0].path, 1, reason)


def _assigned_layouts(project: Project) -> frozenset[str] | None:
    """Return the layouts that profiles assign; None where profiles were not read, not all of them, or there are none."""
    if project.focus is not None or not project.artefacts(Kind.PROFILE):
        return None
    profiles = project.permissions(Kind.PROFILE)
    if not project.all_parsed(Kind.PROFILE):
        return None  # the broken one may assign any layout
    return frozenset(name.casefold() for profile in profiles for name in profile.layouts)


def _access(project: Project, settings: Settings) -> Iterator[AccessJudgement]:
    holdings = _holdings(project, settings)
    profiles = project.permissions(Kind.PROFILE)
    for object_ in settings.objects:
        for profile in profiles:
            yield judge_profile(profile, object_)
        for permission_set in project.permissions(Kind.PERMISSION_SET):
            yield judge_permission_set(permission_set, object_)
        for muting in project.permissions(Kind.MUTING_PERMISSION_SET):
            yield judge_muting_set(muting, object_, holdings)
        for group in project.permission_set_groups():
            yield judge_group(group, object_, holdings)
        if settings.sync_user is not None and project.focus is None:
            profile_held = _profile_of(settings.sync_user.profile, profiles)
            yield judge_sync_user(settings.sync_user, object_, profile_held, holdings, settings.path)


def _holdings(project: Project, settings: Settings) -> Holdings:
    """Return what sync user and muting sets refer to; nothing is read where nothing refers to it."""
    needed = settings.sync_user is not None and project.focus is None
    if not needed and not project.artefacts(Kind.MUTING_PERMISSION_SET) and not project.permission_set_groups():
        return Holdings()
    return Holdings(
        {p.full_name.casefold(): p for p in project.permissions(Kind.PERMISSION_SET, everywhere=True)},
        {p.full_name.casefold(): p for p in project.permissions(Kind.MUTING_PERMISSION_SET, everywhere=True)},
        {g.full_name.casefold(): g for g in project.permission_set_groups(everywhere=True)},
    )


def _profile_of(name: str | None, profiles: tuple[Permissions, ...]) -> Permissions | None:
    """Return the profile of this full name or label."""
    if name is None:
        return None
    wanted = name.casefold()
    return next(
        (p for p in profiles if wanted in (p.full_name.casefold(), profile_label(p.full_name).casefold())), None
    )
