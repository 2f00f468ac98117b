"""Makes other dialects' SQL from the text, with its functions written out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from sfoptlint.core.errors import MissingExtraError
from sfoptlint.reconcile.functions import warehouse_functions

if TYPE_CHECKING:
    from sqlglot.expressions import Expression


class Dialect(StrEnum):
    """The dialects that can be emitted, by sqlglot's names."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"
    DATABRICKS = "databricks"
    TRINO = "trino"
    POSTGRES = "postgres"


_HINTED = (Dialect.DUCKDB, Dialect.POSTGRES)
"""The dialects that may be told which parts of a query to keep."""


def emitted(text: str, dialect: Dialect) -> str:
    """Return a text for a warehouse that holds the objects as tables by their API names."""
    return transpiled(text, dialect, warehouse_functions(), {})


def transpiled(text: str, dialect: Dialect, functions: Mapping[str, str], own: Mapping[str, str]) -> str:
    """Return a text in another dialect; `functions` are written in DuckDB's dialect, `own` in the other one."""
    try:
        from sqlglot import parse_one  # noqa: PLC0415 - an extra, and slow to import
        from sqlglot.expressions import CTE  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("reconcile", f"SQL for {dialect}") from error
    bodies = {name: parse_one(body, dialect="duckdb") for name, body in functions.items()}
    bodies |= {name: parse_one(body, dialect=dialect.value) for name, body in own.items()}
    tree = parse_one(text, dialect="duckdb").transform(_written_out, bodies)
    if dialect not in _HINTED:
        for table in tree.find_all(CTE):
            table.set("materialized", None)
    return tree.sql(dialect=dialect.value, pretty=True)


def _written_out(node: "Expression", bodies: "Mapping[str, Expression]") -> "Expression":
    """Return what a call of one of the functions stands for, any other node as it is."""
    from sqlglot.expressions import Anonymous, Column, Paren  # noqa: PLC0415

    body = bodies.get(node.name.upper()) if isinstance(node, Anonymous) else None
    if body is None:
        return node
    (argument,) = node.expressions

    def put(inside: "Expression") -> "Expression":
        return argument.copy() if isinstance(inside, Column) and inside.name == "x" else inside

    return Paren(this=body.copy().transform(put))
