"""A data directory with a person for each thing that a reconciliation counts."""

from pathlib import Path

from tests.orgs import write

FILES = {
    "Contact.csv": """\
Id,Email,HasOptedOutOfEmail,LastModifiedDate,Reason__c
003000000000001AAA, Ann@Example.com\u00a0,false,2026-11-01T00:00:00Z,
003000000000002AAA,bob@example.com,true,2026-11-01T00:00:00Z,moved
003000000000003AAA,cy@example.com,false,2026-11-01T00:00:00Z,moved
003000000000004AAA,CY@example.com,false,2026-11-01T00:00:00Z,moved
003000000000005AAA,,false,2026-11-01T00:00:00Z,
003000000000006AAA,eve+news@example.com,true,2026-11-01T00:00:00Z,
""",
    "Lead.csv": """\
Id,Email,HasOptedOutOfEmail,LastModifiedDate,IsConverted
00Q000000000001AAA,ann@example.com,false,2026-11-01T00:00:00Z,true
00Q000000000002AAA,dee@example.com,false,2026-11-01T00:00:00Z,false
""",
    "wbsendit__Subscription__c.csv": """\
Id,wbsendit__Email__c,wbsendit__State__c,wbsendit__List_Id__c,wbsendit__Contact__c,wbsendit__Lead__c
a01000000000001AAA,ann@example.com,Unsubscribed,L1,,
a01000000000002AAA,elsewhere@example.com,Active,L1,003000000000002,
a01000000000003AAA,cy@example.com,Deleted,L1,,
a01000000000004AAA,dee@example.com,Unsubscribed,L1,,
a01000000000005AAA,dee@example.com,Bounced,L2,,
a01000000000006AAA,nobody@example.com,Unsubscribed,L2,,
a01000000000007AAA,eve+news@example.com,Unsubscribed,L2,,
""",
}


def write_data(root: Path) -> Path:
    """Write the files below a folder and return it."""
    return write(root, FILES)
