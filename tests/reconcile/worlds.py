"""Made-up worlds, and how each is written as a data directory."""

import csv
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import strategies as st

from sfoptlint.core.settings import Link, Policy
from tests.reconcile.reference import MadeUp, Member, Someone

EMAILS = st.sampled_from(
    [
        "a@x.org", "A@X.ORG", " a@x.org\t", "\u00a0a@x.org", "b@x.org", "b+1@x.org", "", " ", "\u0130@x.org", "i\u0307@x.org",
        "\u00c9@x.org", "\u00e9@x.org", 'q"u,o@x.org', "c@x.org\n", "C@x.org", "d@x.org", "e@x.org", "\u212a@x.org", "k@x.org",
    ]
)  # fmt: skip
KEYS = st.integers(1, 8).map("0000000000000{:02}".format)
IDS = st.builds(str.__add__, KEYS, st.sampled_from(["", "AAA", "AAB"]))
STATES = st.sampled_from(
    ["Unsubscribed"] * 4 + ["Deleted"] * 2 + ["Active", "Bounced", "Unconfirmed", "Suppressed", "Spam", ""]
)
LISTS = st.sampled_from(["l1", "l2", "l3", ""])
MOMENTS = st.none() | st.integers(0, 9).map(lambda day: datetime(2026, 11, 10, 12, tzinfo=UTC) + timedelta(days=day))
POLICIES = st.builds(
    Policy,
    opted_out_states=st.frozensets(st.sampled_from(["Unsubscribed", "Deleted", "Suppressed"])),
    ignored_states=st.frozensets(st.sampled_from(["Deleted", "Bounced", "Unconfirmed", "Suppressed"])),
    link=st.sampled_from(list(Link)),
) | st.just(Policy())  # fmt: skip


def _people(object_: str, converted: st.SearchStrategy[bool]) -> st.SearchStrategy[list[Someone]]:
    one = st.builds(Someone, st.just(object_), IDS, EMAILS, st.booleans(), converted)
    return st.lists(one, max_size=6, unique_by=lambda someone: someone.id[:15])


def _member() -> st.SearchStrategy[Member]:
    lookup = st.just("") | IDS
    return st.builds(Member, EMAILS, STATES, LISTS, lookup, lookup, MOMENTS)


WORLDS = st.builds(
    MadeUp,
    people=st.builds(list.__add__, _people("Contact", st.just(False)), _people("Lead", st.booleans())),
    members=st.lists(_member(), max_size=12),
    synced=st.dictionaries(LISTS, MOMENTS, max_size=3),
)

FLAGS = st.sampled_from([("true", "false"), ("1", "0"), ("TRUE", "FALSE"), ("Yes", ""), ("\ttrue", "no ")])
FORMS = st.sampled_from(
    [
        "%Y-%m-%dT%H:%M:%S.000Z",
        "%Y-%m-%dT%H:%M:%S.000+0000",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%S%z",
        "%Y-%m-%d %H:%M  Z",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n"])


def written(folder: Path, world: MadeUp, flags: tuple[str, str], form: str, end: str) -> Path:
    """Write a world as exports in one of their forms, and return the folder."""

    def flag(value: bool) -> str:
        return flags[0] if value else flags[1]

    def moment(value: datetime | None) -> str:
        east = timezone(timedelta(hours=5, minutes=30)) if form.endswith("%z") else UTC
        return value.astimezone(east).strftime(form) if value else ""

    columns = ["Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate"]
    contacts = [[p.id, p.email, flag(p.opted_out), ""] for p in world.people if p.object == "Contact"]
    leads = [[p.id, p.email, flag(p.opted_out), "", flag(p.converted)] for p in world.people if p.object == "Lead"]
    _write(folder / "Contact.csv", columns, contacts, end)
    _write(folder / "Lead.csv", [*columns, "IsConverted"], leads, end)
    _write(
        folder / "wbsendit__Subscription__c.csv",
        [
            "LastModifiedDate",
            "Id",
            *(f"wbsendit__{name}__c" for name in ("Email", "State", "List_Id", "Contact", "Lead")),
        ],
        [
            [moment(m.changed), f"m{n}", m.email, m.state, m.list_id, m.contact, m.lead]
            for n, m in enumerate(world.members)
        ],
        end,
    )
    _write(
        folder / "wbsendit__Subscriber_List__c.csv",
        [f"wbsendit__{name}__c" for name in ("List_Id", "Prevent_Member_Sync", "Last_Synced")],
        [[list_id, "0", moment(synced)] for list_id, synced in world.synced.items()],
        end,
    )
    return folder


def _write(file: Path, columns: list[str], rows: list[list[str]], end: str) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator=end)
        writer.writerows([columns, *rows])
