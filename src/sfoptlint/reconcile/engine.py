"""What the reconciliation asks of an engine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sfoptlint.reconcile.rewriting import Keys

FOUND = "found"
"""The table that keeps the text's result."""


class Engine(Protocol):
    """Runs SQL written in DuckDB's dialect over a data directory's files."""

    def keep(self, text: str) -> None:
        """Run a query and keep its result as the table `found`; raise UsageError for a file that cannot be read."""

    def keep_rows(self, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Keep rows of texts as a table."""

    def one_each(self, repeated: Keys) -> tuple[str, ...]:
        """Read one row for each person from now on, and return a line for what is left out; `repeated` has more than one."""

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """Return a query's rows."""

    def write(self, text: str, file: Path) -> None:
        """Write a query's rows to a CSV or Parquet file, as its name says."""
