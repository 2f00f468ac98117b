"""What a tree shows of the org it came from: the package, and person accounts."""

import re

from sfoptlint.core.opt_out import PACKAGE_TOKEN
from sfoptlint.core.settings import PackagePresence, Settings
from sfoptlint.metadata.kind import Kind
from sfoptlint.metadata.xml import mentions_package
from sfoptlint.model.project import Project
from sfoptlint.source.source import UnreadableError

_MENTIONING = (Kind.LAYOUT, Kind.FLEXI_PAGE, Kind.PERMISSION_SET, Kind.PROFILE)
"""The types that name the package where it is installed, the smaller files first."""
_PACKAGE_PATHS = (PACKAGE_TOKEN, "installedPackages/wbsendit.")
_PERSON_ACCOUNT_MARKS = (b"__pc<", b"IsPersonAccount", b"<fullName>PersonAccount</fullName>")
# Compiled when they are first asked for: that is felt at start-up, and few commits touch Account.
_PERSON_FIELD = rb"<fullName>(Person\w+)</fullName>"
_ACCOUNT_FIELD_FILE = r"objects/Account/fields/(\w+)\."
_PERSON_ACCOUNT_FILE = (
    r"(?m)(^|/)(PersonAccount-[^/\n]*\.layout|objects/PersonAccount[./]"
    r"|(duplicateRules|matchingRules|recordTypes|workflows)/PersonAccount\.)"
)
"""Components that exist only with person accounts; a class may have the words in its name in any org."""


def package_expected(project: Project, settings: Settings) -> bool:
    """Return whether the membership related list is to be on the pages of this tree."""
    if settings.package is not PackagePresence.DETECT:
        return settings.package is PackagePresence.EXPECTED
    if project.mentions_package or any(map(mentions_package, _earlier_contents(project))):
        return True
    return any(mark in project.listing for mark in _PACKAGE_PATHS) or any(
        mentions_package(data)
        for kind in _MENTIONING
        for data in project.contents(project.unparsed(project.artefacts(kind, everywhere=True)))
    )


def shows_person_accounts(project: Project, settings: Settings) -> bool:
    """Return whether the org has person accounts, so far as configuration or the tree can tell."""
    if settings.person_accounts is not None:
        return settings.person_accounts
    if _lists_person_accounts(project.listing):
        return True
    accounts = [a for a in project.artefacts(Kind.CUSTOM_OBJECT, everywhere=True) if a.full_name == "Account"]
    if any(map(_holds_person_fields, project.contents(accounts))):
        return True
    return any(
        name.startswith("PersonAccount-") for profile in project.permissions(Kind.PROFILE) for name in profile.layouts
    )


def _lists_person_accounts(listing: str) -> bool:
    """Return whether a file's path shows person accounts."""
    if "PersonAccount" in listing and re.search(_PERSON_ACCOUNT_FILE, listing):
        return True
    return any(name.endswith("__pc") or _is_person_field(name) for name in re.findall(_ACCOUNT_FIELD_FILE, listing))


def _holds_person_fields(data: bytes) -> bool:
    """Return whether an object file of Account has a field that only person accounts have."""
    return any(mark in data for mark in _PERSON_ACCOUNT_MARKS) or any(
        _is_person_field(name.decode()) for name in re.findall(_PERSON_FIELD, data)
    )


def _is_person_field(name: str) -> bool:
    """Return whether a field of Account is a person's; a list view or a custom field may begin with `Person` too."""
    if not name.startswith("Person"):
        return False
    from sfoptlint.model.standard_schema import standard_object  # noqa: PLC0415 - few trees have such a field

    account = standard_object("Account")
    field = account.field(name) if account else None
    return field is not None and field.person_account


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
