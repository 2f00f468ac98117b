"""What a value of a record usually looks like: a witness should be a record that an admin could have."""

from datetime import datetime, time
from decimal import Decimal
from typing import Final

from sfoptlint.core.expr import Field, Free, Geolocation, Global, Type, Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.decide.program import Leaf

_BY_NAME: Final = {
    "lastname": "Rivera",
    "firstname": "Alex",
    "name": "Alex Rivera",
    "company": "Northwind Traders",
    "salutation": "Ms.",
    "title": "Manager",
    "city": "Springfield",
    "street": "1 Main Street",
    "postalcode": "12345",
    "country": "United States",
    "state": "Oregon",
    "status": "Open",
    "website": "https://example.com",
    "language": "en_US",
}
_OF_USER: Final = {
    "$profile.name": "Standard User",
    "$userrole.name": "Sales",
    "$userrole.developername": "Sales",
    "$user.username": "alex@example.com",
    "$user.usertype": "Standard",
}
_BY_TYPE: Final = {
    FieldType.EMAIL: "alex@example.com",
    FieldType.PHONE: "+1 555 0100",
    FieldType.URL: "https://example.com",
}
_KEY_PREFIXES: Final = {
    "Account": "001",
    "Contact": "003",
    "Lead": "00Q",
    "User": "005",
    "RecordType": "012",
    "Profile": "00e",
    "UserRole": "00E",
}
"""The first three characters of an id by object (Salesforce Help, "Standard Field Record ID Prefix Decoder")."""
_REFERENCES: Final = frozenset({FieldType.LOOKUP, FieldType.MASTER_DETAIL, FieldType.HIERARCHY, FieldType.ID})


def plain(leaf: Leaf | None, type_: Type, known: FieldSchema | None, now: datetime) -> Value:
    """Return an unremarkable value that is not blank."""
    match type_:
        case Type.TEXT | Type.UNKNOWN:
            return _text(leaf, known)
        case Type.NUMBER:
            return Decimal(1)
        case Type.DATE:
            return now.date()
        case Type.DATETIME:
            return now
        case Type.TIME:
            return time(9)
        case Type.LOCATION:
            return Geolocation(Decimal(0), Decimal(0))
        case Type.BOOLEAN:
            return False


def _text(leaf: Leaf | None, known: FieldSchema | None) -> str:
    if known is not None and known.values:
        return known.values[0]
    if isinstance(leaf, Global) and leaf.name.casefold() in _OF_USER:
        return _OF_USER[leaf.name.casefold()]
    if known is not None and known.type in _BY_TYPE:
        return _BY_TYPE[known.type]
    name = _last_name(leaf).casefold()
    if name == "id" or _last_name(leaf).endswith("Id") or (known is not None and known.type in _REFERENCES):
        return identifier(leaf, known)
    if "email" in name:
        return _BY_TYPE[FieldType.EMAIL]
    if "phone" in name or "fax" in name or "mobile" in name:
        return _BY_TYPE[FieldType.PHONE]
    for word, value in _BY_NAME.items():
        if name == word or name.endswith(word):
            return value
    return "Sample"


def _last_name(leaf: Leaf | None) -> str:
    match leaf:
        case Field(path=path):
            return path[-1].removesuffix("__c").removesuffix("__pc")
        case Global(name=name):
            return name.rpartition(".")[2]
        case Free(name=name):
            return name
        case None:
            return ""


def identifier(leaf: Leaf | None, known: FieldSchema | None) -> str:
    """Return an id as the platform makes them: 18 characters that begin with the object's prefix."""
    objects = (
        known.references
        if known is not None and known.references
        else (_last_name(leaf).removesuffix("Id").removeprefix("Person"),)
    )
    prefix = next((_KEY_PREFIXES[name] for name in objects if name in _KEY_PREFIXES), None)
    if prefix is None:
        prefix = _KEY_PREFIXES["User"] if isinstance(leaf, Global) or "By" in _last_name(leaf) else "a01"
    return f"{prefix}000000000001AAA"
