"""Objects in the Metadata API's form, with all their parts, and in the source format, where each part is a file."""

from dataclasses import dataclass

from sfoptlint.core.schema import FieldSchema
from sfoptlint.metadata.custom_field import parse_custom_field, value_set_name
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.validation_rule import ValidationRule, parse_validation_rule
from sfoptlint.metadata.xml import Document, is_true, text_of


@dataclass(frozen=True, slots=True)
class ObjectField:
    """A field, and the global value set that its values are in, where they are."""

    schema: FieldSchema
    value_set: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """A record type by its developer name."""

    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class PageOverride:
    """An action of an object that a Lightning page answers; `form_factor` is Large, Small or empty for both."""

    action: str
    page: str
    form_factor: str


@dataclass(frozen=True, slots=True)
class ObjectFile:
    """What one file says of an object; several files make one object."""

    name: str
    custom_setting: bool
    fields: tuple[ObjectField, ...]
    record_types: tuple[RecordType, ...]
    validation_rules: tuple[ValidationRule, ...]
    page_overrides: tuple[PageOverride, ...]


def parse_custom_object(document: Document, name: str, path: str) -> ObjectFile:
    """Read an object's own file with the parts that stand in it."""
    fields = [(decode_name(text_of(e, "fullName")), e) for e in document.select("m:fields")]
    rules = [(decode_name(text_of(e, "fullName")), e) for e in document.select("m:validationRules")]
    return ObjectFile(
        name=name,
        custom_setting=bool(text_of(document.root, "customSettingsType")),
        fields=tuple(
            ObjectField(parse_custom_field(document, e, field), value_set_name(document, e)) for field, e in fields
        ),
        record_types=tuple(
            RecordType(decode_name(text_of(e, "fullName")), is_true(e, "active"))
            for e in document.select("m:recordTypes")
        ),
        validation_rules=tuple(parse_validation_rule(document, e, name, rule, path) for rule, e in rules),
        page_overrides=tuple(
            PageOverride(text_of(e, "actionName"), text_of(e, "content"), text_of(e, "formFactor"))
            for e in document.select("m:actionOverrides[normalize-space(m:type)='Flexipage']")
        ),
    )


def parse_field_file(document: Document, full_name: str) -> ObjectField:
    """Read a field's own file; `full_name` is `Object.Field__c`."""
    name = full_name.partition(".")[2]
    return ObjectField(parse_custom_field(document, document.root, name), value_set_name(document, document.root))


def parse_record_type_file(document: Document, full_name: str) -> RecordType:
    """Read a record type's own file; `full_name` is `Object.Type`."""
    return RecordType(full_name.partition(".")[2], is_true(document.root, "active"))


def parse_validation_rule_file(document: Document, full_name: str, path: str) -> ValidationRule:
    """Read a validation rule's own file; `full_name` is `Object.Rule`."""
    object_name, _, name = full_name.partition(".")
    return parse_validation_rule(document, document.root, object_name, name, path)
