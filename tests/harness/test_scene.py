"""From exports to the two fakes: what is made of each row, and what is the same again with the same seed."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from sfoptlint.clients.wire import Request
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Settings
from sfoptlint.harness.account_scene import account_from
from sfoptlint.harness.exports import read_exports
from sfoptlint.harness.fake_campaign_monitor.account import ALL_CLIENT_LISTS
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.local.fakes import fakes
from sfoptlint.harness.org_scene import fill
from tests.clients.wires import StandingClock
from tests.harness.served import write_export, write_org
from tests.harness.worlds import NOON, org

CONTACTS = """id,EMAIL,HasOptedOutOfEmail,LastModifiedDate,Score__c,Vip__c
003000000000001,a@x.example,1,2026-11-20 10:00:00,7,TRUE
"""
LEADS = "Id,Email,HasOptedOutOfEmail,LastModifiedDate,IsConverted\n"
MEMBERS = (
    "Id,wbsendit__Email__c,wbsendit__State__c,wbsendit__List_Id__c,wbsendit__Contact__c,wbsendit__Lead__c,"
    "LastModifiedDate\n"
)
ROWS = (
    "a,A@x.example,Active,l1,,,2026-11-21T10:00:30Z\nb,b@x.example,Suppressed,l2,,,\n"
    "c, a@X.example ,Bounced,l2,,,2026-11-22T10:00:00Z\nd,,Active,l1,,,\ne,c@x.example,Spam,l1,,,\n"
)
LISTS = (
    "wbsendit__List_Id__c,wbsendit__List_Name__c,wbsendit__Prevent_Member_Sync__c,wbsendit__Last_Synced__c,"
    "wbsendit__Unsubscribe_Setting__c,wbsendit__List_Type__c,wbsendit__Client_ID__c\n"
    "l2,Offers,false,,All Client Lists,Confirmed opt-in (confirmation required),c9\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "Contact.csv").write_text(CONTACTS)
    (folder / "Lead.csv").write_text(LEADS)
    (folder / "wbsendit__Subscription__c.csv").write_text(MEMBERS + ROWS)
    (folder / "wbsendit__Subscriber_List__c.csv").write_text(LISTS)
    (folder / "Account.csv").write_text("Id,Name,AnnualRevenue\n001000000000001,Shore,12.50\n")
    return folder


def filled(data: Path) -> Org:
    made = org()
    fill(made, read_exports(data))
    return made


def test_records_have_their_types_and_nothing_blank_that_cannot_be(data: Path) -> None:
    made = filled(data)
    (contact,) = made.records(made.object("Contact"))
    values = contact.values
    assert contact.id == "003000000000001AAA"
    assert (values["Email"], values["HasOptedOutOfEmail"], values["Vip__c"]) == ("a@x.example", True, True)
    assert values["Score__c"] == "7"
    assert (values["LastName"], values["DoNotCall"]) == ("Not exported", False)
    (account,) = made.records(made.object("account"))
    assert str(account.values["AnnualRevenue"]) == "12.50"


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("Contact.csv", CONTACTS.replace(",1,", ",perhaps,"), "Contact.csv:2: HasOptedOutOfEmail is no boolean"),
        ("Account.csv", "Id,AnnualRevenue\n001000000000001,NaN\n", "Account.csv:2: AnnualRevenue is no double"),
        ("Contact.csv", CONTACTS.replace("2026-11-20", "2026-02-30"), "Contact.csv:2: LastModifiedDate is no datetime"),
    ],
)
def test_a_value_that_does_not_fit_is_told_by_its_place(data: Path, file: str, text: str, said: str) -> None:
    (data / file).write_text(text)
    with pytest.raises(UsageError, match=said):
        filled(data)


def test_memberships_make_the_account(data: Path) -> None:
    told: list[str] = []
    made = account_from(read_exports(data), StandingClock(NOON), Random(1), told.append)
    assert {m.title: (m.client_id == "c9", m.confirmed_opt_in) for m in made.lists.values()} == {
        "Offers": (True, True),
        "l1": (False, False),
    }
    assert made.lists["l2"].unsubscribe_setting == ALL_CLIENT_LISTS
    assert {key: entry.state for key, entry in made.lists["l1"].entries.items()} == {
        "a@x.example": "Active",
        "c@x.example": "Spam",
    }
    assert str(made.lists["l1"].entries["a@x.example"].date) == "2026-11-21 10:00:00"
    assert made.lists["l2"].entries["a@x.example"].state == "Bounced"
    assert list(made.clients["c9"].suppression) == ["b@x.example"]
    assert [line.split(": ", 1)[1] for line in told] == [
        "has no list or no address, and is not on the Campaign Monitor side"
    ]


def answers(folder: Path, seed: int) -> Iterator[bytes]:
    """Yield what the fakes say of themselves, and of a lead that is made."""
    token = {"Authorization": "Bearer t"}
    with fakes(folder / "org", folder / "data", Settings(), seed, lambda _: None) as switch:
        lead = Request(
            "POST", "http://h/services/data/v64.0/sobjects/Lead", token, b'{"LastName": "A", "Company": "C"}'
        )
        yield switch.send(lead).body
        for path in ("clients.json", "systemdate.json", "lists/news/active.json", "lists/news/unsubscribed.json"):
            yield switch.send(Request("GET", f"http://h/api/v3.3/{path}", token)).body


def test_the_same_seed_makes_the_same_ids_and_dates(tmp_path: Path) -> None:
    write_org(tmp_path / "org")
    write_export(tmp_path / "data")
    assert list(answers(tmp_path, 7)) == list(answers(tmp_path, 7))
    assert list(answers(tmp_path, 7))[:2] != list(answers(tmp_path, 8))[:2]
