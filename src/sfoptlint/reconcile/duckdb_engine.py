"""DuckDB in this process, within a bound of memory; what does not fit is spilled to a temporary folder."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sfoptlint.clients.redaction import mask
from sfoptlint.core.errors import MissingExtraError, UsageError
from sfoptlint.reconcile.engine import FOUND
from sfoptlint.reconcile.functions import duckdb_functions
from sfoptlint.reconcile.inputs import Input
from sfoptlint.reconcile.rewriting import Keys, Rewriting

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DEFAULT_MEMORY = "1GB"
_UNITS = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_FOR_A_THREAD = 900 * 2**20


class DuckDbEngine:
    """The engine over an open connection.

    `copies` are plain CSV, made after checking each row: they are asked for only where DuckDB refused a file, which ends with
    the line at fault where there is one, and where a person has several rows.
    """

    def __init__(self, connection: "DuckDBPyConnection", inputs: Iterable[Input], copies: Rewriting) -> None:
        self._connection = connection
        self._copies = copies
        for name, body in duckdb_functions().items():
            connection.execute(f"CREATE TEMP MACRO {name}(x) AS {body}")
        self._read(inputs)

    def keep(self, text: str) -> None:
        """Run a query and keep its result as the table `found`."""
        from duckdb import Error, OutOfMemoryException  # noqa: PLC0415 - an extra

        statement = f"CREATE OR REPLACE TEMP TABLE {FOUND} AS {text}"
        try:
            try:
                self._connection.execute(statement)
            except OutOfMemoryException:
                raise
            except Error:
                self._read(self._copies.plain())
                self._connection.execute(statement)
        except Error as error:
            raise UsageError(f"DuckDB: {mask(str(error).splitlines()[0])}") from error

    def one_each(self, repeated: Keys) -> tuple[str, ...]:
        """Read one row for each person from now on, and return a line for what is left out; raises UsageError."""
        inputs, left_out = self._copies.one_each(repeated)
        self._read(inputs)
        return left_out

    def keep_rows(self, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Keep rows of texts as a table."""
        values = ", ".join(f"UNNEST(CAST(? AS VARCHAR[])) AS {column}" for column in columns)
        columns_of_rows = [[row[at] for row in rows] for at in range(len(columns))]
        self._connection.execute(f"CREATE TEMP TABLE {name} AS SELECT {values}", columns_of_rows)

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """Return a query's rows."""
        return self._connection.execute(text).fetchall()

    def write(self, text: str, file: Path) -> None:
        """Write a query's rows to a CSV or Parquet file, as its name says; raise UsageError where it cannot be written."""
        from duckdb import Error  # noqa: PLC0415 - an extra

        form = "PARQUET" if file.suffix.casefold() == ".parquet" else "CSV, HEADER"
        try:
            self._connection.execute(f"COPY ({text}) TO {_literal(str(file))} (FORMAT {form})")
        except Error as error:
            raise UsageError(f"--rows {file}: cannot be written: {str(error).splitlines()[0]}") from error

    def _read(self, inputs: Iterable[Input]) -> None:
        for one in inputs:
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {one.table.name} AS {_reading(one)}")


@contextmanager
def duckdb_engine(inputs: Iterable[Input], copies: Rewriting, memory: str = DEFAULT_MEMORY) -> Iterator[DuckDbEngine]:
    """Open DuckDB over the inputs; raise UsageError for an amount of memory that it does not understand."""
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("reconcile", "reconcile") from error
    with TemporaryDirectory(prefix="sfoptlint-", ignore_cleanup_errors=True) as spill:
        settings = {"memory_limit": memory, "temp_directory": spill, "preserve_insertion_order": "false"}
        try:
            connection = duckdb.connect(config=dict(settings))
        except duckdb.Error as error:
            raise UsageError(f"--memory-limit {memory}: {str(error).splitlines()[0]}") from error
        with connection:
            connection.execute("SET TimeZone = 'UTC'")
            _share(connection)
            yield DuckDbEngine(connection, inputs, copies)


def _share(connection: "DuckDBPyConnection") -> None:
    """Divide the memory: a twentieth for what DuckDB does not count, and of the rest about a gigabyte or more for each thread.

    With less, threads spill more than they gain (DuckDB, Performance Guide, Environment: 1 to 4 GB per thread).
    """
    (found,) = connection.execute("SELECT current_setting('memory_limit'), current_setting('threads')").fetchall()
    number, unit = str(found[0]).split()
    bytes_ = float(number) * _UNITS.get(unit, 1)
    threads = max(1, min(int(found[1]), int(bytes_ / _FOR_A_THREAD)))
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET memory_limit = '{int(bytes_ * 0.95)}B'")


def _reading(source: Input) -> str:
    """Return the query that reads a file's columns as texts, under their API names."""
    if source.file is None:
        nulls = ", ".join(f"CAST(NULL AS VARCHAR) AS {column}" for column in source.positions)
        return f"SELECT {nulls} WHERE FALSE"
    if source.is_parquet:
        return f"SELECT {_columns(source, 'CAST({0} AS VARCHAR)')} FROM {_parquet(source)}"
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(source.header)))
    options = f"header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {{{names}}}"
    return f"SELECT {_columns(source, '{0}')} FROM read_csv({_literal(str(source.file))}, {options})"


def _parquet(source: Input) -> str:
    """Return the file as a table whose columns are named by their position, as a CSV file's are."""
    names = ", ".join(f"c{at}" for at in range(len(source.header)))
    return f"(SELECT * FROM read_parquet({_literal(str(source.file))}, binary_as_string = true)) AS parquet({names})"


def _columns(source: Input, form: str) -> str:
    return ", ".join(
        f"{form.format('NULL' if at is None else f'c{at}')} AS {column}" for column, at in source.positions.items()
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
