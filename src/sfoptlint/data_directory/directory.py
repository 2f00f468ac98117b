"""Reads the files of a data directory, row by row, with the needed columns under their own names.

Columns are found without regard to case, as the API's field names are. Whatever is wrong with a file ends the command with one
line that names the file, and the line and column in it where there is one.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sfoptlint.clients.redaction import mask
from sfoptlint.core.errors import MissingExtraError, UsageError, did_you_mean
from sfoptlint.data_directory.tables import Table
from sfoptlint.data_directory.values import checkbox, moment

if TYPE_CHECKING:
    from _csv import Reader

    from duckdb import DuckDBPyConnection

FORMATS = (".csv", ".parquet")
_LONGEST_FIELD = 2**24
_BATCH = 10_000
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


class Row:
    """One row of a file; a column that the file does not have reads as blank."""

    __slots__ = ("_values", "line", "path")

    def __init__(self, path: Path, line: int, values: Mapping[str, str]) -> None:
        self.path = path
        self.line = line
        self._values = values

    def text(self, column: str) -> str:
        """Return a value as it is written; empty for a blank."""
        return self._values.get(column, "")

    def checkbox(self, column: str) -> bool:
        """Return whether a checkbox is ticked."""
        value = checkbox(self.text(column))
        if value is None:
            self._refuse(column, "is neither true nor false")
        return value

    def moment(self, column: str) -> datetime | None:
        """Return a date-time in UTC; None for a blank."""
        if not self.text(column).strip():
            return None
        value = moment(self.text(column))
        if value is None:
            self._refuse(column, "is no date-time; write it as 2026-11-22T10:00:00Z")
        return value

    @property
    def values(self) -> Mapping[str, str]:
        """Every value, by column."""
        return self._values

    def _refuse(self, column: str, complaint: str) -> NoReturn:
        # The value itself may be a person's and is not repeated.
        raise UsageError(f"{self.path}:{self.line}: {column} {complaint}")


class DataDirectory:
    """The tables of one folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"{folder}: is not a folder; --data takes a folder of exports")
        self._folder = folder
        self._names = {entry.name.casefold(): entry for entry in sorted(folder.iterdir())}

    def has(self, table: Table) -> bool:
        """Whether the table's file is there."""
        return self.file(table) is not None

    def file(self, table: Table) -> Path | None:
        """Return the table's file; None where it is optional and not there. Raises UsageError where it is missing."""
        found = [name for suffix in FORMATS if (name := f"{table.name}{suffix}".casefold()) in self._names]
        if len(found) > 1:
            both = " and ".join(self._names[name].name for name in found)
            raise UsageError(f"{self._folder}: holds {both}; keep one of them")
        if found:
            return self._names[found[0]]
        if not table.optional:
            names = [entry.name for entry in self._names.values()]
            hint = did_you_mean(f"{table.name}.csv", names)
            raise UsageError(f"{self._folder}: {table.name}.csv is missing{hint}")
        return None

    def header(self, table: Table) -> list[str]:
        """Return the names of a table's columns in the file's order, the needed ones as the table spells them."""
        file = self.file(table)
        assert file is not None
        if file.suffix.casefold() == ".parquet":
            with _parquet(file, "DESCRIBE SELECT * FROM read_parquet(?)") as described:
                return _header(table, file, [row[0] for row in described.fetchall()])
        with _csv(file) as reader:
            return _header(table, file, next(reader, None))

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table; none where it is optional and not there. Raises UsageError."""
        file = self.file(table)
        if file is not None:
            yield from _parquet_rows(table, file) if file.suffix.casefold() == ".parquet" else _csv_rows(table, file)


def _csv_rows(table: Table, file: Path) -> Iterator[Row]:
    with _csv(file) as reader:
        header = _header(table, file, next(reader, None))
        for cells in reader:
            if len(cells) > 1 or "".join(cells).strip():
                yield _row(file, reader.line_num, header, cells)


@contextmanager
def _csv(file: Path) -> "Iterator[Reader]":
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            yield reader
    except csv.Error as error:
        raise UsageError(f"{file}:{reader.line_num}: is no CSV: {error}") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file}:{_undecodable_line(file)}: is not UTF-8: {error.reason}; export it as UTF-8"
        ) from None


def _undecodable_line(file: Path) -> int:
    """Return the line that is not UTF-8; the text layer reads ahead of the rows, so it cannot say."""
    with file.open("rb") as lines:
        return next((number for number, line in enumerate(lines, 1) if not _decodable(line)), 1)


def _decodable(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _parquet_rows(table: Table, file: Path) -> Iterator[Row]:
    # As texts, since DuckDB hands out moments with an offset only where a package of time zones is installed. Older writers do
    # not say of their texts that they are some.
    with _parquet(file, "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?, binary_as_string = true)") as found:
        header = _header(table, file, [column[0] for column in found.description or ()])
        number = 0
        while batch := found.fetchmany(_BATCH):
            for cells in batch:
                number += 1
                yield _row(file, number, header, [cell or "" for cell in cells])


@contextmanager
def _parquet(file: Path, text: str) -> "Iterator[DuckDBPyConnection]":
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("reconcile", f"{file}: Parquet") from None
    try:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection.execute(text, [str(file)])
    except duckdb.Error as error:
        raise UsageError(f"{file}: is no Parquet file: {mask(str(error).splitlines()[0])}") from None


def _header(table: Table, file: Path, cells: Sequence[str] | None) -> list[str]:
    """Return the columns' names, the needed ones as the table spells them."""
    if not cells:
        raise UsageError(f"{file}:1: is empty; its first line names the columns")
    if len(cells) == 1 and table.columns:
        for separator, named in _SEPARATORS.items():
            if separator in cells[0]:
                raise UsageError(f"{file}:1: is separated by {named}; export it with commas")
    needed = {column.casefold(): column for column in table.columns}
    header = [needed.get(cell.strip().casefold(), cell.strip()) for cell in cells]
    for column in table.columns:
        if column not in header:
            raise UsageError(f"{file}:1: the column {column} is missing{did_you_mean(column, header)}")
        if header.count(column) > 1:
            raise UsageError(f"{file}:1: the column {column} is there twice")
    return header


def _row(file: Path, line: int, header: list[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(header) and not any(cells[len(header) :]):
        cells = cells[: len(header)]  # some exports end each line with a comma
    if len(cells) != len(header):
        raise UsageError(f"{file}:{line}: has {len(cells)} values for {len(header)} columns")
    return Row(file, line, dict(zip(header, cells, strict=True)))
