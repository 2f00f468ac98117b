"""The text in each dialect: it parses there, its functions are written out, and it reads the same tables."""

import pytest
from sqlglot import exp, parse_one

from sfoptlint.core.settings import Link, Policy
from sfoptlint.reconcile.dialect import Dialect, emitted
from sfoptlint.reconcile.text import reconciliation_text

TABLES = {"Contact", "Lead", "wbsendit__Subscription__c", "wbsendit__Subscriber_List__c"}


@pytest.mark.parametrize("link", list(Link))
@pytest.mark.parametrize("dialect", list(Dialect))
def test_the_text_in_a_dialect(dialect: Dialect, link: Link) -> None:
    text = emitted(reconciliation_text(Policy(link=link)), dialect)
    tree = parse_one(text, dialect=dialect.value)
    made = {cte.alias for cte in tree.find_all(exp.CTE)}
    assert {table.name for table in tree.find_all(exp.Table)} - made == TABLES
    assert not [
        function for function in ("ADDRESS_KEY", "RECORD_KEY", "ID_MARK", "CHECKBOX", "MOMENT") if function in text
    ]
    assert ("by_address" in text) is (link is Link.LOOKUP_OR_EMAIL)
    assert "Unsubscribed" in text
    assert ("MATERIALIZED" in text) is (dialect in {Dialect.DUCKDB, Dialect.POSTGRES})
