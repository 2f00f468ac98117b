"""A witness looks like a record that an admin could have, and holds no more than it needs."""

from datetime import date
from decimal import Decimal

import pytest

from sfoptlint.core.expr import Value
from tests.decide.asking import ask


@pytest.mark.parametrize(
    ("formula", "field", "value"),
    [
        ("NOT(ISBLANK(Email))", "Email", "alex@example.com"),
        ("NOT(ISBLANK(Phone))", "Phone", "+1 555 0100"),
        ("NOT(ISBLANK(AccountId))", "AccountId", "001000000000001AAA"),
        ("NOT(ISBLANK(LastName))", "LastName", "Rivera"),
        ("NOT(ISBLANK(TEXT(Status__c)))", "Status__c", "Active"),
        ("NOT(ISBLANK(TEXT(Level__c)))", "Level__c", "Gold"),
        ("Score__c > 5", "Score__c", Decimal(6)),
        ("Share__c > 0.5", "Share__c", Decimal(51)),
        ("Score__c < 0", "Score__c", Decimal(-1)),
        ("Start__c > TODAY()", "Start__c", date(2026, 1, 16)),
        ("Start__c < TODAY()", "Start__c", date(2026, 1, 14)),
        ("NOT(REGEX(Phone, '[0-9]+'))", "Phone", None),
        ("AND(NOT(ISBLANK(Phone)), NOT(REGEX(Phone, '[0-9]+')))", "Phone", "+1 555 0100"),
        ("REGEX(Code__c, '[A-Z]{2}-[0-9]{3}')", "Code__c", "AA-000"),
        ("LEN(Code__c) = 5", "Code__c", "Other"),
        ("AND(BEGINS(AccountId, '00G'), NOT(ISBLANK(AccountId)))", "AccountId", "00G000000000001AAA"),
        ("AND(INCLUDES(Topics__c, 'News'), INCLUDES(Topics__c, 'Offers'))", "Topics__c", "News;Offers"),
        ("AND(NOT(ISBLANK(Email)), OR(VIP__c, ISBLANK(Reason__c)))", "VIP__c", False),
        ("OR(AND(VIP__c, ISBLANK(Reason__c)), NOT(ISBLANK(LastName)))", "VIP__c", False),
    ],
)
def test_a_value_is_plain(formula: str, field: str, value: Value) -> None:
    decision = ask(formula)
    assert decision.world is not None
    assert decision.world.after[(field,)] == value


def test_only_what_the_guard_reads_is_needed() -> None:
    decision = ask("AND(ISBLANK(Email), NOT(ISCHANGED(Reason__c)), $Profile.Name <> 'Sync')")
    assert [str(getattr(leaf, "path", getattr(leaf, "name", ""))) for leaf in decision.needed] == [
        "('Email',)",
        "$Profile.Name",
    ]
    assert decision.world is not None
    assert decision.world.after["Reason__c",] is None
    assert decision.world.globals["$Profile.Name"] == "Standard User"


def test_what_is_not_evaluated_is_not_needed() -> None:
    decision = ask("OR(ISBLANK(Email), CONTAINS(Reason__c, 'x'))")
    assert [str(getattr(leaf, "path", "")) for leaf in decision.needed] == ["('Email',)"]
