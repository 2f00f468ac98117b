"""Writes small data directories for tests."""

from pathlib import Path

CONTACTS = "Id,Email,HasOptedOutOfEmail,LastModifiedDate\n"
LEADS = "Id,Email,HasOptedOutOfEmail,LastModifiedDate,IsConverted\n"
MEMBERSHIPS = (
    "Id,wbsendit__Email__c,wbsendit__State__c,wbsendit__List_Id__c,"
    "wbsendit__Contact__c,wbsendit__Lead__c,LastModifiedDate\n"
)  # fmt: skip
LISTS = "wbsendit__List_Id__c,wbsendit__Prevent_Member_Sync__c,wbsendit__Last_Synced__c\n"


def export(
    folder: Path, *, contacts: str = "", leads: str = "", memberships: str = "", lists: str | None = None
) -> Path:
    """Write the files of a data directory, each given as its rows without the header."""
    folder.mkdir(exist_ok=True)
    files = {
        "Contact": CONTACTS + contacts,
        "Lead": LEADS + leads,
        "wbsendit__Subscription__c": MEMBERSHIPS + memberships,
    }
    if lists is not None:
        files["wbsendit__Subscriber_List__c"] = LISTS + lists
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
    return folder
