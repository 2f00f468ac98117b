"""Whatever is asked of a fake, it answers in its service's words."""

import json
from typing import Any
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.clients.wire import Request
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from tests.harness.worlds import account, org

ANN = "003000000000aAnAAI"
METHODS = st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"])
NAMED = st.sampled_from(["news", "c1", ANN, "Contact", "Lead", "x", "%2F", "%C3%A9", "describe"])
THEIRS = st.sampled_from(
    [
        *(
            "/systemdate.json",
            "/clients.json",
            "/clients/{}.json",
            "/clients/{}/lists.json",
            "/clients/{}/listsforemail.json",
        ),
        *(
            "/clients/{}/suppressionlist.json",
            "/clients/{}/suppress.json",
            "/clients/{}/unsuppress.json",
            "/lists/{}.json",
        ),
        *(
            "/lists/{}/stats.json",
            "/lists/{}/active.json",
            "/lists/{}/deleted.json",
            "/subscribers/{}.json",
            "/nowhere",
        ),
        *("/subscribers/{}/history.json", "/subscribers/{}/import.json", "/subscribers/{}/unsubscribe.json"),
    ]
)
OURS = st.sampled_from(
    [
        *("", "/limits", "/query", "/queryAll", "/query/{}", "/sobjects", "/sobjects/{}", "/sobjects/{}/describe"),
        *(
            "/sobjects/{}/{}",
            "/composite/sobjects",
            "/composite/sobjects/{}",
            "/jobs/ingest",
            "/jobs/ingest/{}",
            "/nowhere",
        ),
        *("/jobs/ingest/{}/batches", "/jobs/ingest/{}/failedResults", f"/sobjects/Contact/{ANN}", "/sobjects/Lead"),
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2000),
    st.floats(),
    st.sampled_from(["", ANN, "a@b.example", "Yes", "x", "2026-01-01"]),
)
KEYS = st.sampled_from(
    [
        *(
            "EmailAddress",
            "Subscribers",
            "ConsentToTrack",
            "Resubscribe",
            "EmailAddresses",
            "CustomFields",
            "Name",
            "Title",
        ),
        *(
            "records",
            "attributes",
            "type",
            "id",
            "Id",
            "allOrNone",
            "HasOptedOutOfEmail",
            "LastName",
            "Birthdate",
            "ids",
            "fields",
        ),
        *(
            "object",
            "operation",
            "state",
            "columnDelimiter",
            "lineEnding",
            "AccountId",
            "Company",
            "UnsubscribeSetting",
        ),
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)
QUERY = st.dictionaries(
    st.sampled_from(["email", "page", "pagesize", "date", "orderfield", "q", "ids", "fields", "allOrNone"]),
    st.sampled_from(["", "1", "a@b.example", "2026-01-01", "date", "SELECT Id FROM Contact", "SELECT", ANN, "é\x00"]),
    max_size=3,
)


def asked(method: str, path: str, query: dict[str, str], body: Any) -> Request:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = f"https://h.example{path}?{urlencode(query)}"
    return Request(method, url, {"Authorization": "Bearer t", "Content-Type": "application/json"}, data)


BODIES = st.one_of(VALUES, st.binary(max_size=20), st.sampled_from([b"Id,LastName\n1,2\n", b"{"]))


@given(METHODS, THEIRS, NAMED, QUERY, BODIES)
def test_campaign_monitor(method: str, path: str, named: str, query: dict[str, str], body: Any) -> None:
    state = account("news")
    state.put("news", "a@b.example", "Active")
    response = FakeCampaignMonitor(state).send(asked(method, f"/api/v3.3{path.format(named)}", query, body))
    assert 200 <= response.status < 500
    if response.status >= 400:
        assert set(response.json()) <= {"Code", "Message", "ResultData"}


@given(
    st.fixed_dictionaries(
        dict.fromkeys(["ConsentToTrack", "Resubscribe", "Name", "CustomFields", "UnsubscribeSetting"], VALUES)
    )
)
def test_a_subscriber_of_whatever(value: dict[str, Any]) -> None:
    fake = FakeCampaignMonitor(account("news"))
    for body in (value, {**value, "ConsentToTrack": "Yes"}):
        one = {**body, "EmailAddress": "a@b.example"}
        for path, sent in (("", one), ("/import", {**body, "Subscribers": [one, value]})):
            assert fake.send(asked("POST", f"/api/v3.3/subscribers/news{path}.json", {}, sent)).status in {201, 400}
        assert fake.send(asked("PUT", "/api/v3.3/lists/news.json", {}, body)).status in {200, 400}


@given(METHODS, OURS, st.tuples(NAMED, NAMED), QUERY, BODIES)
def test_the_org(method: str, path: str, named: tuple[str, str], query: dict[str, str], body: Any) -> None:
    state = org()
    state.put("Contact", {"Id": ANN, "LastName": "Ann", "HasOptedOutOfEmail": False})
    response = FakeOrg(state).send(asked(method, f"/services/data/v64.0{path.format(*named)}", query, body))
    assert 200 <= response.status < 500
    if response.status >= 400 and response.body:
        assert all("errorCode" in error for error in response.json())


@given(VALUES, st.sampled_from(["PATCH", "POST"]))
def test_collections_of_whatever(value: Any, method: str) -> None:
    state = org()
    state.put("Contact", {"Id": ANN, "LastName": "Ann", "HasOptedOutOfEmail": False})
    contact = {
        "attributes": {"type": "Contact"},
        "id": ANN,
        "LastName": value,
        "Birthdate": value,
        "HasOptedOutOfEmail": value,
    }
    for records in ([value], [contact], [contact, value]):
        body = {"allOrNone": value, "records": records}
        response = FakeOrg(state).send(asked(method, "/services/data/v64.0/composite/sobjects", {}, body))
        assert response.status in {200, 400}


@given(VALUES, st.sampled_from(["object", "operation", "columnDelimiter", "lineEnding"]))
def test_a_job_of_whatever(value: Any, key: str) -> None:
    fake = FakeOrg(org())
    path = "/services/data/v64.0/jobs/ingest"
    body = {"object": "Contact", "operation": "update"}
    assert fake.send(asked("POST", path, {}, {**body, key: value})).status in {200, 400}
    job = fake.send(asked("POST", path, {}, body)).json()["id"]
    assert fake.send(asked("PATCH", f"{path}/{job}", {}, {"state": value})).status == 400
