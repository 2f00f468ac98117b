"""Values that the tree fixes: custom labels, custom metadata records, global value sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from sfoptlint.core.expr import Value
from sfoptlint.metadata.kind import decode_name
from sfoptlint.metadata.xml import Document, Element, content, text_of

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(frozen=True, slots=True)
class MetadataRecord:
    """A custom metadata record: its type without `__mdt`, its developer name, and what its fields hold."""

    type: str
    name: str
    values: Mapping[str, Value]


def parse_labels(document: Document) -> Mapping[str, str]:
    """Read custom labels: name to text in the org's own language (Metadata API Developer Guide, CustomLabels)."""
    labels = document.select("m:labels")
    return MappingProxyType({text_of(label, "fullName"): text_of(label, "value") for label in labels})


def parse_metadata_record(document: Document, full_name: str) -> MetadataRecord:
    """Read a custom metadata record (Metadata API Developer Guide, CustomMetadata); its full name is `Type.Record`."""
    type_name, _, name = full_name.partition(".")
    values = {text_of(e, "field"): _value(e) for e in document.select("m:values")}
    return MetadataRecord(type_name, name, MappingProxyType(values))


def parse_global_value_set(document: Document) -> tuple[str, ...]:
    """Read the values of a global value set, those that were switched off among them."""
    names = document.select("m:customValue/m:fullName | m:globalPicklistValues/m:fullName")
    return tuple(decode_name(content(name)) for name in names)


def _value(element: Element) -> Value:
    """Return a typed value; one that its type does not allow stays text."""
    value = element.find("{*}value")
    if value is None or value.get(f"{_XSI}nil") in ("true", "1"):
        return None
    text = content(value)
    kind = value.get(f"{_XSI}type", "").rpartition(":")[2]
    try:
        match kind:
            case "boolean":
                return text in ("true", "1")
            case "double" | "int" | "decimal":
                return Decimal(text)
            case "date":
                return date.fromisoformat(text)
            case "dateTime":
                return datetime.fromisoformat(text)
    except (InvalidOperation, ValueError):
        pass
    return text or None
