"""Layouts and Lightning pages of persons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.judge.page import PAGE_OBJECT, PageJudgement, judge_layout
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.evidence import package_expected
from sfoptlint.model.project import Project

if TYPE_CHECKING:
    from sfoptlint.metadata.flexi_page import FlexiPage


def judge(project: Project, settings: Settings) -> Iterator[PageJudgement]:
    """Judge every layout, and every record page."""
    layouts = [layout for layout in project.layouts() if PAGE_OBJECT[layout.page_object] in settings.objects]
    pages = [page for page in project.flexi_pages() if page.object in settings.objects]
    if not layouts and not pages:
        return
    assigned = _assigned_layouts(project)
    expected = package_expected(project, settings)  # looks into what was not parsed yet
    for layout in layouts:
        is_assigned = assigned is None or layout.full_name.casefold() in assigned
        yield judge_layout(layout, package_expected=expected, assigned=is_assigned)
    if pages:
        yield from _lightning_pages(project, pages, package_expected=expected)


def _lightning_pages(
    project: Project, pages: "Sequence[FlexiPage]", *, package_expected: bool
) -> Iterator[PageJudgement]:
    # Felt at start-up, and few commits touch a Lightning page.
    from sfoptlint.judge.lightning_page import RECORD_PAGE, judge_lightning_page  # noqa: PLC0415
    from sfoptlint.model.activations import activation_words, page_activations  # noqa: PLC0415
    from sfoptlint.model.objects import Objects  # noqa: PLC0415

    objects = Objects(project)
    for page in pages:
        if page.type == RECORD_PAGE:
            judgement = judge_lightning_page(page, package_expected=package_expected)
            active = [a for a in page_activations(project, objects, page.object) if a.page == page.full_name]
            yield replace(judgement, activation=activation_words(active))


def gaps(project: Project) -> Iterator[Gap]:
    """Say where profiles are there and assign no layout of an object: they were perhaps retrieved without the layouts."""
    assigned = _assigned_layouts(project)
    if assigned is None:
        return
    for page_object in sorted({layout.page_object for layout in project.layouts()}):
        if not any(name.startswith(page_object.casefold() + "-") for name in assigned):
            reason = f"no profile here assigns any {page_object} layout; retrieve profiles together with the layouts"
            yield Gap(project.artefacts(Kind.PROFILE)[0].path, 1, reason)


def _assigned_layouts(project: Project) -> frozenset[str] | None:
    """Return the layouts that profiles assign; None where profiles were not read, not all of them, or there are none."""
    if project.focus is not None or not project.artefacts(Kind.PROFILE):
        return None
    profiles = project.permissions(Kind.PROFILE)
    if not project.all_parsed(Kind.PROFILE):
        return None  # the broken one may assign any layout
    return frozenset(name.casefold() for profile in profiles for name in profile.layouts)
