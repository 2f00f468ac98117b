"""What the client asks Campaign Monitor, and what it makes of the answers."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey, OAuth
from sfoptlint.clients.campaign_monitor.records import ImportFailure, NewSubscriber, State
from sfoptlint.clients.campaign_monitor.webhook import read_webhook
from sfoptlint.clients.errors import ApiError, BrokenAnswerError
from sfoptlint.clients.wire import Response, json_response
from tests.clients.wires import ScriptedTransport

ANN = "Ann+news@Shore.example"
ROW = {
    "EmailAddress": ANN,
    "Name": "Ann",
    "Date": "2026-04-05 02:30:00",
    "ListJoinedDate": "2025-01-31 09:00:00",
    "State": "Unsubscribed",
    "CustomFields": [],
    "ReadsEmailWith": "",
}


local = datetime.fromisoformat


def page(number: int, pages: int, *rows: dict[str, Any]) -> Response:
    return json_response(
        200,
        {
            "Results": list(rows),
            "ResultsOrderedBy": "date",
            "OrderDirection": "asc",
            "PageNumber": number,
            "PageSize": 1000,
            "RecordsOnThisPage": len(rows),
            "TotalNumberOfRecords": pages,
            "NumberOfPages": pages,
        },
    )


def refused(code: int, status: int = 400, **more: Any) -> Response:
    return json_response(status, {"Code": code, "Message": f"no, {ANN}", **more})


def client(transport: ScriptedTransport) -> CampaignMonitor:
    return CampaignMonitor(Calls(transport, ApiKey("k3y")))


def test_a_collection_is_read_page_by_page() -> None:
    wire = ScriptedTransport([page(1, 2, ROW), page(2, 2, {**ROW, "State": "Spam", "ListJoinedDate": None})])
    first, second = client(wire).subscribers("l1", State.UNSUBSCRIBED, local("2026-04-05 01:59:30"))
    assert first.email == ANN
    assert first.date == local("2026-04-05 02:30:00")
    assert first.joined == local("2025-01-31 09:00:00")
    assert second.state == "Spam"
    assert second.joined is None
    request = wire.asked[1]
    assert request.path == "/api/v3.3/lists/l1/unsubscribed.json"
    assert request.query == (
        ("page", "2"),
        ("pagesize", "1000"),
        ("orderfield", "date"),
        ("orderdirection", "asc"),
        ("date", "2026-04-05 01:59"),
    )
    assert request.header("authorization") == "Basic " + b64encode(b"k3y:x").decode()
    assert request.idempotent


def test_an_address_that_is_not_on_the_list_is_none() -> None:
    wire = ScriptedTransport([refused(203), refused(101, 401)])
    assert client(wire).subscriber("l1", ANN) is None
    assert wire.asked[0].query == (("email", ANN),)
    with pytest.raises(ApiError) as raised:
        client(ScriptedTransport([refused(101, 401)])).subscriber("l1", ANN)
    assert (raised.value.status, raised.value.code, raised.value.message) == (401, "101", "no, <address>")


def test_an_import_tells_whom_it_left_out() -> None:
    result = {
        "FailureDetails": [{"EmailAddress": ANN, "Code": 206, "Message": "no"}],
        "TotalUniqueEmailsSubmitted": 2,
        "TotalExistingSubscribers": 0,
        "TotalNewSubscribers": 1,
        "DuplicateEmailsInSubmission": [],
    }
    wire = ScriptedTransport([refused(210, ResultData=result), json_response(201, {**result, "FailureDetails": []})])
    asked = [NewSubscriber(ANN), NewSubscriber("bo@shore.example")]
    assert client(wire).import_subscribers("l1", asked).failures == (ImportFailure(ANN, 206, "no"),)
    sent = json.loads(wire.asked[0].body)
    assert sent["Resubscribe"] is False
    assert sent["Subscribers"][0] == {
        "EmailAddress": ANN,
        "Name": "",
        "CustomFields": [],
        "ConsentToTrack": "Unchanged",
    }
    assert client(ScriptedTransport([wire.steps[1]])).import_subscribers("l1", asked).failures == ()


def test_the_other_calls_go_where_the_api_has_them() -> None:
    steps = [
        json_response(200, {"SystemDate": "2026-04-05 02:59:00"}),
        json_response(200, [{"ClientID": "c1", "Name": "Shore"}]),
        json_response(200, [{"ListID": "l1", "Name": "News"}]),
        json_response(
            200, {"ListID": "l1", "Title": "News", "ConfirmedOptIn": False, "UnsubscribeSetting": "AllClientLists"}
        ),
        json_response(200, {"TotalActiveSubscribers": 3}),
        json_response(
            200,
            [
                {
                    "ID": "x",
                    "Type": "Campaign",
                    "Name": "n",
                    "Actions": [{"Event": "Open", "Date": "2026-01-01 10:00:00"}],
                }
            ],
        ),
        json_response(
            200,
            [
                {
                    "ListID": "l1",
                    "ListName": "News",
                    "SubscriberState": "Active",
                    "DateSubscriberAdded": "2026-01-01 10:00",
                }
            ],
        ),
        page(
            1,
            1,
            {"EmailAddress": ANN, "Date": "2026-01-01 10:00:01", "State": "Suppressed", "SuppressionReason": "Bounced"},
        ),
        json_response(201, ANN),
        Response(200),
        Response(200),
    ]
    wire = ScriptedTransport(steps)
    api = client(wire)
    assert api.system_date() == local("2026-04-05 02:59:00")
    assert api.clients()[0].id == "c1"
    assert api.lists("c1")[0].name == "News"
    assert api.list_details("l1").unsubscribe_setting == "AllClientLists"
    assert api.list_stats("l1") == {"TotalActiveSubscribers": 3}
    assert api.history("l1", ANN)[0].actions[0].event == "Open"
    assert api.lists_for_email("c1", ANN)[0].state == "Active"
    assert api.suppression_page("c1").rows[0].reason == "Bounced"
    assert api.subscribe("l1", NewSubscriber(ANN)) == ANN
    api.unsubscribe("l1", ANN)
    api.delete("l1", ANN)
    assert [f"{r.method} {r.path.removeprefix('/api/v3.3')}" for r in wire.asked] == [
        "GET /systemdate.json",
        "GET /clients.json",
        "GET /clients/c1/lists.json",
        "GET /lists/l1.json",
        "GET /lists/l1/stats.json",
        "GET /subscribers/l1/history.json",
        "GET /clients/c1/listsforemail.json",
        "GET /clients/c1/suppressionlist.json",
        "POST /subscribers/l1.json",
        "POST /subscribers/l1/unsubscribe.json",
        "DELETE /subscribers/l1.json",
    ]


def test_an_expired_token_is_renewed_once() -> None:
    pair = json_response(200, {"access_token": "new", "refresh_token": "next", "expires_in": 1209600})
    wire = ScriptedTransport([refused(121, 401), pair, json_response(200, [])])
    kept: list[tuple[str, str]] = []
    credentials = OAuth("old", "r1", lambda *pair: kept.append(pair))
    assert CampaignMonitor(Calls(wire, credentials, "https://cm.example:81/api/v3.3")).clients() == ()
    assert wire.asked[1].url == "https://cm.example:81/oauth/token"
    assert wire.asked[1].body == b"grant_type=refresh_token&refresh_token=r1"
    assert wire.asked[2].header("Authorization") == "Bearer new"
    assert kept == [("new", "next")]


@pytest.mark.parametrize(
    "answer",
    [json_response(400, {"error": "invalid_grant", "error_description": "gone"}), json_response(200, {"error": "x"})],
)
def test_a_token_that_cannot_be_renewed_ends_it(answer: Response) -> None:
    with pytest.raises(ApiError):
        CampaignMonitor(Calls(ScriptedTransport([refused(121, 401), answer]), OAuth("old", "r1"))).clients()


def test_a_message_that_quotes_our_own_token_does_so_no_more() -> None:
    wire = ScriptedTransport([json_response(401, {"Code": 120, "Message": "acc3ss is not valid, nor is r3fresh"})])
    with pytest.raises(ApiError, match="120: <secret> is not valid, nor is <secret>"):
        CampaignMonitor(Calls(wire, OAuth("acc3ss", "r3fresh"))).clients()


def test_a_key_that_is_told_it_expired_is_refused() -> None:
    with pytest.raises(ApiError, match="121"):
        client(ScriptedTransport([refused(121, 401)])).clients()


BROKEN: list[tuple[Response, type[Exception]]] = [
    (Response(502, {"Content-Type": "text/html"}, b"<html>ann@shore.example"), ApiError),
    (Response(200, {}, b'[{"ClientID": "c1", "Na'), BrokenAnswerError),
    (json_response(200, [{"Name": "Shore"}]), BrokenAnswerError),
    (json_response(200, [17]), BrokenAnswerError),
    (json_response(500, [1]), ApiError),
    (json_response(400, {"Code": "1"}), ApiError),
]


@pytest.mark.parametrize(("answer", "error"), BROKEN)
def test_an_answer_that_is_none_is_said_to_be_none(answer: Response, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        client(ScriptedTransport([answer])).clients()
    assert "ann" not in str(raised.value)


def test_a_webhook_says_whose_state_to_read_again() -> None:
    events = [
        {
            "Type": "Deactivate",
            "EmailAddress": ANN,
            "Date": "2026-04-05 02:30:00",
            "State": "Bounced",
            "CustomFields": [],
        },
        {
            "Type": "Update",
            "EmailAddress": ANN,
            "OldEmailAddress": "a@shore.example",
            "Date": "2026-04-05 02:31:00",
            "State": "Active",
        },
        {"Type": "Subscribe", "EmailAddress": ANN, "Date": "2026-04-05 02:32:00", "SignupIPAddress": "TypeManual"},
    ]
    batch = read_webhook(json.dumps({"Events": events, "ListID": "l1"}).encode())
    assert batch.list_id == "l1"
    assert [(e.type, e.state, e.old_email) for e in batch.events] == [
        ("Deactivate", "Bounced", ""),
        ("Update", "Active", "a@shore.example"),
        ("Subscribe", "", ""),
    ]


HOSTILE: list[bytes] = [
    b"",
    b"<Events/>",
    b"[]",
    b'{"Events": {}, "ListID": "l"}',
    b'{"Events": [3], "ListID": "l"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", HOSTILE)
def test_a_post_that_is_no_webhook_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenAnswerError):
        read_webhook(body)


READS: list[Callable[[CampaignMonitor], object]] = [
    lambda api: api.system_date(),
    lambda api: api.lists_for_email("c", ANN),
    lambda api: api.page("l", State.ACTIVE),
]


@pytest.mark.parametrize("read", READS)
def test_a_date_that_is_none_is_said(read: Callable[[CampaignMonitor], object]) -> None:
    answers = [
        json_response(200, {"SystemDate": "now"}),
        json_response(200, [{"ListID": "l", "ListName": "", "SubscriberState": "", "DateSubscriberAdded": 5}]),
        page(1, 1, {**ROW, "Date": ""}),
    ]
    with pytest.raises(BrokenAnswerError, match="date"):
        read(client(ScriptedTransport([answers[READS.index(read)]])))
