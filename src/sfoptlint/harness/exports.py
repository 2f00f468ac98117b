"""Every table of a data directory, with the fields that its columns bring."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sfoptlint.core.errors import UsageError
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.data_directory.directory import FORMATS, DataDirectory, Row
from sfoptlint.data_directory.tables import TABLES, Table
from sfoptlint.harness.fake_org.values import UnfitValueError, from_text

_WORDS: Final = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True)
class Export:
    """An object's rows, in the order of their file."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, as the file spells them."""
        return tuple(self.rows[0].values) if self.rows else self.table.columns

    def brought(self) -> Iterator[FieldSchema]:
        """Yield a field for each column, for where nobody else knows it: a text, or a checkbox if it holds nothing else."""
        for column in self.columns:
            words = {row.text(column).strip().casefold() for row in self.rows}
            type_ = FieldType.CHECKBOX if words and words <= _WORDS else FieldType.TEXT
            yield FieldSchema(column, type_)


def read_exports(folder: Path) -> dict[str, Export]:
    """Read every table of a data directory, by its object's name; raise UsageError for what is wrong with one."""
    directory = DataDirectory(folder)
    known = {table.name.casefold() for table in TABLES}
    names = sorted(f.stem for f in folder.iterdir() if f.suffix.casefold() in FORMATS)
    further = [Table(name, (), optional=True) for name in names if name.casefold() not in known]
    return {
        table.name: Export(table, tuple(directory.rows(table)))
        for table in (*TABLES, *further)
        if directory.has(table) or not table.optional
    }


def value_of(row: Row, column: str, field: FieldSchema) -> Value:
    """Return a value as it is stored; raise UsageError with its place where it does not fit."""
    try:
        return from_text(field, row.text(column))
    except UnfitValueError as unfit:
        raise UsageError(f"{row.path}:{row.line}: {column} is no {unfit}") from None
