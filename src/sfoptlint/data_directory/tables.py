"""The files of a data directory and the columns that each must have."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One object's file: `columns` must be there, any others may be."""

    name: str
    columns: tuple[str, ...]
    optional: bool = False


CONTACT = Table("Contact", ("Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate"))
LEAD = Table("Lead", (*CONTACT.columns, "IsConverted"))
SUBSCRIPTION = Table(
    "wbsendit__Subscription__c",
    (
        "Id",
        "wbsendit__Email__c",
        "wbsendit__State__c",
        "wbsendit__List_Id__c",
        "wbsendit__Contact__c",
        "wbsendit__Lead__c",
    ),
)
SUBSCRIBER_LIST = Table(
    "wbsendit__Subscriber_List__c",
    ("wbsendit__List_Id__c", "wbsendit__Prevent_Member_Sync__c", "wbsendit__Last_Synced__c"),
    optional=True,
)
CRON_TRIGGER = Table("CronTrigger", (), optional=True)
ASYNC_APEX_JOB = Table("AsyncApexJob", (), optional=True)

TABLES = (CONTACT, LEAD, SUBSCRIPTION, SUBSCRIBER_LIST, CRON_TRIGGER, ASYNC_APEX_JOB)
