"""Which metadata type a file is, by its name and folder, and what its full name is.

Folders and suffixes follow the Metadata API Developer Guide's page of each type; the source format appends `-meta.xml` to
the suffix and keeps an object's parts in folders of their own (Salesforce DX Developer Guide, source format).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The metadata types that are read, in the Metadata API's words."""

    APPROVAL_PROCESS = "ApprovalProcess"
    APEX_CLASS = "ApexClass"
    APEX_TRIGGER = "ApexTrigger"
    CUSTOM_APPLICATION = "CustomApplication"
    CUSTOM_FIELD = "CustomField"
    CUSTOM_LABELS = "CustomLabels"
    CUSTOM_METADATA = "CustomMetadata"
    CUSTOM_OBJECT = "CustomObject"
    DUPLICATE_RULE = "DuplicateRule"
    FLEXI_PAGE = "FlexiPage"
    FLOW = "Flow"
    FLOW_DEFINITION = "FlowDefinition"
    GLOBAL_VALUE_SET = "GlobalValueSet"
    INSTALLED_PACKAGE = "InstalledPackage"
    LAYOUT = "Layout"
    MATCHING_RULES = "MatchingRules"
    MUTING_PERMISSION_SET = "MutingPermissionSet"
    PERMISSION_SET = "PermissionSet"
    PERMISSION_SET_GROUP = "PermissionSetGroup"
    PROFILE = "Profile"
    RECORD_TYPE = "RecordType"
    VALIDATION_RULE = "ValidationRule"
    WORKFLOW = "Workflow"


@dataclass(frozen=True, slots=True)
class _Naming:
    kind: Kind
    folder: str
    """The folder of the type, in lower case; for a part of an object the folder between `objects/<object>` and it."""


_NAMING = {
    "approvalProcess": _Naming(Kind.APPROVAL_PROCESS, "approvalprocesses"),
    "cls": _Naming(Kind.APEX_CLASS, "classes"),
    "app": _Naming(Kind.CUSTOM_APPLICATION, "applications"),
    "duplicateRule": _Naming(Kind.DUPLICATE_RULE, "duplicaterules"),
    "field": _Naming(Kind.CUSTOM_FIELD, "fields"),
    "flexipage": _Naming(Kind.FLEXI_PAGE, "flexipages"),
    "flow": _Naming(Kind.FLOW, "flows"),
    "flowDefinition": _Naming(Kind.FLOW_DEFINITION, "flowdefinitions"),
    "globalValueSet": _Naming(Kind.GLOBAL_VALUE_SET, "globalvaluesets"),
    "installedPackage": _Naming(Kind.INSTALLED_PACKAGE, "installedpackages"),
    "labels": _Naming(Kind.CUSTOM_LABELS, "labels"),
    "layout": _Naming(Kind.LAYOUT, "layouts"),
    "matchingRule": _Naming(Kind.MATCHING_RULES, "matchingrules"),
    "md": _Naming(Kind.CUSTOM_METADATA, "custommetadata"),
    "mutingpermissionset": _Naming(Kind.MUTING_PERMISSION_SET, "mutingpermissionsets"),
    "object": _Naming(Kind.CUSTOM_OBJECT, "objects"),
    "permissionset": _Naming(Kind.PERMISSION_SET, "permissionsets"),
    "permissionsetgroup": _Naming(Kind.PERMISSION_SET_GROUP, "permissionsetgroups"),
    "profile": _Naming(Kind.PROFILE, "profiles"),
    "recordType": _Naming(Kind.RECORD_TYPE, "recordtypes"),
    "trigger": _Naming(Kind.APEX_TRIGGER, "triggers"),
    "validationRule": _Naming(Kind.VALIDATION_RULE, "validationrules"),
    "workflow": _Naming(Kind.WORKFLOW, "workflows"),
}
"""By the suffix, spelt as Salesforce's tools spell it."""
_FOLDED = {suffix.casefold(): naming for suffix, naming in _NAMING.items()}
"""By the suffix in lower case, for a file that went through a system without regard to case."""
SOURCE_FORMAT_ENDING = "-meta.xml"
_PARTS = frozenset({Kind.CUSTOM_FIELD, Kind.RECORD_TYPE, Kind.VALIDATION_RULE})
_AMBIGUOUS = frozenset({"app", "field", "flow", "md", "object", "profile"})
"""Suffixes that other programs use too: only in their own folder, or with `-meta.xml`, are they metadata."""
CODE = frozenset({Kind.APEX_CLASS, Kind.APEX_TRIGGER})
"""What is no XML: its settings stand in a file beside it, whose name has `-meta.xml` behind the file's own."""
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
    source_format = path.endswith(SOURCE_FORMAT_ENDING)
    stem, _, suffix = (path[: -len(SOURCE_FORMAT_ENDING)] if source_format else path).rpartition(".")
    naming = _NAMING.get(suffix)
    if naming is None:
        suffix = suffix.casefold()
        naming = _FOLDED.get(suffix)
    if naming is None:
        return None
    if source_format and naming.kind in CODE:
        return None
    *names, stem = stem.split("/")
    at = _index_of_folder(names, naming)
    if not stem or _is_part_of_a_bundle(names) or (at is None and not source_format and suffix in _AMBIGUOUS):
        return None
    at = len(names) if at is None else at
    full_name = decode_name(stem)
    if naming.kind in _PARTS:
        if at in (0, len(names)):
            return None
        full_name = f"{decode_name(names[at - 1])}.{full_name}"
        at = max(at - 2, 0)
    return Artefact(naming.kind, full_name, path, "/".join(names[:at]), source_format)


def endings(kind: Kind) -> tuple[str, ...]:
    """Return how the names of this type's files end as Salesforce's tools spell them, in both formats."""
    suffix = next(suffix for suffix, naming in _NAMING.items() if naming.kind is kind)
    return (f".{suffix}",) if kind in CODE else (f".{suffix}", f".{suffix}{SOURCE_FORMAT_ENDING}")


def decode_name(name: str) -> str:
    """Return a full name as people read it: percent-decoded, without namespace placeholders or outer white space.

    An accented letter is one character, whichever way a file system spells it.
    """
    if "%%%" in name or "___NAMESPACE" in name:
        for token, value in _TOKENS.items():
            name = name.replace(token, value)
    if "%" in name:
        from urllib.parse import unquote  # noqa: PLC0415 - few names need it, and it is felt at start-up

        name = unquote(name)
    name = name.strip()
    if name.isascii():
        return name
    from unicodedata import normalize  # noqa: PLC0415 - few names need it, and it is felt at start-up

    return normalize("NFC", name)


def _is_part_of_a_bundle(names: list[str]) -> bool:
    """Whether a file in these folders belongs to an Aura bundle (`aura/X/X.app-meta.xml`) or to a static resource."""
    folded = [name.casefold() for name in names]
    return folded[-2:-1] == ["aura"] or "staticresources" in folded


def _index_of_folder(names: list[str], naming: _Naming) -> int | None:
    """Return where the type's folder stands in the path, the innermost first."""
    for at in range(len(names) - 1, -1, -1):
        if names[at].casefold() == naming.folder:
            return at
    return None
