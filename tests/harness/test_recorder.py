"""What a recorder keeps: enough to replay, no address, no token."""

import json
from pathlib import Path
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import OAuth
from sfoptlint.clients.campaign_monitor.records import NewSubscriber, State
from sfoptlint.clients.errors import ApiError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.bulk import BulkJobs
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.harness.cassette.cassette import Cassette, Origin
from sfoptlint.harness.cassette.disguise import Disguise
from sfoptlint.harness.cassette.reading import read_cassette
from sfoptlint.harness.cassette.recorder import Recorder
from sfoptlint.harness.cassette.redaction import Redaction
from sfoptlint.harness.cassette.writing import write_cassette
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from tests.clients.wires import ScriptedTransport, StandingClock
from tests.harness.worlds import account, org

KEY = b"a key"
ADDRESSES = [
    "Ann.Shore@Harbour.example",
    "ann.shore@harbour.example",
    "bo+news@harbour.example",
    "CY@PIER.EXAMPLE",
    "o'dee@pier.example",
]
NAMES = ["Ann Shorely", "Pieterson", "+61 491 570 156"]
TOKEN, REFRESH, SESSION = "tok3nT0ken", "r3freshRefresh", "00D000000000001!AQsess1on"


def redaction() -> Redaction:
    return Redaction(Disguise(KEY), [TOKEN, REFRESH, SESSION], {"acme-harbour.my.salesforce.com": "org.example"})


def recorded(folder: Path) -> tuple[Cassette, str]:
    """Speak to both fakes through a recorder, about everybody, and return the cassette and all that was written."""
    state, people = account("news"), org()
    for at, email in enumerate(ADDRESSES):
        state.put("news", email, list(State)[at % 5])
        state.lists["news"].entries[email.lower()].name = NAMES[0]
        people.put(
            "Contact",
            {
                "Id": f"003{at:012}",
                "Email": email,
                "LastName": NAMES[1],
                "Phone": NAMES[2],
                "HasOptedOutOfEmail": False,
            },
        )
    clock, told = StandingClock(), list[str]()
    theirs = Recorder(FakeCampaignMonitor(state), redaction(), clock, told.append)
    api = CampaignMonitor(Calls(theirs, OAuth(TOKEN, REFRESH)))
    for one in State:
        list(api.subscribers("news", one))
    for email in ADDRESSES:
        api.subscriber("news", email)
        api.lists_for_email("c1", email)
    api.import_subscribers("news", [NewSubscriber(email, NAMES[0]) for email in ADDRESSES])
    api.subscribe("news", NewSubscriber("New@pier.example", NAMES[0]))
    with pytest.raises(ApiError):
        api.unsubscribe("news", "nobody@pier.example")
    ours = Recorder(FakeOrg(people), redaction(), clock, told.append)
    access = Access("https://acme-harbour.my.salesforce.com", SESSION)
    sf = Salesforce(ours, access)
    where = " OR ".join(f"Email = '{email.replace(chr(39), chr(92) + chr(39))}'" for email in ADDRESSES)
    list(
        sf.query(
            f"SELECT Id, Email, LastName, Phone, HasOptedOutOfEmail FROM Contact WHERE {where} OR LastName = '{NAMES[1]}'"
        )
    )
    sf.update("Contact", [{"Id": "003000000000000", "Email": ADDRESSES[2], "LastName": NAMES[1]}])
    list(
        BulkJobs(ours, access, clock).update(
            "Contact", [{"Id": "003000000000001", "Email": ADDRESSES[3], "LastName": NAMES[1]}]
        )
    )
    sf.describe("Contact")
    assert told == []
    for name, recorder in (("cm", theirs), ("sf", ours)):
        write_cassette(recorder.cassette("a test"), folder / f"{name}.yaml")
    return ours.cassette("a test"), "\n".join(file.read_text() for file in sorted(folder.iterdir()))


def test_nothing_of_anybody_is_kept(tmp_path: Path) -> None:
    _, text = recorded(tmp_path)
    lowered = text.lower()
    for secret in [
        *ADDRESSES,
        *NAMES,
        TOKEN,
        REFRESH,
        SESSION,
        "ann.shore",
        "harbour",
        "pier.example",
        "bo+",
        "o'dee",
        "acme",
        KEY.decode(),
    ]:
        assert secret.lower() not in lowered, secret
    assert "Bearer" not in text
    assert "%40harbour" not in lowered


def test_a_recording_says_that_it_is_one(tmp_path: Path) -> None:
    recorded(tmp_path)
    header = read_cassette(tmp_path / "sf.yaml").header
    assert (header.origin, header.source, header.recorded) == (Origin.RECORDED, "a test", "2026-11-22T10:00:00Z")
    assert header.redaction == Disguise(KEY).name


def test_what_a_sync_needs_is_kept(tmp_path: Path) -> None:
    cassette, _ = recorded(tmp_path)
    query = cassette.interactions[0]
    rows = json.loads(query.response.body)["records"]
    assert rows[0]["Email"].lower() == rows[1]["Email"].lower()
    assert rows[0]["Email"] != rows[1]["Email"]
    assert rows[0]["HasOptedOutOfEmail"] is False
    assert rows[0]["LastName"] == rows[0]["Phone"] == "redacted"
    assert query.request.url.startswith("https://org.example/services/data/v64.0/query/?q=")
    described = json.loads(cassette.interactions[-1].response.body)
    assert {"name": "Email", "type": "email"}.items() <= next(
        f for f in described["fields"] if f["name"] == "Email"
    ).items()


PARTS = st.text(ascii_letters + "0123456789.-", min_size=1, max_size=20).filter(lambda t: t.strip(".-") == t)
ADDRESS = st.builds(
    lambda local, tag, domain: f"{local}{tag}@{domain}.example", PARTS, st.sampled_from(["", "+x", "+News"]), PARTS
)


@given(ADDRESS, ADDRESS)
def test_a_disguise_keeps_what_is_the_same_and_what_is_not(one: str, other: str) -> None:
    disguise = Disguise(KEY)
    left, right = disguise.address(one), disguise.address(other)
    assert (left.lower() == right.lower()) == (one.lower() == other.lower())
    assert disguise.address(one.lower()).lower() == left.lower()
    assert disguise.address(one.lower()) == disguise.address(one).lower()
    assert ("+" in left) == ("+" in one)
    assert (left.partition("@")[2].lower() == right.partition("@")[2].lower()) == (
        one.partition("@")[2].lower() == other.partition("@")[2].lower()
    )
    assert disguise.text(f" {one} ") == f" {left} "
    assert Disguise(b"another").address(one) != left


def test_a_disguise_in_a_url_stays_encoded() -> None:
    disguise = Disguise(KEY)
    kept = redaction().url("https://cm.example/a?email=Bo%2Bx%40pier.example&page=1")
    assert kept.startswith("https://cm.example/a?email=")
    assert "%2B" in kept
    assert "%40" in kept
    assert disguise.text("bo%2Bx%40pier.example") == disguise.address("bo+x@pier.example").replace("+", "%2B").replace(
        "@", "%40"
    )


LEAKS: list[tuple[Request, Response]] = [
    (Request("GET", f"https://a.example/x?sid={SESSION}"), Response(200)),
    (Request("GET", "https://a.example/x"), json_response(200, {"message": f"your token {TOKEN} is bad"})),
    (Request("POST", "https://a.example/x", {}, json.dumps({"q": "Bearer abcdef"}).encode()), Response(200)),
    (Request("GET", "https://a.example/x"), json_response(200, {"message": "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl"})),
    (Request("GET", "https://a.example/x"), json_response(200, {"url": "https://b.example/?access_token=abc"})),
]


@pytest.mark.parametrize(("request_", "response"), LEAKS)
def test_an_exchange_with_a_token_is_not_kept_and_that_is_told(request_: Request, response: Response) -> None:
    told: list[str] = []
    recorder = Recorder(ScriptedTransport([response]), redaction(), StandingClock(), told.append)
    assert recorder.send(request_) is response
    assert recorder.cassette("x").interactions == ()
    assert len(told) == 1
    assert "it is not recorded" in told[0]
    assert SESSION not in told[0]
    assert TOKEN not in told[0]


def test_where_tokens_are_had_nothing_is_kept() -> None:
    answer = json_response(200, {"access_token": "a", "refresh_token": "b"})
    recorder = Recorder(ScriptedTransport([answer]), redaction(), StandingClock())
    recorder.send(Request("POST", "https://api.createsend.com/oauth/token", {}, b"refresh_token=b"))
    assert recorder.cassette("x").interactions == ()


def test_what_cannot_be_read_is_left_out() -> None:
    answers = [
        Response(502, {"Content-Type": "text/html"}, b"<p>Ann Shorely</p>"),
        Response(200, {"Content-Type": "application/json"}, b'{"Name": "Ann Shorely'),
        Response(200, {"Content-Type": "text/csv"}, b'Id,Name\n1,"Ann Shorely'),
    ]
    recorder = Recorder(ScriptedTransport(answers), redaction(), StandingClock())
    for _ in answers:
        recorder.send(Request("GET", "https://a.example/x"))
    kept = [one.response for one in recorder.cassette("x").interactions]
    assert [response.status for response in kept] == [502, 200, 200]
    assert all(b"Ann" not in response.body for response in kept)
