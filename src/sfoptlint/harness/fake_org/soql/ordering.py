"""ORDER BY, for records and for groups."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.fake_org.soql.comparison import key
from sfoptlint.lang.soql.nodes import Ordering

Item = TypeVar("Item")


def ordered(items: Iterable[Item], ordering: Ordering, type_: FieldType, get: Callable[[Item], Value]) -> list[Item]:
    """Return items in an order; nulls come first unless the query says otherwise, in both directions."""
    blank: list[Item] = []
    full: list[tuple[Any, Item]] = []
    for item in items:
        value = key(type_, get(item))
        if value is None:
            blank.append(item)
        else:
            full.append((int(value) if isinstance(value, bool) else value, item))
    full.sort(key=lambda pair: pair[0], reverse=ordering.descending)
    rest = [item for _, item in full]
    return [*rest, *blank] if ordering.nulls == "last" else [*blank, *rest]
