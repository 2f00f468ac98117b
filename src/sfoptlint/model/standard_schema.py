"""The schema of the objects that no metadata tree describes: standard objects, and those of the package wbsendit.

One tab-separated file per object stands in `standard/objects`; its first lines name the document that it states. A file
is read when its object is first asked for. The columns are name, type, size (a length, or `precision,scale`), flags,
references, relationship and values; empty cells are unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sfoptlint.core.schema import FieldSchema, FieldType

_DATA = Path(__file__).with_name("standard")
_COLUMNS = 7
_RELATIONSHIP = 5
_PERSON_NAME_PARTS = frozenset({"lastname", "firstname", "salutation", "middlename", "suffix"})


@dataclass(frozen=True, slots=True)
class StandardObject:
    """A standard object's fields; names are looked up as the platform does, regardless of case.

    It keeps the rows of its file and reads one when its field is asked for: most runs ask for a handful.
    """

    name: str
    source: str
    _rows: Mapping[str, str]
    _relationships: Mapping[str, str]

    @property
    def fields(self) -> tuple[FieldSchema, ...]:
        """All fields, in the order of the file."""
        return tuple(_field(row) for row in self._rows.values())

    def field(self, name: str) -> FieldSchema | None:
        """The field of this API name, or None where it is not known."""
        row = self._rows.get(name.lower())
        return None if row is None else _field(row)

    def relationship(self, name: str) -> FieldSchema | None:
        """The look-up that this relationship follows (`Account`, `Owner`); its `references` are where it can lead."""
        row = self._relationships.get(name.lower())
        return None if row is None else _field(row)


def standard_object(name: str) -> StandardObject | None:
    """The object of this API name, or None where none is shipped."""
    path = _object_files().get(name.lower())
    return None if path is None else _read(path)


def standard_object_names() -> tuple[str, ...]:
    """The API names of all objects that are shipped, sorted."""
    return tuple(sorted(path.stem for path in _object_files().values()))


@cache
def standard_profiles() -> Mapping[str, str]:
    """Full name to label of the profiles that the platform brings.

    The Metadata API names a profile's file by the full name (`Admin`), `$Profile.Name` gives the label
    (`System Administrator`): Tooling API Reference, Profile.
    """
    _, rows = _lines(_DATA / "profiles.tsv")
    return MappingProxyType(dict(row.split("\t") for row in rows))


def profile_label(full_name: str) -> str:
    """The label of the profile with this full name; a custom profile's label is its full name."""
    return standard_profiles().get(full_name, full_name)


def account_field_of(contact_field: FieldSchema) -> FieldSchema | None:
    """How a field of Contact shows on a person account, or None where it does not.

    `HasOptedOutOfEmail` is `PersonHasOptedOutOfEmail`, `LastName` keeps its name and `Region__c` is `Region__pc`,
    followed as `Region__pr` (Object Reference, Account, person account fields). Account's own `Phone` and `Description`
    serve the person too: for these the answer is None.
    """
    name = contact_field.name
    if name.lower().endswith("__c"):
        relationship = contact_field.relationship_name
        return replace(
            contact_field,
            name=f"{name[:-1]}pc",
            relationship_name=relationship and f"{relationship.removesuffix('r')}pr",
            person_account=True,
        )
    account = standard_object("Account")
    own = name if name.lower() in _PERSON_NAME_PARTS else f"Person{name}"
    return account.field(own) if account else None


def contact_field_name(account_field: str) -> str | None:
    """The field of Contact behind a person account's field; None for a field of the account itself.

    Access is kept there: field permissions name `Contact.HasOptedOutOfEmail`, never the person account's field.
    """
    folded = account_field.lower()
    if folded.endswith("__pc"):
        return f"{account_field[:-2]}c"
    if folded in _PERSON_NAME_PARTS:
        return account_field
    account = standard_object("Account")
    known = account.field(account_field) if account else None
    # PersonContactId is the way to the contact, not a copy of one of its fields.
    if known is None or not known.person_account or folded == "personcontactid":
        return None
    return known.name.removeprefix("Person")


@cache
def _object_files() -> Mapping[str, Path]:
    paths = (_DATA / "objects").iterdir()
    return MappingProxyType({path.stem.lower(): path for path in paths if path.suffix == ".tsv"})


def _lines(path: Path) -> tuple[list[str], list[str]]:
    """What stands in the comments at the top of a file, and its rows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line.startswith("#")], [line for line in lines if not line.startswith("#")]


@cache
def _read(path: Path) -> StandardObject:
    comments, rows = _lines(path)
    return StandardObject(
        name=path.stem,
        source="\n".join(comments[:-1]),  # the last one names the columns
        _rows=MappingProxyType({row.partition("\t")[0].lower(): row for row in rows}),
        _relationships=MappingProxyType({name.lower(): row for row in rows if (name := _cells(row)[_RELATIONSHIP])}),
    )


def _cells(row: str) -> list[str]:
    cells = row.split("\t")
    return cells + [""] * (_COLUMNS - len(cells))


@cache
def _field(row: str) -> FieldSchema:
    name, word, size, flags, references, relationship, values = _cells(row)
    length, comma, scale = size.partition(",")
    whole = int(length) if length else None
    return FieldSchema(
        name=name,
        type=FieldType(word),
        required="required" in flags,
        length=None if comma else whole,
        precision=whole if comma else None,
        scale=int(scale) if comma else None,
        restricted="restricted" in flags,
        values=tuple(values.split("|")) if values else (),
        unique="unique" in flags,
        references=tuple(references.split(",")) if references else (),
        relationship_name=relationship or None,
        updateable=True if "updateable" in flags else False if "readonly" in flags else None,
        person_account="person" in flags,
    )
