"""What a tree shows of the org it came from: the package, and person accounts."""

from sfoptlint.core.opt_out import PACKAGE_TOKEN
from sfoptlint.core.settings import PackagePresence, Settings
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.project import Project
from sfoptlint.source.source import UnreadableError

_MENTIONING = (Kind.LAYOUT, Kind.FLEXI_PAGE, Kind.PERMISSION_SET, Kind.PROFILE)
"""The types that name the package where it is installed, the smaller files first."""
_PACKAGE_PATHS = (PACKAGE_TOKEN, "installedPackages/wbsendit.")
_PERSON_ACCOUNT_PATHS = ("PersonAccount", "objects/Account/fields/Person", "__pc.field")
_PERSON_ACCOUNT_MARKS = (b"<fullName>Person", b"__pc<", b"IsPersonAccount", b"PersonAccount")


def package_expected(project: Project, settings: Settings) -> bool:
    """Return whether the membership related list is to be on the pages of this tree."""
    if settings.package is not PackagePresence.DETECT:
        return settings.package is PackagePresence.EXPECTED
    token = PACKAGE_TOKEN.encode()
    if project.mentions_package or any(token in data for data in _earlier_contents(project)):
        return True
    return any(mark in project.listing for mark in _PACKAGE_PATHS) or any(
        token in data for kind in _MENTIONING for data in project.contents(project.artefacts(kind, everywhere=True))
    )


def shows_person_accounts(project: Project, settings: Settings) -> bool:
    """Return whether the org has person accounts, so far as configuration or the tree can tell."""
    if settings.person_accounts is not None:
        return settings.person_accounts
    if any(mark in project.listing for mark in _PERSON_ACCOUNT_PATHS):
        return True
    accounts = [a for a in project.artefacts(Kind.CUSTOM_OBJECT, everywhere=True) if a.full_name == "Account"]
    if any(mark in data for data in project.contents(accounts) for mark in _PERSON_ACCOUNT_MARKS):
        return True
    return any(
        name.startswith("PersonAccount-") for profile in project.permissions(Kind.PROFILE) for name in profile.layouts
    )


def _earlier_contents(project: Project) -> list[bytes]:
    """Return what the files in focus held before the change: a layout may be about to lose its last sign of the package."""
    contents = []
    for path in project.focus or ():
        if project.earlier is not None:
            try:
                contents.append(project.earlier.read(path))
            except UnreadableError:
                continue
    return contents
