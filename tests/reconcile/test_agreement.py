"""500 made-up worlds on DuckDB, each person as the plain reference has them. `make spark` runs the same worlds on Spark."""

from sfoptlint.reconcile.duckdb_engine import duckdb_engine
from tests.reconcile.agreement import BATCHES, WORLDS, agreements


def test_500_worlds_agree() -> None:
    *_, last = agreements(duckdb_engine)
    assert BATCHES * WORLDS >= 500
    assert last.startswith(f"{BATCHES * WORLDS} of {BATCHES * WORLDS} worlds agree")
