"""Runs a reconciliation over a folder, on DuckDB."""

from datetime import date
from pathlib import Path

from sfoptlint.core.settings import Policy
from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.reconcile.duckdb_engine import duckdb_engine
from sfoptlint.reconcile.inputs import inputs
from sfoptlint.reconcile.reconcile import Blockers, Reconciliation, reconcile
from sfoptlint.reconcile.rewriting import rewriting

TODAY = date(2026, 11, 25)


def reconciled(
    folder: Path, policy: Policy | None = None, rows: Path | None = None, blockers: Blockers | None = None
) -> Reconciliation:
    """Reconcile a data directory as the command does."""
    data = DataDirectory(folder)
    with rewriting(data) as rewritten, duckdb_engine(inputs(data), rewritten) as engine:
        return reconcile(engine, policy or Policy(), blockers, TODAY, rows)
