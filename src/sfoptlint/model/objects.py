"""The schema of the org: what the tree says of an object, over what every org has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.metadata.custom_object import (
    ObjectField,
    ObjectFile,
    PageOverride,
    RecordType,
    parse_custom_object,
    parse_field_file,
    parse_record_type_file,
    parse_validation_rule_file,
)
from sfoptlint.metadata.kind import Artefact, Kind
from sfoptlint.metadata.org_values import MetadataRecord, parse_global_value_set, parse_labels, parse_metadata_record
from sfoptlint.metadata.validation_rule import ValidationRule
from sfoptlint.model.project import Project
from sfoptlint.model.standard_schema import StandardObject, account_field_of, standard_object


class ObjectModel:
    """One object. A field in a file of its own is read when it is first asked for: an object has hundreds."""

    def __init__(
        self,
        name: str,
        files: tuple[ObjectFile, ...],
        fields: "FieldFiles",
        standard: StandardObject | None,
        own_field_names: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.own_field_names = own_field_names
        """The fields that the tree has something to say of."""
        self._files = files
        self._fields = fields
        self._standard = standard

    @property
    def record_types(self) -> tuple[RecordType, ...]:
        """The record types that stand in the object's own file."""
        return tuple(record_type for file in self._files for record_type in file.record_types)

    @property
    def page_overrides(self) -> tuple[PageOverride, ...]:
        """The Lightning pages that answer the object's actions."""
        return tuple(override for file in self._files for override in file.page_overrides)

    def field(self, name: str) -> FieldSchema | None:
        """Return a field by its API name, whatever the case; None where nothing is known of it."""
        own = self._fields(name)
        standard = self._standard.field(name) if self._standard else None
        if own is None or standard is None:
            return own or standard
        return _merged(standard, own)

    def relationship(self, name: str) -> FieldSchema | None:
        """Return the look-up that a relationship follows, by its name in a path (`Account`, `Region__r`)."""
        if name.casefold().endswith(("__r", "__pr")):
            field = self.field(f"{name[:-1]}c")
            if field is not None and field.references:
                return field
        return self._standard.relationship(name) if self._standard else None


FieldFiles = Callable[[str], FieldSchema | None]
"""What the tree says of a field, by its name."""


class Objects:
    """Every object of one tree, read when it is first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._models: dict[str, ObjectModel] = {}
        self._by_object: dict[Kind, dict[str, list[Artefact]]] = {}

    def get(self, name: str) -> ObjectModel:
        """Return an object by its API name, whatever the case; one that nobody knows has no field."""
        key = name.casefold()
        if key not in self._models:
            self._models[key] = self._read(name)
        return self._models[key]

    def validation_rules(self, name: str) -> tuple[ValidationRule, ...]:
        """Return the validation rules of an object that are in focus, in the order of their files."""
        files = self._project.components(
            self._of(Kind.CUSTOM_OBJECT, name, everywhere=False),
            lambda d, a: parse_custom_object(d, a.full_name, a.path),
        )
        own = self._project.components(
            self._of(Kind.VALIDATION_RULE, name, everywhere=False),
            lambda d, a: parse_validation_rule_file(d, a.full_name, a.path),
        )
        return (*(rule for file in files for rule in file.validation_rules), *own)

    @cached_property
    def custom_names(self) -> tuple[str, ...]:
        """The names of the objects that have a file or a field of their own in the tree."""
        whole = [a.full_name for a in self._artefacts(Kind.CUSTOM_OBJECT)]
        parts = [a.full_name.partition(".")[0] for a in self._artefacts(Kind.CUSTOM_FIELD)]
        return tuple({name.casefold(): name for name in (*parts, *whole)}.values())

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The custom labels of the tree, by name in lower case."""
        files = self._project.components(
            self._project.artefacts(Kind.CUSTOM_LABELS, everywhere=True), lambda d, _: parse_labels(d)
        )
        return MappingProxyType({name.casefold(): text for labels in files for name, text in labels.items()})

    def metadata_record(self, type_name: str, name: str) -> MetadataRecord | None:
        """Return a custom metadata record by its type (without `__mdt`) and developer name, whatever the case."""
        wanted = f"{type_name}.{name}".casefold()
        found = self._project.components(
            [a for a in self._artefacts(Kind.CUSTOM_METADATA) if a.full_name.casefold() == wanted],
            lambda d, a: parse_metadata_record(d, a.full_name),
        )
        return found[0] if found else None

    def _read(self, name: str) -> ObjectModel:
        files = self._project.components(
            self._of(Kind.CUSTOM_OBJECT, name), lambda d, a: parse_custom_object(d, a.full_name, a.path)
        )
        inside = {f.schema.name.casefold(): self._with_values(f) for file in files for f in file.fields}
        beside = {_part_of(a).casefold(): a for a in self._of(Kind.CUSTOM_FIELD, name)}
        if self._project.focus is None:  # a whole tree is read whole: whatever in it is broken shall be told
            self._fields_of(beside.values())
            self._record_types_of(name)

        def own(field: str) -> FieldSchema | None:
            key = field.casefold()
            if key not in inside and key in beside:
                read = self._fields_of([beside[key]])
                if read:
                    inside[key] = self._with_values(read[0])
            if key not in inside and key.endswith("__pc") and name.casefold() == "account":
                return self._of_contact(field)
            return inside.get(key)

        names = (*(f.schema.name for file in files for f in file.fields), *map(_part_of, beside.values()))
        return ObjectModel(name, files, own, standard_object(name), names)

    def _fields_of(self, artefacts: Iterable[Artefact]) -> tuple[ObjectField, ...]:
        return self._project.components(artefacts, lambda d, a: parse_field_file(d, a.full_name))

    def _record_types_of(self, name: str) -> tuple[RecordType, ...]:
        return self._project.components(
            self._of(Kind.RECORD_TYPE, name), lambda d, a: parse_record_type_file(d, a.full_name)
        )

    def _of_contact(self, name: str) -> FieldSchema | None:
        """A person account shows the custom fields of its contact as its own."""
        field = self.get("Contact").field(f"{name[:-2]}c")
        return account_field_of(field) if field else None

    def _with_values(self, field: ObjectField) -> FieldSchema:
        if not field.value_set:
            return field.schema
        named = [a for a in self._artefacts(Kind.GLOBAL_VALUE_SET) if a.full_name == field.value_set]
        values = self._project.components(named, lambda d, _: parse_global_value_set(d))
        return replace(field.schema, values=values[0] if values else ())

    def _of(self, kind: Kind, name: str, *, everywhere: bool = True) -> list[Artefact]:
        """Return the files of one type that belong to an object."""
        if not everywhere and self._project.focus is not None:
            return [a for a in self._project.artefacts(kind) if _object_of(a) == name.casefold()]
        if self._project.focus is not None and kind is not Kind.CUSTOM_OBJECT:
            return self._project.parts(kind, name.casefold())
        if kind not in self._by_object:
            grouped: dict[str, list[Artefact]] = {}
            for artefact in self._artefacts(kind):
                grouped.setdefault(_object_of(artefact), []).append(artefact)
            self._by_object[kind] = grouped
        return self._by_object[kind].get(name.casefold(), [])

    def _artefacts(self, kind: Kind) -> list[Artefact]:
        return self._project.artefacts(kind, everywhere=True)


def _object_of(artefact: Artefact) -> str:
    return artefact.full_name.partition(".")[0].casefold()


def _part_of(artefact: Artefact) -> str:
    return artefact.full_name.partition(".")[2]


def _merged(standard: FieldSchema, own: FieldSchema) -> FieldSchema:
    """A tree repeats of a standard field only what an admin can change; the rest is as in every org."""
    return replace(
        standard,
        type=standard.type if own.type is FieldType.UNKNOWN else own.type,
        required=standard.required or own.required,
        restricted=standard.restricted or own.restricted,
        values=own.values or standard.values,
        unique=standard.unique or own.unique,
    )
