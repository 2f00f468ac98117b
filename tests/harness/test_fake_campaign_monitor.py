"""The fake answers as the API documents; the client is the one of the sync."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.records import NewSubscriber, State
from sfoptlint.clients.errors import ApiError
from sfoptlint.clients.wire import Request, Response
from sfoptlint.harness.fake_campaign_monitor.account import ALL_CLIENT_LISTS
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from tests.clients.wires import StandingClock
from tests.harness.worlds import NOON, account, campaign_monitor

ANN, BO, CY = "Ann@Shore.example", "bo+x@shore.example", "cy@shore.example"
AUTHORISED = {"Authorization": "Bearer t"}
local = datetime.fromisoformat


def code(ask: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(ApiError) as raised:
        ask()
    return raised.value.status, raised.value.code


def raw(state: FakeCampaignMonitor, method: str, path: str, body: Any = None, **headers: str) -> Response:
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    return state.send(Request(method, f"https://cm.example{path}", {**AUTHORISED, **headers}, data))


def test_each_state_has_its_collection() -> None:
    state = account("news")
    for email, word in ((ANN, "Active"), (BO, "Unsubscribed"), (CY, "Bounced")):
        state.put("news", email, word)
    api = campaign_monitor(state)
    found = {word: [s.email for s in api.subscribers("news", word)] for word in State}
    assert found == {"Active": [ANN], "Unsubscribed": [BO], "Bounced": [CY], "Unconfirmed": [], "Deleted": []}


def test_dates_are_local_and_of_the_minute() -> None:
    state = account("news", zone="Australia/Sydney")
    state.put("news", ANN, "Active")
    api = campaign_monitor(state)
    (ann,) = api.subscribers("news", State.ACTIVE)
    assert ann.date == ann.joined == local("2026-11-22 23:00:00")
    assert api.system_date() == local("2026-11-22 23:00:00")


def test_a_state_keeps_when_it_was_entered_and_joining_stays() -> None:
    clock = StandingClock(NOON)
    state = account("news", clock=clock)
    state.put("news", ANN, "Active")
    clock.sleep(3600)
    api = campaign_monitor(state)
    api.unsubscribe("news", ANN.lower())
    found = api.subscriber("news", " " + ANN)
    assert found is not None
    assert (found.state, found.date, found.joined) == (
        "Unsubscribed",
        local("2026-11-22 13:00"),
        local("2026-11-22 12:00"),
    )
    clock.sleep(3600)
    api.unsubscribe("news", ANN)
    assert api.subscriber("news", ANN) == found


def test_the_filter_takes_who_entered_the_state_then_or_later() -> None:
    state = account("news")
    for minute, email in enumerate((ANN, BO, CY)):
        state.put("news", email, "Active", local(f"2026-11-22 10:0{minute}"))
    api = campaign_monitor(state)
    assert [s.email for s in api.subscribers("news", State.ACTIVE, local("2026-11-22 10:01"))] == [BO, CY]
    fake = FakeCampaignMonitor(state)
    blank = raw(fake, "GET", "/api/v3.3/lists/news/active.json?date=")
    assert [row["EmailAddress"] for row in blank.json()["Results"]] == [ANN, BO, CY]
    by_name = raw(fake, "GET", "/api/v3.3/lists/news/active.json?date=2026-11-22%2010:02&orderfield=email")
    assert by_name.json()["TotalNumberOfRecords"] == 1


@given(
    st.integers(0, 35),
    st.integers(10, 15),
    st.sampled_from(["asc", "desc"]),
    st.sampled_from(["email", "name", "date"]),
)
def test_pages_are_the_whole_in_order(count: int, size: int, direction: str, order: str) -> None:
    state = account("news")
    for n in range(count):
        state.put("news", f"p{n:02}@shore.example", "Active", local("2026-11-22") + timedelta(minutes=n))
    fake = FakeCampaignMonitor(state)
    query = f"pagesize={size}&orderfield={order}&orderdirection={direction}"
    first = raw(fake, "GET", f"/api/v3.3/lists/news/active.json?page=1&{query}").json()
    pages = range(1, max(first["NumberOfPages"], 1) + 1)
    rows = [
        row["EmailAddress"]
        for page in pages
        for row in raw(fake, "GET", f"/api/v3.3/lists/news/active.json?page={page}&{query}").json()["Results"]
    ]
    assert rows == sorted(rows, reverse=direction == "desc")
    assert len(rows) == count == first["TotalNumberOfRecords"]
    beyond = raw(fake, "GET", f"/api/v3.3/lists/news/active.json?page={pages.stop}&{query}").json()
    assert beyond["Results"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("page=0", 800),
        ("page=x", 800),
        ("pagesize=9", 801),
        ("pagesize=1001", 801),
        ("orderfield=state", 802),
        ("orderdirection=up", 803),
        ("date=yesterday", 5),
    ],
)
def test_paging_that_the_api_does_not_take(query: str, expected: int) -> None:
    answer = raw(FakeCampaignMonitor(account("news")), "GET", f"/api/v3.3/lists/news/active.json?{query}")
    assert (answer.status, answer.json()["Code"]) == (400, expected)


def test_an_unsubscribe_reaches_the_clients_other_lists_where_the_list_says_so() -> None:
    state = account("news", "offers", "events")
    state.add_client("c2", "Other")
    state.add_list("theirs", "Theirs", "c2")
    for name in ("news", "offers", "theirs"):
        state.put(name, ANN, "Active")
    state.put("events", ANN, "Bounced")
    state.lists["news"].unsubscribe_setting = ALL_CLIENT_LISTS
    state.lists["news"].suppress_unsubscribed = True
    api = campaign_monitor(state)
    api.unsubscribe("news", ANN)
    assert {m.list_id: m.state for m in api.lists_for_email("c1", ANN)} == {
        "news": "Unsubscribed",
        "offers": "Unsubscribed",
        "events": "Bounced",
    }
    assert state.lists["theirs"].entries[ANN.lower()].state == "Active"
    assert [row.reason for row in api.suppression_page("c1").rows] == ["Unsubscribed"]


def test_an_unsubscribe_stays_on_its_list_otherwise() -> None:
    state = account("news", "offers")
    state.put("news", ANN, "Active")
    state.put("offers", ANN, "Active")
    campaign_monitor(state).unsubscribe("news", ANN)
    assert state.lists["offers"].entries[ANN.lower()].state == "Active"


REFUSALS: list[tuple[Callable[[CampaignMonitor], object], int, str]] = [
    (lambda api: api.unsubscribe("news", CY), 400, "203"),
    (lambda api: api.unsubscribe("news", "Deleted@shore.example"), 400, "203"),
    (lambda api: api.unsubscribe("news", "nobody"), 400, "1"),
    (lambda api: api.delete("news", CY), 400, "203"),
    (lambda api: api.history("news", CY), 400, "203"),
    (lambda api: api.unsubscribe("old", ANN), 401, "101"),
    (lambda api: api.page("old", State.ACTIVE), 401, "101"),
    (lambda api: api.list_details("old"), 401, "101"),
    (lambda api: api.lists("c9"), 401, "102"),
    (lambda api: api.suppression_page("c9"), 401, "102"),
    (lambda api: api.subscribe("news", NewSubscriber("Deleted@shore.example")), 400, "205"),
    (lambda api: api.subscribe("news", NewSubscriber("unsubscribed@shore.example")), 400, "206"),
    (lambda api: api.subscribe("news", NewSubscriber("bounced@shore.example")), 400, "207"),
    (lambda api: api.subscribe("news", NewSubscriber("unconfirmed@shore.example")), 400, "208"),
    (lambda api: api.subscribe("news", NewSubscriber("s@shore.example"), resubscribe=True), 400, "204"),
    (lambda api: api.subscribe("news", NewSubscriber(ANN, consent_to_track="")), 400, "214"),
    (lambda api: api.subscribe("news", NewSubscriber(ANN, consent_to_track="perhaps")), 400, "215"),
    (lambda api: api.import_subscribers("news", []), 400, "212"),
    (lambda api: api.import_subscribers("news", [NewSubscriber(ANN)] * 1001), 400, "209"),
]


@pytest.mark.parametrize(("ask", "status", "expected"), REFUSALS)
def test_what_the_api_refuses_has_its_code(
    ask: Callable[[CampaignMonitor], object], status: int, expected: str
) -> None:
    state = account("news")
    for word in State:
        state.put("news", f"{word.lower()}@shore.example", word)
    state.suppress("c1", "S@shore.example", "Bounced")
    assert code(lambda: ask(campaign_monitor(state))) == (status, expected)


def test_who_left_comes_back_only_when_told_to() -> None:
    state = account("news")
    state.put("news", ANN, "Unsubscribed")
    api = campaign_monitor(state)
    assert api.subscribe("news", NewSubscriber(ANN, "Ann"), resubscribe=True) == ANN
    assert state.lists["news"].entries[ANN.lower()].state == "Active"
    assert state.lists["news"].entries[ANN.lower()].name == "Ann"


def test_a_list_with_confirmed_opt_in_waits_for_the_confirmation() -> None:
    state = account("news")
    state.lists["news"].confirmed_opt_in = True
    campaign_monitor(state).subscribe("news", NewSubscriber(ANN))
    assert state.lists["news"].entries[ANN.lower()].state == "Unconfirmed"


def test_an_import_counts_and_tells() -> None:
    state = account("news")
    state.put("news", ANN, "Active")
    state.put("news", BO, "Unsubscribed")
    asked = [NewSubscriber(e) for e in (ANN, BO, CY, CY.upper(), "nobody")]
    result = campaign_monitor(state).import_subscribers("news", asked)
    assert [(f.email, f.code) for f in result.failures] == [(BO, 206), ("nobody", 1)]
    assert (result.new, result.existing, result.submitted, result.duplicates) == (1, 1, 4, (CY.upper(),))


def test_a_subscriber_may_get_another_address() -> None:
    state = account("news")
    state.put("news", ANN, "Bounced")
    state.put("news", BO, "Active")
    fake = FakeCampaignMonitor(state)
    body = {"EmailAddress": CY, "Name": "Cy", "ConsentToTrack": "Yes", "Resubscribe": True}
    assert raw(fake, "PUT", f"/api/v3.3/subscribers/news.json?email={ANN}", body).status == 200
    assert {e.email: e.state for e in state.lists["news"].entries.values()} == {BO: "Active", CY: "Active"}
    taken = raw(
        fake, "PUT", f"/api/v3.3/subscribers/news.json?email={CY}", {**body, "EmailAddress": "BO+x@shore.example"}
    )
    assert taken.json()["Code"] == 201


def test_the_suppression_list_is_written_too() -> None:
    state = account("news")
    fake = FakeCampaignMonitor(state)
    assert raw(fake, "POST", "/api/v3.3/clients/c1/suppress.json", {"EmailAddresses": [ANN, BO]}).status == 200
    assert raw(fake, "PUT", f"/api/v3.3/clients/c1/unsuppress.json?email={BO.replace('+', '%2B')}", b" ").status == 200
    assert list(state.clients["c1"].suppression) == [ANN.lower()]
    assert raw(fake, "PUT", f"/api/v3.3/clients/c1/unsuppress.json?email={CY}").json()["Code"] == 176


def test_a_lists_numbers_and_settings() -> None:
    state = account("news")
    state.put("news", ANN, "Unsubscribed", local("2026-11-21 10:00"))
    state.put("news", BO, "Active")
    api = campaign_monitor(state)
    stats = api.list_stats("news")
    assert (stats["TotalUnsubscribes"], stats["UnsubscribesYesterday"], stats["UnsubscribesToday"]) == (1, 1, 0)
    assert (stats["TotalActiveSubscribers"], stats["NewActiveSubscribersToday"]) == (1, 1)
    fake = FakeCampaignMonitor(state)
    changed = {"Title": "Fresh", "UnsubscribeSetting": "AllClientLists", "ConfirmedOptIn": True}
    assert raw(fake, "PUT", "/api/v3.3/lists/news.json", changed).status == 200
    assert api.list_details("news").title == "Fresh"
    wrong = raw(fake, "PUT", "/api/v3.3/lists/news.json", {"UnsubscribeSetting": "Some"})
    assert wrong.json()["Code"] == 261


def test_any_key_and_any_token_but_not_none() -> None:
    fake = FakeCampaignMonitor(account("news"))
    statuses = [
        (fake.send(Request("GET", "https://cm.example/api/v3.3/clients.json", {"Authorization": given})))
        for given in ("Basic azp4", "Bearer x", "Basic", "Basic !", "Basic Og==", "Digest x", "")
    ]
    assert [(r.status, r.json()["Code"] if r.status == 401 else 0) for r in statuses] == [
        (200, 0),
        (200, 0),
        (401, 100),
        (401, 100),
        (401, 100),
        (401, 50),
        (401, 50),
    ]


def test_a_pair_of_tokens_is_to_be_had() -> None:
    fake = FakeCampaignMonitor(account())
    url = "https://cm.example/oauth/token"
    answer = fake.send(Request("POST", url, {}, b"grant_type=refresh_token&refresh_token=r"))
    assert answer.json()["expires_in"] == 1_209_600
    assert answer.json()["access_token"] != answer.json()["refresh_token"]
    assert fake.send(Request("POST", url, {}, b"")).json()["error"] == "invalid_request"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/api/v3.3/clients.xml", None, 404),
        ("GET", "/elsewhere", None, 404),
        ("PATCH", "/api/v3.3/clients.json", None, 405),
        ("POST", "/api/v3.3/subscribers/news.json", b"<xml/>", 400),
        ("POST", "/api/v3.3/subscribers/news.json", [1], 400),
        ("POST", "/api/v3.3/subscribers/news/import.json", {"Subscribers": [7]}, 400),
        ("POST", "/api/v3.3/subscribers/news/import.json", {"Subscribers": {}}, 400),
        ("POST", "/api/v3.3/subscribers/news/unsubscribe.json", {"EmailAddress": None}, 400),
        ("POST", "/api/v3.3/clients/c1/suppress.json", {}, 400),
    ],
)
def test_nonsense_is_refused_in_json(method: str, path: str, body: object, status: int) -> None:
    answer = raw(FakeCampaignMonitor(account("news")), method, path, body)
    assert answer.status == status
    assert set(answer.json()) >= {"Code", "Message"}


def test_the_tracking_preference_is_shown_when_asked_for() -> None:
    state = account("news")
    state.put("news", ANN, "Active")
    fake = FakeCampaignMonitor(state)
    path = f"/api/v3.3/subscribers/news.json?email={ANN}&includetrackingpreference="
    assert raw(fake, "GET", path + "True").json()["ConsentToTrack"] == "Unchanged"
    assert "ConsentToTrack" not in raw(fake, "GET", path + "False").json()
