"""Installed packages, and the pages that an app activates."""

from dataclasses import dataclass

from sfoptlint.metadata.xml import Document, text_of


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A managed package of the org by its namespace (Metadata API Developer Guide, InstalledPackage)."""

    namespace: str
    version: str


@dataclass(frozen=True, slots=True)
class PageActivation:
    """A Lightning page as the record page of an object: in an app, for a profile or record type, or org-wide.

    Whatever is empty does not restrict it; `form_factor` is Large (desktop) or Small (phone).
    """

    page: str
    object: str
    app: str = ""
    profile: str = ""
    record_type: str = ""
    form_factor: str = ""


def parse_installed_package(document: Document, full_name: str) -> InstalledPackage:
    """Read an installed package; its full name is its namespace."""
    return InstalledPackage(full_name, text_of(document.root, "versionNumber"))


def parse_activations(document: Document, app: str) -> tuple[PageActivation, ...]:
    """Read the record pages that an app activates (Metadata API Developer Guide, CustomApplication)."""
    overrides = document.select("m:actionOverrides | m:profileActionOverrides")
    return tuple(
        PageActivation(
            page=text_of(override, "content"),
            object=text_of(override, "pageOrSobjectType"),
            app=app,
            profile=text_of(override, "profile"),
            record_type=text_of(override, "recordType"),
            form_factor=text_of(override, "formFactor"),
        )
        for override in overrides
        if text_of(override, "actionName") == "View" and text_of(override, "type").casefold() == "flexipage"
    )
