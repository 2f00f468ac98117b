"""Queries against a small org: SOQL's own idea of null, case, ids and dates; and what is refused, with its place."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.soql.query import run
from sfoptlint.harness.fake_org.soql.refusal import QueryRefusedError
from tests.harness.worlds import org

ANN, BO, CY = "003000000000aAnAAI", "003000000000aBoAAI", "003000000000aCyAAI"
SHORE = "001000000000aShAAI"
DATA = "/services/data/v64.0"


@pytest.fixture(scope="module")
def state() -> Org:
    made = org()
    made.put("Account", {"Id": SHORE, "Name": "Shore", "AnnualRevenue": Decimal(10)})
    people = [
        (ANN, "Ann", "ann@shore.example", True, SHORE, datetime(2026, 11, 22, 9, 0, tzinfo=UTC)),
        (BO, "Bo'x", None, False, None, datetime(2026, 11, 21, 23, 59, tzinfo=UTC)),
        (CY, "cy_%", "CY@shore.example", False, SHORE, datetime(2026, 11, 1, 0, 0, tzinfo=UTC)),
    ]
    for record_id, name, email, opted_out, account, modified in people:
        values: dict[str, Any] = {"Id": record_id, "LastName": name, "Email": email, "HasOptedOutOfEmail": opted_out}
        made.put("Contact", {**values, "AccountId": account, "LastModifiedDate": modified})
    made.put("Contact", {"Id": "003000000000aDdAAI", "LastName": "Dd", "IsDeleted": True})
    for n, (email, word, who) in enumerate(
        [("ann@shore.example", "Active", ANN), ("ann@shore.example", "Deleted", ANN), ("x@y.example", "Active", None)]
    ):
        made.put(
            "wbsendit__Subscription__c",
            {
                "Id": f"a0B00000000000{n}",
                "Name": f"m{n}",
                "wbsendit__Email__c": email,
                "wbsendit__State__c": word,
                "wbsendit__Contact__c": who,
                "wbsendit__List_Id__c": "l1",
            },
        )
    return made


def names(state: Org, where: str) -> list[str]:
    return [row["LastName"] for row in run(state, f"SELECT LastName FROM Contact {where}", DATA).rows]


EVERYBODY = ["Ann", "Bo'x", "cy_%"]
CONDITIONS = [
    ("", EVERYBODY),
    ("WHERE Email = 'ANN@shore.example'", ["Ann"]),
    ("WHERE Email != 'ann@shore.example'", ["Bo'x", "cy_%"]),
    ("WHERE Email = null", ["Bo'x"]),
    ("WHERE Email != null", ["Ann", "cy_%"]),
    ("WHERE Email = ''", ["Bo'x"]),
    ("WHERE LastName = 'bo\\'x'", ["Bo'x"]),
    ("WHERE NOT Email LIKE '%shore%'", ["Bo'x"]),
    ("WHERE Email LIKE 'c_@%'", ["cy_%"]),
    ("WHERE LastName LIKE '%\\_\\%'", ["cy_%"]),
    ("WHERE Email IN ('cy@SHORE.example', null)", ["Bo'x", "cy_%"]),
    ("WHERE Email NOT IN ('cy@shore.example')", ["Ann", "Bo'x"]),
    ("WHERE HasOptedOutOfEmail = true", ["Ann"]),
    ("WHERE HasOptedOutOfEmail = false", ["Bo'x", "cy_%"]),
    (f"WHERE Id = '{ANN[:15]}'", ["Ann"]),
    (f"WHERE Id IN ('{ANN}', '{BO[:15]}')", ["Ann", "Bo'x"]),
    (f"WHERE AccountId != '{SHORE}'", ["Bo'x"]),
    ("WHERE Account.Name = 'shore'", ["Ann", "cy_%"]),
    ("WHERE Account.AnnualRevenue > 9.5", ["Ann", "cy_%"]),
    ("WHERE LastModifiedDate = TODAY", ["Ann"]),
    ("WHERE LastModifiedDate = YESTERDAY", ["Bo'x"]),
    ("WHERE LastModifiedDate < TODAY", ["Bo'x", "cy_%"]),
    ("WHERE LastModifiedDate >= LAST_N_DAYS:5", ["Ann", "Bo'x"]),
    ("WHERE LastModifiedDate >= 2026-11-21T23:59:00Z", ["Ann", "Bo'x"]),
    ("WHERE LastModifiedDate > 2026-11-22T09:59:00+01:00", ["Ann"]),
    ("WHERE (Email = null AND HasOptedOutOfEmail = false) OR LastName = 'ann'", ["Ann", "Bo'x"]),
    ("WHERE HasOptedOutOfEmail = false AND (Email = null OR LastName = 'cy_%')", ["Bo'x", "cy_%"]),
    (
        "WHERE Id IN (SELECT wbsendit__Contact__c FROM wbsendit__Subscription__c WHERE wbsendit__State__c = 'deleted')",
        ["Ann"],
    ),
    ("WHERE Id NOT IN (SELECT wbsendit__Contact__c FROM wbsendit__Subscription__c)", ["Bo'x", "cy_%"]),
    ("ORDER BY LastName DESC", ["cy_%", "Bo'x", "Ann"]),
    ("ORDER BY Email", ["Bo'x", "Ann", "cy_%"]),
    ("ORDER BY Email DESC", ["Bo'x", "cy_%", "Ann"]),
    ("ORDER BY Email DESC NULLS LAST", ["cy_%", "Ann", "Bo'x"]),
    ("ORDER BY HasOptedOutOfEmail, LastName DESC LIMIT 2", ["cy_%", "Bo'x"]),
    ("ORDER BY LastName LIMIT 1 OFFSET 1", ["Bo'x"]),
    ("LIMIT 0", []),
    ("ALL ROWS", [*EVERYBODY, "Dd"]),
]


@pytest.mark.parametrize(("where", "expected"), CONDITIONS)
def test_conditions_and_orders(state: Org, where: str, expected: list[str]) -> None:
    assert names(state, where) == expected


def test_names_are_answered_as_the_schema_spells_them(state: Org) -> None:
    (row,) = run(state, "select c.lastname, ACCOUNT.name from contact c where c.email = 'ann@shore.example'", DATA).rows
    assert row == {
        "attributes": {"type": "Contact", "url": f"{DATA}/sobjects/Contact/{ANN}"},
        "LastName": "Ann",
        "Account": {"attributes": {"type": "Account", "url": f"{DATA}/sobjects/Account/{SHORE}"}, "Name": "Shore"},
    }


def test_values_are_what_json_has_for_them(state: Org) -> None:
    query = "SELECT LastModifiedDate, HasOptedOutOfEmail, Account.AnnualRevenue, Account.Name FROM Contact ORDER BY LastName"
    first, second, _ = run(state, query, DATA).rows
    assert first["LastModifiedDate"] == "2026-11-22T09:00:00.000+0000"
    assert first["Account"]["AnnualRevenue"] == 10.0
    assert second["Account"] is None


def test_child_rows_are_an_answer_of_their_own(state: Org) -> None:
    query = "SELECT Id, (SELECT Name FROM wbsendit__Subscriptions__r ORDER BY Name DESC LIMIT 1) FROM Contact ORDER BY LastName"
    ann, bo, _ = run(state, query, DATA).rows
    assert ann["wbsendit__Subscriptions__r"]["totalSize"] == 1
    assert ann["wbsendit__Subscriptions__r"]["records"][0]["Name"] == "m1"
    assert bo["wbsendit__Subscriptions__r"] is None


def test_counting(state: Org) -> None:
    assert run(state, "SELECT COUNT() FROM Contact WHERE Email != null", DATA).total == 2
    assert run(state, "SELECT COUNT() FROM Contact LIMIT 1", DATA).total == 1
    assert run(state, "SELECT COUNT(Id), COUNT(Email) mails FROM Contact", DATA).rows == [
        {"attributes": {"type": "AggregateResult"}, "expr0": 3, "mails": 2}
    ]
    by_email = "FROM wbsendit__Subscription__c GROUP BY wbsendit__Email__c HAVING COUNT(Id) > 1"
    query = f"SELECT wbsendit__Email__c, COUNT(Id) n {by_email}"
    assert [(r["wbsendit__Email__c"], r["n"]) for r in run(state, query, DATA).rows] == [("ann@shore.example", 2)]
    ordered = (
        "SELECT wbsendit__State__c FROM wbsendit__Subscription__c GROUP BY wbsendit__State__c ORDER BY COUNT(Id) DESC"
    )
    assert [r["wbsendit__State__c"] for r in run(state, ordered, DATA).rows] == ["Active", "Deleted"]


REFUSED = [
    ("SELECT Nope FROM Contact", "INVALID_FIELD", 8),
    ("SELECT Id FROM Nope", "INVALID_TYPE", 16),
    ("SELECT Id, Account.Nope FROM Contact", "INVALID_FIELD", 12),
    ("SELECT Boss.Name FROM Contact", "INVALID_FIELD", 8),
    ("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY", 29),
    ("SELECT Id FROM Contact WHERE Id = 'a' AND Id = 'b' OR Id = 'c'", "MALFORMED_QUERY", 30),
    ("SELECT Id FROM Contact WHERE Email = true", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE HasOptedOutOfEmail = 'true'", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE HasOptedOutOfEmail > false", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE LastModifiedDate = '2026-11-22'", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE LastModifiedDate > 2026-11-22", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE LastModifiedDate = NEXT_MONTH", "MALFORMED_QUERY", 49),
    ("SELECT Id FROM Contact WHERE LastModifiedDate = 2026-02-30T00:00:00Z", "MALFORMED_QUERY", 49),
    ("SELECT Id FROM Contact WHERE Email INCLUDES ('a')", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE Id LIKE 'a%'", "INVALID_FIELD", 30),
    ("SELECT Id FROM Contact WHERE Email = :email", "MALFORMED_QUERY", 38),
    ("SELECT Id FROM Contact WHERE DAY_ONLY(CreatedDate) = TODAY", "MALFORMED_QUERY", 30),
    ("SELECT Id FROM Contact USING SCOPE mine", "MALFORMED_QUERY", 1),
    ("SELECT Id FROM Contact WITH SECURITY_ENFORCED", "MALFORMED_QUERY", 24),
    ("SELECT Id FROM Contact FOR UPDATE", "MALFORMED_QUERY", 1),
    ("SELECT FIELDS(ALL) FROM Contact LIMIT 1", "MALFORMED_QUERY", 8),
    ("SELECT toLabel(LeadSource) FROM Contact", "MALFORMED_QUERY", 8),
    ("SELECT TYPEOF Owner WHEN User THEN Id END FROM Contact", "MALFORMED_QUERY", 8),
    ("SELECT Id nick FROM Contact", "MALFORMED_QUERY", 8),
    ("SELECT Id, Id FROM Contact", "INVALID_FIELD", 8),
    ("SELECT Id FROM Contact, Account", "MALFORMED_QUERY", 25),
    ("SELECT Id FROM Contact LIMIT -1", "MALFORMED_QUERY", 30),
    ("SELECT Id FROM Contact LIMIT 1.5", "MALFORMED_QUERY", 30),
    ("SELECT Id FROM Contact OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", 31),
    ("SELECT MAX(CreatedDate) FROM Contact GROUP BY Email", "MALFORMED_QUERY", 8),
    ("SELECT LastName, COUNT(Id) FROM Contact GROUP BY Email", "MALFORMED_QUERY", 8),
    ("SELECT COUNT() FROM Contact ORDER BY Id", "MALFORMED_QUERY", 8),
    ("SELECT COUNT(), Id FROM Contact", "MALFORMED_QUERY", 8),
    ("SELECT Id, (SELECT Id FROM Nopes) FROM Contact", "INVALID_TYPE", 28),
    ("SELECT Id FROM Contact WHERE Id IN (SELECT Id, Name FROM Contact)", "MALFORMED_QUERY", 36),
    ("SELECT Id FROM Contact WHERE Id IN (SELECT Id FROM Contact LIMIT 1)", "MALFORMED_QUERY", 36),
    ("FIND {ann} RETURNING Contact", "MALFORMED_QUERY", 1),
    ("DELETE FROM Contact", "MALFORMED_QUERY", 1),
    ("", "MALFORMED_QUERY", 1),
]


@pytest.mark.parametrize(("query", "code", "column"), REFUSED)
def test_anything_else_is_refused_with_its_column(state: Org, query: str, code: str, column: int) -> None:
    with pytest.raises(QueryRefusedError) as raised:
        run(state, query, DATA)
    assert raised.value.code == code
    assert f"Row:1:Column:{column}\n" in str(raised.value)


def test_a_refusal_shows_its_line(state: Org) -> None:
    with pytest.raises(QueryRefusedError) as raised:
        run(state, "SELECT Id\nFROM Contact\nWHERE  Nope = 1", DATA)
    assert (
        str(raised.value)
        == "\nWHERE  Nope = 1\n       ^\nERROR at Row:3:Column:8\nNo such column 'Nope' on entity 'Contact'."
    )


@given(st.text("SELECT FROMWHERidcontauyl()=<>'%,.:;! \n019\\", max_size=60))
def test_no_text_brings_it_down(text: str) -> None:
    for query in (text, f"SELECT Id FROM Contact WHERE {text}", f"SELECT {text} FROM Contact"):
        with suppress(QueryRefusedError):
            run(org(), query, DATA)


@given(
    st.lists(st.sampled_from(["a@x.example", "A@X.example", "b@x.example", None])),
    st.sampled_from(["a@x.example", "c@x.example"]),
)
def test_equal_and_unlike_share_everybody_out(emails: list[str | None], asked: str) -> None:
    made = org()
    for n, email in enumerate(emails):
        made.put("Contact", {"Id": f"003{n:012}", "LastName": str(n), "Email": email})

    def found(where: str) -> set[str]:
        return set(names(made, where))

    everybody = found("")
    for one, other in (
        (f"WHERE Email = '{asked}'", f"WHERE Email != '{asked}'"),
        (f"WHERE Email IN ('{asked}')", f"WHERE Email NOT IN ('{asked}')"),
        ("WHERE Email LIKE 'a%'", "WHERE NOT Email LIKE 'a%'"),
    ):
        assert found(one) | found(other) == everybody
        assert not found(one) & found(other)
