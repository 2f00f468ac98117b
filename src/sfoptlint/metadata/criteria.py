"""Criteria items: what workflow rules, approval processes and duplicate rules ask of a record.

(Metadata API Developer Guide, FilterItem and DuplicateRuleFilterItem.)
"""

from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.metadata.flow.reader import Reader


@dataclass(frozen=True, slots=True)
class CriteriaItem:
    """One comparison. `field` is as written, `Contact.Email`; `value` is text, several with commas between them.

    `other_field` is what the field is compared with instead of a value.
    """

    field: str
    operation: str
    value: str
    other_field: str
    at: Position


@dataclass(frozen=True, slots=True)
class Criteria:
    """Items, joined as `logic` numbers them, or all of them where it is empty; or a formula. With neither, every record meets it.

    `unread` are children that nobody here reads.
    """

    items: tuple[CriteriaItem, ...]
    logic: str
    formula: str
    at: Position
    unread: tuple[str, ...] = ()


def read_criteria(reader: Reader, items: str = "criteriaItems") -> Criteria:
    """Read the criteria among an element's children; `items` is what its comparisons are called."""
    at = reader.position("formula") if reader.has("formula") else reader.position(items)
    readers = reader.readers(items)
    found = tuple(_item(item) for item in readers)
    unread = tuple(sorted({name for item in readers for name in item.unread()}))
    return Criteria(found, reader.text("booleanFilter"), reader.text("formula"), at, unread)


def _item(reader: Reader) -> CriteriaItem:
    # A duplicate rule says the table beside the field, and numbers its items in the order that they have anyway.
    table, field = reader.text("table"), reader.text("field")
    reader.text("sortOrder")
    return CriteriaItem(
        field=f"{table}.{field}" if table and "." not in field else field,
        operation=reader.text("operation"),
        value=reader.text("value"),
        other_field=reader.text("valueField"),
        at=reader.at,
    )
