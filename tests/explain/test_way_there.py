import pytest

from sfoptlint.explain.way_there import Way, ways_there
from tests.explain.guards import guard

WAYS = {
    "ISBLANK(Phone)": [Way.LEGACY],
    "TRUE": [Way.LEGACY],
    'RecordType.DeveloperName = "a"': [Way.LEGACY],
    "Start__c < TODAY()": [Way.CLOCK],
    "CreatedDate < NOW()": [Way.CLOCK],
    'ISPICKVAL(Account.Type, "a")': [Way.OTHER_OBJECT],
    "Phone = VLOOKUP($ObjectType.Z__c.Fields.R__c, $ObjectType.Z__c.Fields.Name, Phone)": [Way.OTHER_OBJECT],
    'AND(ISBLANK(Phone), $Profile.Name <> "Admin")': [Way.USER],
    "NOT($Permission.Skip)": [Way.USER],
    '$UserRole.Name = "a"': [Way.USER],
    "$Setup.B__c.Off__c": [Way.CONFIGURATION],
    "Phone = $Label.Home": [Way.CONFIGURATION],
    "Phone = $CustomMetadata.T__mdt.R.F__c": [Way.CONFIGURATION],
    'AND($Setup.B__c.Off__c, $User.Alias = "x", Account.Active__c, Start__c > TODAY())': [
        Way.CLOCK,
        Way.OTHER_OBJECT,
        Way.USER,
        Way.CONFIGURATION,
    ],
}


@pytest.mark.parametrize("formula", WAYS)
def test_a_record_gets_there_by_what_the_rule_reads(formula: str) -> None:
    ways = ways_there(guard(formula))
    assert [way.way for way in ways] == WAYS[formula]
    assert all(way.sentence.startswith("the r") for way in ways)
