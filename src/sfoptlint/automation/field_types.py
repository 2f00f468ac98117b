"""From the type of a field to the type of its value in an expression."""

from sfoptlint.core.expr import Type
from sfoptlint.core.schema import FieldType

_TYPES = {
    FieldType.CHECKBOX: Type.BOOLEAN,
    FieldType.CURRENCY: Type.NUMBER,
    FieldType.DATE: Type.DATE,
    FieldType.DATE_TIME: Type.DATETIME,
    FieldType.LOCATION: Type.LOCATION,
    FieldType.NUMBER: Type.NUMBER,
    FieldType.PERCENT: Type.NUMBER,
    FieldType.TIME: Type.TIME,
    # A roll-up of dates is a date, and its own metadata does not say what it rolls up.
    FieldType.SUMMARY: Type.UNKNOWN,
    FieldType.ADDRESS: Type.UNKNOWN,
    FieldType.FILE: Type.UNKNOWN,
    FieldType.UNKNOWN: Type.UNKNOWN,
}


def value_type(field_type: FieldType) -> Type:
    """Return the type of the values of a field; whatever is not listed is text (Metadata API Developer Guide, FieldType)."""
    return _TYPES.get(field_type, Type.TEXT)
