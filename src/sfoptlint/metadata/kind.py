"""Which metadata type a file is, by its name and folder, and what its full name is.

Folders and suffixes follow the Metadata API Developer Guide's page of each type; the source format appends `-meta.xml` to
the suffix and keeps an object's parts in folders of their own (Salesforce DX Developer Guide, source format).
"""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize
from urllib.parse import unquote


class Kind(StrEnum):
    """The metadata types that are read, in the Metadata API's words."""

    CUSTOM_APPLICATION = "CustomApplication"
    CUSTOM_FIELD = "CustomField"
    CUSTOM_LABELS = "CustomLabels"
    CUSTOM_METADATA = "CustomMetadata"
    CUSTOM_OBJECT = "CustomObject"
    FLEXI_PAGE = "FlexiPage"
    INSTALLED_PACKAGE = "InstalledPackage"
    LAYOUT = "Layout"
    MUTING_PERMISSION_SET = "MutingPermissionSet"
    PERMISSION_SET = "PermissionSet"
    PERMISSION_SET_GROUP = "PermissionSetGroup"
    PROFILE = "Profile"
    RECORD_TYPE = "RecordType"


@dataclass(frozen=True, slots=True)
class _Naming:
    kind: Kind
    folder: str
    """The folder of the type, in lower case; for a part of an object the folder between `objects/<object>` and it."""


_NAMING = {
    "app": _Naming(Kind.CUSTOM_APPLICATION, "applications"),
    "field": _Naming(Kind.CUSTOM_FIELD, "fields"),
    "flexipage": _Naming(Kind.FLEXI_PAGE, "flexipages"),
    "installedpackage": _Naming(Kind.INSTALLED_PACKAGE, "installedpackages"),
    "labels": _Naming(Kind.CUSTOM_LABELS, "labels"),
    "layout": _Naming(Kind.LAYOUT, "layouts"),
    "md": _Naming(Kind.CUSTOM_METADATA, "custommetadata"),
    "mutingpermissionset": _Naming(Kind.MUTING_PERMISSION_SET, "mutingpermissionsets"),
    "object": _Naming(Kind.CUSTOM_OBJECT, "objects"),
    "permissionset": _Naming(Kind.PERMISSION_SET, "permissionsets"),
    "permissionsetgroup": _Naming(Kind.PERMISSION_SET_GROUP, "permissionsetgroups"),
    "profile": _Naming(Kind.PROFILE, "profiles"),
    "recordtype": _Naming(Kind.RECORD_TYPE, "recordtypes"),
}
_PARTS = frozenset({Kind.CUSTOM_FIELD, Kind.RECORD_TYPE})
_AMBIGUOUS = frozenset({"app", "field", "md", "object", "profile"})
"""Suffixes that other programs use too: only in their own folder, or with `-meta.xml`, are they metadata."""
_META = "-meta.xml"
_TOKENS = {
    "%%%NAMESPACED_ORG_OR_C%%%": "c",
    "%%%NAMESPACED_ORG%%%": "",
    "%%%NAMESPACE_OR_C%%%": "c",
    "%%%NAMESPACE_DOT%%%": "",
    "%%%NAMESPACE%%%": "",
    "___NAMESPACED_ORG___": "",
    "___NAMESPACE___": "",
}
"""Placeholders that CumulusCI fills when it deploys; an org without a namespace sees nothing in their place."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A metadata file: its type, percent-decoded full name, path, and the folder that its type's folder stands in."""

    kind: Kind
    full_name: str
    path: str
    root: str
    source_format: bool


def recognise(path: str) -> Artefact | None:
    """Return what a path is, or None where it is no metadata that is read."""
    folder, _, file = path.rpartition("/")
    source_format = file.endswith(_META)
    stem, dot, suffix = file.removesuffix(_META).rpartition(".")
    naming = _NAMING.get(suffix.casefold())
    if naming is None or not dot or not stem:
        return None
    names = folder.split("/") if folder else []
    at = _index_of_folder(names, naming)
    if at is None:
        if suffix.casefold() in _AMBIGUOUS and not source_format:
            return None
        at = len(names)
    full_name = decode_name(stem)
    if naming.kind in _PARTS:
        if at == 0 or at == len(names):
            return None
        full_name = f"{decode_name(names[at - 1])}.{full_name}"
        at = max(at - 2, 0)
    return Artefact(naming.kind, full_name, path, "/".join(names[:at]), source_format)


def decode_name(name: str) -> str:
    """Return a full name as people read it: percent-decoded, without namespace placeholders or outer white space.

    An accented letter is one character, whichever way a file system spells it.
    """
    if "%%%" in name or "___NAMESPACE" in name:
        for token, value in _TOKENS.items():
            name = name.replace(token, value)
    name = unquote(name).strip() if "%" in name else name.strip()
    return name if name.isascii() else normalize("NFC", name)


def _index_of_folder(names: list[str], naming: _Naming) -> int | None:
    """Return where the type's folder stands in the path, the innermost first."""
    for at in range(len(names) - 1, -1, -1):
        if names[at].casefold() == naming.folder:
            return at
    return None
