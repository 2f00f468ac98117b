"""Custom fields, and what a tree adds to standard ones (Metadata API Developer Guide, CustomField)."""

from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.xml import Document, Element, content, is_true, text_of

_VALUES = (
    "m:valueSet/m:valueSetDefinition/m:value/m:fullName"
    " | m:picklist/m:picklistValues/m:fullName"  # the form before API 38
)


def parse_custom_field(document: Document, element: Element, name: str) -> FieldSchema:
    """Read one field, from its own file or from its object's; what the metadata leaves out claims nothing.

    Values that were switched off are kept: a stored record may still hold one.
    """
    restricted = any(is_true(e, "restricted") for e in document.select("m:valueSet", element)) or any(
        is_true(e, "restrictedPicklist") for e in document.select("m:picklist", element)
    )
    return FieldSchema(
        name=name,
        type=FieldType(text_of(element, "type")),
        required=is_true(element, "required"),
        length=_number(element, "length"),
        precision=_number(element, "precision"),
        scale=_number(element, "scale"),
        restricted=restricted,
        values=tuple(decode_name(content(value)) for value in document.select(_VALUES, element)),
        formula=text_of(element, "formula") or None,
        blank_as_zero=text_of(element, "formulaTreatBlanksAs") != "BlankAsBlank",
        unique=is_true(element, "unique"),
        references=tuple(content(target) for target in document.select("m:referenceTo", element)),
        relationship_name=f"{name[:-1]}r" if name.casefold().endswith("__c") else None,
    )


def value_set_name(document: Document, element: Element) -> str:
    """Return the global value set that a picklist takes its values from, empty where it has its own."""
    names = document.select("m:valueSet/m:valueSetName", element)
    return content(names[0]) if names else ""


def _number(element: Element, child: str) -> int | None:
    text = text_of(element, child)
    return int(text) if text.isascii() and text.isdigit() else None
