"""The platform's own checks of values, before any automation and again after the triggers.

A save through the API checks the fields of the request: that they exist and can be written, their types, formats and lengths,
restricted picklists and ids (Apex Developer Guide, Triggers and Order of Execution, step 2). Step 5 checks again, with required
fields. Codes and texts: SOAP API Developer Guide, Core Data Types, StatusCode; the messages name fields by API name, where the
platform uses labels.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal

from sfoptlint.core.expr import Geolocation, Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.core.witness import Values
from sfoptlint.model.objects import ObjectModel
from sfoptlint.simulate.fields import Fields
from sfoptlint.simulate.result import Rejection

_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
_ID = re.compile(r"[A-Za-z0-9]{15}([A-Za-z0-9]{3})?")
_REFERENCES = frozenset({FieldType.LOOKUP, FieldType.MASTER_DETAIL, FieldType.HIERARCHY})
_NUMBERS = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT})
_PYTHON: dict[FieldType, tuple[type, ...]] = {
    FieldType.CHECKBOX: (bool,),
    **dict.fromkeys(_NUMBERS, (Decimal,)),
    FieldType.DATE: (date,),
    FieldType.DATE_TIME: (datetime, date),
    FieldType.TIME: (time,),
    FieldType.LOCATION: (Geolocation,),
}
_UNTYPED = frozenset({FieldType.UNKNOWN, FieldType.SUMMARY, FieldType.ADDRESS, FieldType.FILE})


def converted_lead(stored: Fields) -> Rejection | None:
    """Return the error of a save of a converted lead (Salesforce Help, Considerations for Converting Leads)."""
    if stored.get("IsConverted") is not True:
        return None
    return Rejection("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")


def request_errors(asked: Values, model: ObjectModel) -> Iterator[Rejection]:
    """Yield what is wrong with the fields that a request sets: fields that are not there or cannot be written, bad values."""
    for name, value in asked.items():
        known = model.field(name)
        if known is None and not _custom(name):
            yield Rejection("INVALID_FIELD", f"No such column '{name}' on sobject of type {model.name}", (name,))
        elif known is not None and _read_only(known):
            text = f"Unable to create/update fields: {known.name}. Please check the security settings of this field and verify"
            yield Rejection(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                f"{text} that it is read/write for your profile or permission set.",
                (known.name,),
            )
        elif known is not None:
            yield from value_errors(known, value)


def assumed_fields(asked: Values, model: ObjectModel) -> Iterator[str]:
    """Name the fields of a request that the tree does not know and an org may have."""
    for name in asked:
        if model.field(name) is None and _custom(name):
            yield f"{name} is not in the tree: taken to be a field of {model.name} that takes the value"


def stored_errors(changed: Iterable[str], current: Fields, model: ObjectModel) -> Iterator[Rejection]:
    """Yield what is wrong with fields that automations changed, and the required ones that are blank."""
    missing: list[str] = []
    for name in changed:
        known = model.field(name)
        if known is None:
            continue
        if known.required and current.get(name) in (None, "") and known.type is not FieldType.CHECKBOX:
            missing.append(known.name)
        elif known.formula is None:
            yield from value_errors(known, current.get(name))
    if missing:
        yield Rejection(
            "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(missing)}]", tuple(missing)
        )


def value_errors(field: FieldSchema, value: Value) -> Iterator[Rejection]:
    """Yield what keeps a field from storing a value."""
    if value is None or value == "" or field.type in _UNTYPED:
        return
    if not isinstance(value, _PYTHON.get(field.type, (str,))) or (
        isinstance(value, datetime) and field.type is FieldType.DATE
    ):
        text = f"{field.name}: value not of required type: {value}"
        yield Rejection("INVALID_TYPE_ON_FIELD_IN_RECORD", text, (field.name,))
    elif isinstance(value, Decimal):
        yield from _number_errors(field, value)
    elif isinstance(value, str):
        yield from _text_errors(field, value)


def _number_errors(field: FieldSchema, value: Decimal) -> Iterator[Rejection]:
    if field.precision is not None and abs(value) >= Decimal(10) ** (field.precision - (field.scale or 0)):
        text = f"{field.name}: value outside of valid range on numeric field: {value}"
        yield Rejection("NUMBER_OUTSIDE_VALID_RANGE", text, (field.name,))


def _text_errors(field: FieldSchema, value: str) -> Iterator[Rejection]:
    if field.restricted and field.values and not _listed(field, value):
        text = f"{field.name}: bad value for restricted picklist field: {value}"
        yield Rejection("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", text, (field.name,))
    elif field.type is FieldType.EMAIL and not _EMAIL.fullmatch(value):
        text = f"{field.name}: invalid email address: {value}"
        yield Rejection("INVALID_EMAIL_ADDRESS", text, (field.name,))
    elif field.type in _REFERENCES and not _ID.fullmatch(value):
        text = f"{field.name}: id value of incorrect type: {value}"
        yield Rejection("MALFORMED_ID", text, (field.name,))
    elif field.length is not None and len(value) > field.length and field.type not in _REFERENCES:
        text = f"{field.name}: data value too large: {value} (max length={field.length})"
        yield Rejection("STRING_TOO_LONG", text, (field.name,))


def _listed(field: FieldSchema, value: str) -> bool:
    chosen = value.split(";") if field.type is FieldType.MULTISELECT_PICKLIST else [value]
    listed = {listed.casefold() for listed in field.values}
    return all(one.casefold() in listed for one in chosen if one)


def _read_only(field: FieldSchema) -> bool:
    calculated = field.formula is not None or field.type in (FieldType.SUMMARY, FieldType.AUTO_NUMBER)
    return calculated or field.updateable is False


def _custom(name: str) -> bool:
    return name.casefold().endswith(("__c", "__pc"))
