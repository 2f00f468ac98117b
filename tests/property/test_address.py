"""Law: the Python function and the SQL expressions of one address say the same, on DuckDB."""

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sfoptlint.policy.address import SURROUNDING, address_key, address_key_sql
from sfoptlint.policy.people import record_key, record_key_sql
from sfoptlint.reconcile.functions import duckdb_functions

CHARACTERS = st.sampled_from("aAzZ@.+\u0130\u00c9\u00e9\u00df\u03a3\u212a\u2003\u200b\u0301\U0001f600" + SURROUNDING)
TEXTS = st.lists(st.text(CHARACTERS, max_size=20) | st.text(st.characters(exclude_categories=["Cs"])), max_size=30)


FORMS = [
    pytest.param(address_key_sql("t"), record_key_sql("t"), id="definition"),
    pytest.param("ADDRESS_KEY(t)", "RECORD_KEY(t)", id="as DuckDB runs it"),
]


@pytest.mark.parametrize(("address", "record"), FORMS)
@given(TEXTS)
@example(
    [
        "\u00a0\t Ann@X.com\u00a0",
        "\u0130X@example.com",
        "\u00a0",
        "",
        "a\u00a0b",
        "\tAnn@X.com",
        "Ann@X.com \x1c",
        " \n",
    ]
)
@example(["003000000000001AAA", "003000000000001", " 003000000000001AAA", "00300000000000\u00a0", "003 ", "\t"])
def test_python_and_sql_agree(address: str, record: str, texts: list[str]) -> None:
    with duckdb.connect() as connection:
        for name, body in duckdb_functions().items():
            connection.execute(f"CREATE TEMP MACRO {name}(x) AS {body}")
        rows = connection.execute(
            f"SELECT {address}, {record} FROM (SELECT UNNEST($texts) AS t)", {"texts": texts}
        ).fetchall()
    assert rows == [(address_key(text) or None, record_key(text) or None) for text in texts]


@given(st.text(CHARACTERS))
def test_a_key_is_its_own_key(text: str) -> None:
    assert address_key(address_key(text)) == address_key(text)
