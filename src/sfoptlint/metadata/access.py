"""What profiles, permission sets and muting permission sets say of access.

All three share one shape (Metadata API Developer Guide, Profile, PermissionSet, MutingPermissionSet). Only the opt-out
fields and their objects are kept: a profile lists thousands of others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sfoptlint.core.location import Position
from sfoptlint.core.opt_out import SECURED_FIELD
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.skim import skim
from sfoptlint.metadata.xml import Document, Element, content, is_true, local_name, text_of

_FIELDS = frozenset(SECURED_FIELD.values())
_PAGE_OBJECTS = ("Contact", "Lead", "PersonAccount")
_FIELD_ELEMENTS = ("fieldPermissions", "fieldLevelSecurities")
"""Before API 23 a profile listed `fieldLevelSecurities` where it lists `fieldPermissions` today."""
_FIELD_PATH = "*/m:field[contains(., 'HasOptedOutOfEmail')]/.."
_OBJECT_PATH = "m:objectPermissions[{}]".format(
    " or ".join(f"normalize-space(m:object)='{name}'" for name in OptOutObject)
)
_USER_PATH = "m:userPermissions[normalize-space(m:name)='ModifyAllData']"
_CUSTOM_PATH = "m:customPermissions[normalize-space(m:enabled)='true']/m:name"
_LAYOUT_PATH = "m:layoutAssignments[{}]/m:layout".format(
    " or ".join(f"starts-with(normalize-space(m:layout),'{name}-')" for name in _PAGE_OBJECTS)
)

_WANTED = {
    **dict.fromkeys(_FIELD_ELEMENTS, ("HasOptedOutOfEmail",)),
    "objectPermissions": tuple(OptOutObject),
    "userPermissions": ("ModifyAllData",),
    "customPermissions": ("true",),
    "layoutAssignments": tuple(f"{name}-" for name in _PAGE_OBJECTS),
    "hasActivationRequired": (">",),
}
"""What the paths above can find, by the element below the root that it stands in: of tens of thousands a few."""


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """Field-level security as one file states it."""

    readable: bool
    editable: bool
    at: Position


@dataclass(frozen=True, slots=True)
class ObjectEntry:
    """Object permissions as one file states them."""

    read: bool
    edit: bool
    modify_all: bool
    at: Position


@dataclass(frozen=True, slots=True)
class Permissions:
    """What one file states; a field or object that is not a key is not mentioned there.

    `modify_all_data` is None where the file does not mention the permission.
    """

    full_name: str
    path: str
    at: Position
    fields: Mapping[str, FieldEntry]
    objects: Mapping[str, ObjectEntry]
    modify_all_data: bool | None
    custom_permissions: frozenset[str]
    mentions_package: bool
    needs_activation: bool = False
    decomposed: bool = False
    """Stands in a folder of its own name, where fields and objects have files of their own that are not read.

    Salesforce CLI, source behaviors `decomposePermissionSetBeta` and `decomposePermissionSetBeta2`.
    """
    layouts: tuple[str, ...] = ()
    """The full names of the layouts of persons that a profile assigns."""


@dataclass(frozen=True, slots=True)
class PermissionSetGroup:
    """A group of permission sets, with the muting sets that take permissions away inside it."""

    full_name: str
    path: str
    at: Position
    permission_sets: tuple[str, ...]
    muting_permission_sets: tuple[str, ...]


def open_permissions(data: bytes, expected_root: str) -> Document:
    """Return the entries of a profile, permission set or muting permission set that `parse_permissions` reads."""
    return skim(data, expected_root, _WANTED)


def parse_permissions(document: Document, full_name: str, path: str, *, mentions_package: bool) -> Permissions:
    """Read a profile, permission set or muting permission set."""
    root = document.root
    data = document.select(_USER_PATH)
    return Permissions(
        full_name=full_name,
        path=path,
        at=document.position(root),
        fields=MappingProxyType(dict(_fields(document))),
        objects=MappingProxyType({text_of(e, "object"): _object(document, e) for e in document.select(_OBJECT_PATH)}),
        modify_all_data=is_true(data[-1], "enabled") if data else None,
        custom_permissions=frozenset(content(e) for e in document.select(_CUSTOM_PATH)),
        mentions_package=mentions_package,
        needs_activation=is_true(root, "hasActivationRequired"),
        decomposed=_folder_name(path).casefold() == full_name.casefold(),
        layouts=tuple(decode_name(content(e)) for e in document.select(_LAYOUT_PATH)),
    )


def parse_permission_set_group(document: Document, full_name: str, path: str) -> PermissionSetGroup:
    """Read a permission set group."""
    return PermissionSetGroup(
        full_name=full_name,
        path=path,
        at=document.position(document.root),
        permission_sets=tuple(decode_name(content(e)) for e in document.select("m:permissionSets")),
        muting_permission_sets=tuple(decode_name(content(e)) for e in document.select("m:mutingPermissionSets")),
    )


def _folder_name(path: str) -> str:
    return decode_name(path.rpartition("/")[0].rpartition("/")[2])


def _fields(document: Document) -> Iterator[tuple[str, FieldEntry]]:
    for entry in document.select(_FIELD_PATH):
        name = text_of(entry, "field")
        if name in _FIELDS and local_name(entry) in _FIELD_ELEMENTS:
            yield name, _field(document, entry)


def _field(document: Document, entry: Element) -> FieldEntry:
    editable = is_true(entry, "editable")
    legacy = entry.find("{*}hidden") is not None
    readable = not is_true(entry, "hidden") if legacy else is_true(entry, "readable") or editable
    return FieldEntry(readable=readable, editable=editable and readable, at=document.position(entry))


def _object(document: Document, entry: Element) -> ObjectEntry:
    return ObjectEntry(
        read=is_true(entry, "allowRead"),
        edit=is_true(entry, "allowEdit"),
        modify_all=is_true(entry, "modifyAllRecords"),
        at=document.position(entry),
    )
