"""Data directories for tests: people and memberships that a test makes up, written as an org exports them."""

import csv
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

LIST, OTHER_LIST, QUIET_LIST, LATE_LIST = "l" * 32, "m" * 32, "n" * 32, "o" * 32
NOW, EARLIER, LONG_AGO = "2026-11-22T10:00:00.000Z", "2026-11-22T09:00:00.000Z", "2026-11-20T09:00:00.000Z"
_HEADERS = {
    "Contact": ("Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate", "IsPersonAccount", "Phone", "Level__c"),
    "Lead": ("Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate", "IsConverted", "ConvertedContactId"),
    "wbsendit__Subscription__c": (
        "Id",
        "wbsendit__Email__c",
        "wbsendit__State__c",
        "wbsendit__List_Id__c",
        "wbsendit__Contact__c",
        "wbsendit__Lead__c",
        "LastModifiedDate",
    ),
    "wbsendit__Subscriber_List__c": (
        "wbsendit__List_Id__c",
        "wbsendit__Prevent_Member_Sync__c",
        "wbsendit__Last_Synced__c",
    ),
    "CronTrigger": ("Id", "CronJobDetail.Name", "State", "PreviousFireTime"),
}
LISTS = ((LIST, "false", EARLIER), (OTHER_LIST, "false", EARLIER), (QUIET_LIST, "true", LONG_AGO))


@dataclass
class Export:
    """An org's records, table by table."""

    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: {name: [] for name in _HEADERS})
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def contact(
        self, email: str, *, ticked: bool = False, person_account: bool = False, phone: str = "1", level: str = ""
    ) -> str:
        return self._add("Contact", "003", email, _word(ticked), EARLIER, _word(person_account), phone, level)

    def lead(self, email: str, *, ticked: bool = False, converted: bool = False, became: str = "") -> str:
        return self._add("Lead", "00Q", email, _word(ticked), EARLIER, _word(converted), became)

    def member(  # noqa: PLR0913 - a column each
        self,
        email: str,
        state: str = "Unsubscribed",
        *,
        of: str = LIST,
        contact: str = "",
        lead: str = "",
        changed: str = LONG_AGO,
    ) -> str:
        return self._add("wbsendit__Subscription__c", "a0M", email, state, of, contact, lead, changed)

    def write(self, folder: Path) -> Path:
        """Write every table that has rows, and those that must be there."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            if rows or name in ("Contact", "Lead", "wbsendit__Subscription__c"):
                with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                    csv.writer(stream).writerows([_HEADERS[name], *rows])
        return folder

    def _add(self, table: str, prefix: str, *values: str) -> str:
        id_ = f"{prefix}{next(self.numbers):012d}AAA"
        self.tables[table].append((id_, *values))
        return id_


def _word(flag: bool) -> str:
    return "true" if flag else "false"


def synced() -> Export:
    """An export of an org whose sync runs: two lists just synced, one that nobody syncs, a scheduled job."""
    export = Export()
    export.tables["wbsendit__Subscriber_List__c"] += LISTS
    export.tables["CronTrigger"].append(("08e000000000001AAA", "Primary sync", "WAITING", NOW))
    return export
