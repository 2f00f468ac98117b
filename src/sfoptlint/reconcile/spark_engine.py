"""Spark, for who outgrows one machine: the same text in Spark's dialect, over the same files."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sfoptlint.clients.redaction import mask
from sfoptlint.core.errors import MissingExtraError, UsageError
from sfoptlint.reconcile.dialect import Dialect, transpiled
from sfoptlint.reconcile.engine import FOUND
from sfoptlint.reconcile.functions import spark_functions, warehouse_functions
from sfoptlint.reconcile.inputs import Input
from sfoptlint.reconcile.rewriting import Keys, Rewriting

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class SparkEngine:
    """The engine over a session; `copies` are asked for as `DuckDbEngine` does."""

    def __init__(self, session: "SparkSession", inputs: Iterable[Input], copies: Rewriting) -> None:
        self._session = session
        self._copies = copies
        self._read(inputs)

    def keep(self, text: str) -> None:
        """Run a query and keep its result as the table `found`."""
        try:
            self._keep(text)
        except UsageError:
            self._read(self._copies.plain())
            self._keep(text)

    def one_each(self, repeated: Keys) -> tuple[str, ...]:
        """Read one row for each person from now on, and return a line for what is left out; raises UsageError."""
        inputs, left_out = self._copies.one_each(repeated)
        self._read(inputs)
        return left_out

    def keep_rows(self, name: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Keep rows of texts as a table."""
        schema = ", ".join(f"{column} STRING" for column in columns)
        self._session.createDataFrame([*rows], schema).createOrReplaceTempView(name)

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """Return a query's rows."""
        return [tuple(row) for row in self._query(text).collect()]

    def write(self, text: str, file: Path) -> None:
        """Write a query's rows to a CSV or Parquet file, as its name says; the rows come here, one after the other."""
        frame = self._query(text)
        if file.suffix.casefold() == ".parquet":
            parts = file.with_name(f".{file.name}.parts")
            frame.coalesce(1).write.mode("overwrite").parquet(str(parts))
            next(parts.glob("part-*")).replace(file)
            for left in [*parts.iterdir()]:
                left.unlink()
            parts.rmdir()
            return
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(frame.columns)
            writer.writerows(frame.toLocalIterator())

    def _keep(self, text: str) -> None:
        from py4j.protocol import Py4JJavaError  # noqa: PLC0415 - an extra
        from pyspark.errors import PySparkException  # noqa: PLC0415

        frame = self._query(text).cache()
        try:
            frame.count()
        except PySparkException as error:
            raise UsageError(f"Spark: {mask(str(error).splitlines()[0])}") from error
        except Py4JJavaError as error:  # what failed in a thread that prepares a join comes as it was thrown
            raise UsageError(f"Spark: {mask(str(error.java_exception).splitlines()[0])}") from error
        frame.createOrReplaceTempView(FOUND)

    def _query(self, text: str) -> "DataFrame":
        return self._session.sql(transpiled(text, Dialect.SPARK, warehouse_functions(), spark_functions()))

    def _read(self, inputs: Iterable[Input]) -> None:
        for one in inputs:
            self._frame(one).createOrReplaceTempView(one.table.name)

    def _frame(self, source: Input) -> "DataFrame":
        columns = {column: "NULL" if at is None else f"`c{at}`" for column, at in source.positions.items()}
        if source.file is None:
            schema = ", ".join(f"{column} STRING" for column in columns)
            return self._session.createDataFrame([], schema)
        reading = self._session.read
        if source.is_parquet:
            frame = reading.parquet(str(source.file)).toDF(*(f"c{at}" for at in range(len(source.header))))
        else:
            schema = ", ".join(f"c{at} STRING" for at in range(len(source.header)))
            frame = reading.csv(
                str(source.file), schema=schema, header=True, enforceSchema=True, multiLine=True, quote='"', escape='"',
                encoding="UTF-8", mode="FAILFAST", nullValue="", emptyValue="",
            )  # fmt: skip
        return frame.selectExpr(*(f"CAST({form} AS STRING) AS {column}" for column, form in columns.items()))


@contextmanager
def spark_engine(inputs: Iterable[Input], copies: Rewriting) -> Iterator[SparkEngine]:
    """Use the session that is active, or open the one that the environment configures (`spark-submit`), or a local one.

    What was opened here is closed here.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("spark", "--engine spark") from error
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.appName("sfoptlint reconcile")
    for name, value in settings.items():
        builder = builder.config(name, value)
    active = SparkSession.getActiveSession()
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield SparkEngine(session, inputs, copies)
    finally:
        if active is None:
            session.stop()
