"""Parts of texts: where they begin and end, what fails where there is no such part, and what an address always has."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, NEVER, SOMETIMES, verdicts
from tests.judge.test_judge_chunk import EACH, REJECT, blocks


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("c.LastName.substring(0, 1)", NEVER),
        ("c.LastName.substring(0, 3)", SOMETIMES),
        ("c.LastName.substring(3, 1)", ALWAYS),
        ("c.LastName.substring(0, c.LastName.indexOf('-'))", SOMETIMES),
        ("c.LastName.substring(c.LastName.indexOf('-'))", SOMETIMES),
        ("c.LastName.substring(c.LastName.indexOf('-') + 1)", NEVER),
        ("c.LastName.split('-')[0]", NEVER),
        ("c.LastName.split('-')[1]", SOMETIMES),
        ("c.LastName.contains('-') ? c.LastName.split('-')[1] : ''", SOMETIMES),
        ("'a-b'.split('-')[1]", NEVER),
        ("'a-'.split('-')[1]", ALWAYS),
        ("c.Email == null ? '' : c.Email.split('@')[1]", NEVER),
        ("c.Email == null ? '' : c.Email.split('\\\\.')[1]", SOMETIMES),
        ("c.Email == null ? '' : c.Email.substring(0, c.Email.indexOf('@'))", NEVER),
        ("c.Email == null ? '' : c.Email.substring(c.Email.indexOf('@') + 1)", NEVER),
    ],
)
def test_a_part_that_is_not_there_throws(part: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ String part = {part}; }}") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("c.LastName.substringBefore('-') == 'x'", SOMETIMES),
        ("c.LastName.substringAfter('-') == 'x'", SOMETIMES),
        ("c.LastName.substringAfter('-') == 'x' && !c.LastName.contains('-')", NEVER),
        ("c.LastName.length() > 3 && c.LastName.substring(1) == 'abc'", SOMETIMES),
        ("c.Email != null && c.Email.split('@')[1] == 'example.org'", SOMETIMES),
        ("c.LastName.toLowerCase().contains('-x')", SOMETIMES),
        ("c.LastName.toLowerCase().contains('-X')", NEVER),
        ("c.LastName.toUpperCase().endsWith('x')", NEVER),
    ],
)
def test_what_a_part_is(condition: str, expected: Verdict) -> None:
    assert blocks(f"{EACH} {{ if ({condition}) {REJECT} }}") is expected


def test_a_number_of_nobody_does_not_put_a_condition_in_doubt() -> None:
    write = f"Integer n = crm.Rows.all() - 1; {EACH} {{ if (n > 3 && c.DoNotCall) c.HasOptedOutOfEmail = true; }}"
    assert verdicts(write) == [NEVER, NEVER, NEVER, SOMETIMES]


def test_a_number_that_a_text_says_is_never_null() -> None:
    count = "Decimal most = 1; if (c.DoNotCall) most = Decimal.valueOf(crm.Rows.most() + ''); most = most + 1;"
    assert blocks(f"{EACH} {{ {count} }}") is NEVER


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ("Account", "Name", NEVER),
        ("Account", "Phone", SOMETIMES),
        ("Account", "LastName", SOMETIMES),
        ("Case", "CaseNumber", NEVER),
        ("Region__c", "Name", NEVER),
        ("Region__c", "Code__c", SOMETIMES),
    ],
)
def test_a_row_lacks_no_field_that_every_record_has(row: str, field: str, expected: Verdict) -> None:
    assert blocks(f"for ({row} r : [SELECT {field} FROM {row}]) {{ String part = r.{field}.left(3); }}") is expected


def test_no_row_is_without_an_id_or_a_required_field() -> None:
    by_id = "for (RecordType r : [SELECT Id, Name FROM RecordType]) { if (r.Id == c.OtherId__c && c.OtherId__c == null) {0} }"
    assert blocks(f"{EACH} {{ {by_id.replace('{0}', REJECT)} }}") is NEVER
    named = "for (Account a : [SELECT Name FROM Account]) { if (a.Name == c.Title && c.Title == null) {0} }"
    assert blocks(f"{EACH} {{ {named.replace('{0}', REJECT)} }}") is NEVER
