"""Runs a reconciliation over a folder, on DuckDB."""

import csv
import json
from datetime import date
from pathlib import Path

from sfoptlint.core.settings import Policy
from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.reconcile.duckdb_engine import duckdb_engine
from sfoptlint.reconcile.inputs import inputs
from sfoptlint.reconcile.reconcile import Blockers, Reconciliation, reconcile
from sfoptlint.reconcile.render import as_json
from sfoptlint.reconcile.rewriting import rewriting

TODAY = date(2026, 11, 25)


def reconciled(
    folder: Path, policy: Policy | None = None, rows: Path | None = None, blockers: Blockers | None = None
) -> Reconciliation:
    """Reconcile a data directory as the command does."""
    data = DataDirectory(folder)
    with rewriting(data) as copies, duckdb_engine(inputs(data), copies) as engine:
        return reconcile(engine, policy or Policy(), blockers, TODAY, rows)


def as_the_reference(found: Reconciliation) -> dict[str, object]:
    """Return the counts of the JSON as the plain reference has them."""
    document: dict[str, object] = json.loads(as_json(found))
    reasons = {reason.value: count for reason, count in found.reasons.items() if count}
    left_out = ("schema", "rows_file")
    return {name: value for name, value in document.items() if name not in left_out} | {"reasons": reasons}


def listed(file: Path) -> list[tuple[str, ...]]:
    """Return the rows of a rows file, without the header, sorted."""
    with file.open(encoding="utf-8", newline="") as lines:
        _, *found = csv.reader(lines)
    return sorted(tuple(row) for row in found)
