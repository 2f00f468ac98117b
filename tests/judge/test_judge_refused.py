"""Values that a trigger leaves in its record, and that a field of it does not take."""

import pytest

from sfoptlint.core.verdict import Verdict
from tests.judge.test_judge_apex import ALWAYS, BLOCK, HEAD, NEVER, OUT, SOMETIMES, rows

KEY = "<CustomField><fullName>Key__c</fullName><type>Text</type><length>80</length><unique>true</unique></CustomField>"
VALUES = "".join(f"<value><fullName>{word}</fullName></value>" for word in ("Gold", "Silver"))
LEVEL = (
    "<CustomField><fullName>Level__c</fullName><type>Picklist</type><valueSet><restricted>true</restricted>"
    f"<valueSetDefinition>{VALUES}</valueSetDefinition></valueSet></CustomField>"
)


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        ("c.Key__c = c.Email;", SOMETIMES),
        ("c.Key__c = c.Email + c.LastName;", SOMETIMES),
        ("if (crm.Switch.isOn()) c.Key__c = c.Email;", SOMETIMES),
        ("c.Key__c = c.Key__c;", NEVER),
        ("c.Key__c = null;", NEVER),
        ("c.Key__c = c.Id;", NEVER),
        ("c.Key__c = c.Email; c.Key__c = null;", NEVER),
        ("c.Key__c = UUID.randomUUID().toString();", NEVER),
        ("if (c.Email != Trigger.oldMap.get(c.Id).Email) c.Key__c = c.Email;", NEVER),
        ("c.Level__c = 'Bronze';", ALWAYS),
        ("c.Level__c = 'gold';", NEVER),
        ("if (c.Level__c == 'Bronze') c.Level__c = 'Bronze';", NEVER),
        ("c.Level__c = c.DoNotCall ? 'Gold' : 'Bronze';", SOMETIMES),
    ],
)
def test_a_value_that_its_field_refuses_rejects_the_record(write: str, expected: Verdict) -> None:
    files = {
        "triggers/Guard.trigger": f"{HEAD} {{ for (Contact c : Trigger.new) {{ {write} }} }}",
        "objects/Contact/fields/Key__c.field-meta.xml": KEY,
        "objects/Contact/fields/Level__c.field-meta.xml": LEVEL,
    }
    assert rows(files)[OUT, BLOCK].verdict is expected
