"""`sfoptlint reconcile`: expected against actual opt-out for everybody."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfoptlint.cli.configured import configured
from sfoptlint.cli.main import ExitStatus, tell
from sfoptlint.core.errors import UsageError

if TYPE_CHECKING:
    from sfoptlint.core.settings import Settings
    from sfoptlint.data_directory.directory import DataDirectory
    from sfoptlint.reconcile.blocking import SimulatedSaves, Somebody
    from sfoptlint.reconcile.engine import Engine
    from sfoptlint.reconcile.reconcile import Reconciliation
    from sfoptlint.reconcile.rewriting import Rewriting

_FILE = click.Path(path_type=Path)
_DIALECTS = ("duckdb", "spark", "snowflake", "bigquery", "databricks", "trino", "postgres")


@dataclass(frozen=True, slots=True)
class ReconcileOptions:
    """What to reconcile, on which engine, and how to say it."""

    data: Path | None
    metadata: Path | None
    rows: Path | None
    engine: str
    emit_sql: str | None
    memory: str
    config: str | None
    form: str


@click.command("reconcile")
@click.option(
    "--data", metavar="DIR", type=_FILE, help="A folder of exports: Contact.csv, Lead.csv and the memberships."
)
@click.option("--metadata", metavar="PATH", type=_FILE, help="The org's metadata: whom do its automations stop?")
@click.option("--rows", metavar="FILE", type=_FILE, help="Write who differs and why; .csv or .parquet.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--emit-sql", type=click.Choice(_DIALECTS), help="Print the SQL for a warehouse, and run nothing.")
@click.option(
    "--memory-limit",
    "memory",
    metavar="SIZE",
    default="1GB",
    show_default=True,
    help="What DuckDB may use; it spills the rest.",
)
@click.option("--config", metavar="FILE", help="The configuration: default sfoptlint.yml at the project's root.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(**options: Any) -> ExitStatus:
    """Compare the opt-out box with what the memberships say, for everybody. Exit status 1 where an opt-out is missing.

    Example: sfoptlint reconcile --data exports --metadata force-app --rows missing.csv
    """
    return reconcile_data(ReconcileOptions(**options))


def reconcile_data(options: ReconcileOptions) -> ExitStatus:
    """Reconcile and report; raise UsageError where the request cannot be met."""
    from sfoptlint.reconcile.render import as_json, as_text
    from sfoptlint.reconcile.text import reconciliation_text

    settings = configured(options.config, options.metadata or options.data or Path())
    if options.emit_sql:
        from sfoptlint.reconcile.dialect import Dialect, emitted

        click.echo(emitted(reconciliation_text(settings.policy), Dialect(options.emit_sql)))
        return ExitStatus.CLEAN
    if options.data is None:
        raise UsageError("--data is missing: name the folder of exports")
    found = _reconciled(options, settings, options.data)
    for line in found.left_out:
        tell(line)
    click.echo(as_json(found) if options.form == "json" else as_text(found), nl=False)
    return ExitStatus.FINDINGS if found.missing_opt_out else ExitStatus.CLEAN


def _reconciled(options: ReconcileOptions, settings: "Settings", folder: Path) -> "Reconciliation":
    from sfoptlint.data_directory.directory import DataDirectory
    from sfoptlint.reconcile.reconcile import reconcile
    from sfoptlint.reconcile.rewriting import rewriting

    data = DataDirectory(folder)
    if options.rows and options.rows.suffix.casefold() not in {".csv", ".parquet"}:
        raise UsageError(f"--rows {options.rows}: its name ends with .csv or .parquet")
    now = datetime.now(UTC)
    with ExitStack() as stack:
        blockers = stack.enter_context(_blockers(options.metadata, settings, data, now)) if options.metadata else None
        copies = stack.enter_context(rewriting(data))
        engine = stack.enter_context(_engine(options, data, copies))
        return reconcile(engine, settings.policy, blockers, now.date(), options.rows)


@contextmanager
def _blockers(metadata: Path, settings: "Settings", data: "DataDirectory", now: datetime) -> "Iterator[SimulatedSaves]":
    from sfoptlint.engine.org import org_at
    from sfoptlint.reconcile.blocking import SimulatedSaves

    if not metadata.exists():
        raise UsageError(f"--metadata {metadata}: is not there; name a folder, a zip or a metadata file")
    with org_at(metadata) as project:
        yield SimulatedSaves(project, settings, data, now, _watched)


def _watched(people: "Iterable[Somebody]", number: int) -> "Iterator[Somebody]":
    """Show on a terminal how far the simulated saves have come."""
    if not sys.stderr.isatty():
        yield from people
        return
    with click.progressbar(people, length=number, label="simulated saves", file=sys.stderr) as bar:
        yield from bar


@contextmanager
def _engine(options: ReconcileOptions, data: "DataDirectory", copies: "Rewriting") -> "Iterator[Engine]":
    from sfoptlint.reconcile.inputs import inputs

    if options.engine == "spark":
        from sfoptlint.reconcile.spark_engine import spark_engine

        with spark_engine(inputs(data), copies) as engine:
            yield engine
    else:
        from sfoptlint.reconcile.duckdb_engine import duckdb_engine

        with duckdb_engine(inputs(data), copies, options.memory) as engine:
            yield engine
