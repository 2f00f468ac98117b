"""One exported row as a record that guards are evaluated over."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.data_directory.directory import Row
from sfoptlint.data_directory.values import checkbox, moment
from sfoptlint.evaluate.world import Path
from sfoptlint.judge.schema_view import SchemaView

_NUMBERS = frozenset({FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT, FieldType.SUMMARY})


class ExportedRecord(Mapping[Path, Value]):
    """Reads a row's texts as the types that the schema gives them; a column that is not there is no blank, it is missing.

    `overlay` replaces columns: the value before or after the update.
    """

    def __init__(self, row: Row, schema: SchemaView, overlay: Mapping[str, Value]) -> None:
        self._texts = {column.casefold(): text for column, text in row.values.items()}
        self._schema = schema
        self._overlay = {name.casefold(): value for name, value in overlay.items()}

    def __getitem__(self, path: Path) -> Value:
        name = ".".join(path).casefold()
        if name in self._overlay:
            return self._overlay[name]
        return _typed(self._texts[name], self._type(path))

    def __iter__(self) -> Iterator[Path]:
        return (tuple(name.split(".")) for name in self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def _type(self, path: Path) -> FieldType:
        known = self._schema.field(path)
        return known.type if known else FieldType.UNKNOWN


def _typed(text: str, type_: FieldType) -> Value:
    """Return the value; raises KeyError for a text that is none of this type, so that nothing is concluded from it."""
    if type_ is FieldType.CHECKBOX:
        return checkbox(text)
    if not text:
        return None
    try:
        if type_ in _NUMBERS:
            return Decimal(text)
        if type_ is FieldType.DATE:
            return date.fromisoformat(text[:10])
        if type_ is FieldType.TIME:
            return time.fromisoformat(text.removesuffix("Z"))
    except (InvalidOperation, ValueError):
        raise KeyError(text) from None
    if type_ is FieldType.DATE_TIME:
        found = moment(text)
        if found is None:
            raise KeyError(text)
        return found
    return text
