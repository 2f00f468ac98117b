"""The files that the text reads, each with the columns that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.data_directory.tables import CONTACT, LEAD, SUBSCRIBER_LIST, SUBSCRIPTION, Table

CHANGED = "LastModifiedDate"
"""The column that says when a membership changed; an export may leave it out, and `SystemModstamp` stands in for it."""
_STAND_INS = (CHANGED, "SystemModstamp")


@dataclass(frozen=True, slots=True)
class Input:
    """One table of the text: its file with the header, and the position in it of each column that the text names.

    `file` is None for an optional table that is not there, a position for a column that is not there.
    """

    table: Table
    file: Path | None
    header: tuple[str, ...]
    positions: Mapping[str, int | None]

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet, not CSV."""
        return self.file is not None and self.file.suffix.casefold() == ".parquet"


def inputs(data: DataDirectory) -> list[Input]:
    """Return the text's tables over a data directory; raise UsageError for a file or column that is missing."""
    return [_input(data, table) for table in (CONTACT, LEAD, SUBSCRIPTION, SUBSCRIBER_LIST)]


def _input(data: DataDirectory, table: Table) -> Input:
    file = data.file(table)
    header = tuple(data.header(table)) if file else ()
    positions: dict[str, int | None] = {column: _position(header, column) for column in table.columns}
    if table is SUBSCRIPTION:
        found = [at for column in _STAND_INS if (at := _position(header, column)) is not None]
        positions[CHANGED] = found[0] if found else None
    return Input(table, file, header, positions)


def _position(header: Sequence[str], column: str) -> int | None:
    return next((at for at, name in enumerate(header) if name.casefold() == column.casefold()), None)
