"""Records by table, wherever they come from: a data directory, or a live org."""

from collections.abc import Iterator
from typing import Protocol

from sfoptlint.data_directory.directory import Row
from sfoptlint.data_directory.tables import Table


class Records(Protocol):
    """What a data directory and an org both answer."""

    def has(self, table: Table) -> bool:
        """Whether the table is there."""
        ...

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield its rows; none where it is optional and not there. Raises UsageError."""
        ...
