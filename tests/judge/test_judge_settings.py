"""Custom settings and custom metadata records: which of them are one, which may be missing."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import NEVER, SOMETIMES
from tests.judge.test_judge_chunk import EACH, REJECT, blocks


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("Switch__c.getInstance().On__c != Switch__c.getInstance().On__c", NEVER),
        ("Switch__c.getInstance().On__c != Switch__c.getInstance(UserInfo.getUserId()).On__c", NEVER),
        ("Switch__c.getInstance().On__c != Switch__c.getOrgDefaults().On__c", SOMETIMES),
        ("Switch__c.getInstance().On__c != Switch__c.getInstance(UserInfo.getProfileId()).On__c", SOMETIMES),
        ("Switch__c.getOrgDefaults().On__c != Switch__c.getOrgDefaults().On__c", NEVER),
        ("Switch__c.getInstance() == null || Switch__c.getOrgDefaults() == null", NEVER),
        ("Switch__c.getValues(UserInfo.getProfileId()) == null", SOMETIMES),
        ("Switch__c.getValues('Contact') == null", SOMETIMES),
        ("Switch__c.getInstance(Trigger.new[0].LastName) == null", SOMETIMES),
        ("Switch__mdt.getInstance('Contact') == null", SOMETIMES),
    ],
)
def test_settings_that_are_one(condition: str, expected: Verdict) -> None:
    assert blocks(f"if ({condition}) {{ {EACH} {REJECT} }}") is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Switch__c.getInstance()", NEVER),
        ("Switch__c.getOrgDefaults()", NEVER),
        ("Switch__c.getValues('Contact')", SOMETIMES),
        ("Switch__c.getInstance(UserInfo.getProfileId())", NEVER),
        ("Switch__c.getInstance(Trigger.new[0].LastName)", SOMETIMES),
        ("Switch__mdt.getInstance('Contact')", NEVER),
    ],
)
def test_a_setting_that_is_missing_fails_where_it_is_read(row: str, expected: Verdict) -> None:
    assert blocks(f"String name = {row}.Name;") is expected
