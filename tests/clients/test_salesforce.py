"""What the client asks an org, what it makes of the answers, and what it keeps right that simple-salesforce does not."""

import json
from typing import Any

import pytest

from sfoptlint.clients.errors import ApiError, BrokenAnswerError, ExhaustedError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Request, Response, json_response
from tests.clients.wires import ScriptedTransport

ORG = "https://org.example"
DATA = "/services/data/v64.0"


def org(wire: ScriptedTransport, url: str = ORG) -> Salesforce:
    return Salesforce(wire, Access(url, "t0ken"))


def errors(status: int, code: str, message: str = "") -> Response:
    return json_response(status, [{"errorCode": code, "message": message, "fields": []}])


def rows(*ids: str, following: str = "") -> Response:
    records = [{"attributes": {"type": "Contact", "url": f"{DATA}/sobjects/Contact/{i}"}, "Id": i} for i in ids]
    more = {"nextRecordsUrl": following} if following else {}
    return json_response(200, {"totalSize": 3, "done": not following, "records": records, **more})


def saved(request: Request) -> Response:
    records = json.loads(request.body)["records"]
    return json_response(200, [{"id": record["id"], "success": True, "errors": []} for record in records])


def test_a_query_follows_its_pages_with_its_headers() -> None:
    wire = ScriptedTransport([rows("a", "b", following=f"{DATA}/query/01g-2"), rows("c")])
    assert list(org(wire).query("SELECT Id FROM Contact", page_size=200)) == [{"Id": "a"}, {"Id": "b"}, {"Id": "c"}]
    assert [request.path for request in wire.asked] == [f"{DATA}/query/", f"{DATA}/query/01g-2"]
    assert [request.header("Sforce-Query-Options") for request in wire.asked] == ["batchSize=200"] * 2
    assert wire.asked[0].query == (("q", "SELECT Id FROM Contact"),)
    assert wire.asked[0].header("Authorization") == "Bearer t0ken"


def test_deleted_rows_are_asked_for_by_name() -> None:
    wire = ScriptedTransport([rows()])
    assert list(org(wire).query("SELECT Id FROM Contact", include_deleted=True)) == []
    assert wire.asked[0].path == f"{DATA}/queryAll/"


def test_records_are_saved_two_hundred_at_a_time_each_by_itself() -> None:
    wire = ScriptedTransport([saved, saved])
    results = org(wire).update(
        "Contact",
        [{"Id": f"003{n:015}", "HasOptedOutOfEmail": True} for n in range(201)],
        {"Sforce-Duplicate-Rule-Header": "allowSave=true"},
    )
    assert len(results) == 201
    assert results[200].id == f"003{200:015}"
    first = json.loads(wire.asked[0].body)
    assert first["allOrNone"] is False
    assert len(first["records"]) == 200
    assert first["records"][0] == {
        "attributes": {"type": "Contact"},
        "id": "003" + "0" * 15,
        "HasOptedOutOfEmail": True,
    }
    assert wire.asked[1].header("Sforce-Duplicate-Rule-Header") == "allowSave=true"
    assert (wire.asked[0].method, wire.asked[0].path, wire.asked[0].idempotent) == (
        "PATCH",
        f"{DATA}/composite/sobjects",
        True,
    )


def test_a_record_that_fails_is_told_beside_one_that_does_not() -> None:
    answer = [
        {
            "success": False,
            "errors": [{"statusCode": "UNABLE_TO_LOCK_ROW", "message": "ann@shore.example", "fields": ["Id"]}],
        },
        {"id": "2", "success": True, "errors": []},
    ]
    first, second = org(ScriptedTransport([json_response(200, answer)])).update("Lead", [{"Id": "1"}, {"Id": "2"}])
    assert (first.id, first.errors) == ("1", (SaveError("UNABLE_TO_LOCK_ROW", "<address>", ("Id",)),))
    assert second.success


def test_making_records_is_not_repeatable() -> None:
    wire = ScriptedTransport([json_response(200, [{"id": "n", "success": True, "errors": []}])])
    assert org(wire).create("Lead", [{"LastName": "Bo"}])[0].id == "n"
    assert (wire.asked[0].method, wire.asked[0].idempotent) == ("POST", False)


def test_an_expired_token_is_renewed_and_the_request_keeps_its_headers() -> None:
    wire = ScriptedTransport([errors(401, "INVALID_SESSION_ID"), saved])
    client = Salesforce(wire, Access(ORG, "old", lambda: "new"))
    client.update("Contact", [{"Id": "1"}], {"Sforce-Duplicate-Rule-Header": "allowSave=true"})
    assert [request.header("Authorization") for request in wire.asked] == ["Bearer old", "Bearer new"]
    assert wire.asked[1].header("Sforce-Duplicate-Rule-Header") == "allowSave=true"
    assert wire.asked[1].body == wire.asked[0].body


def test_json_stays_json_after_the_metadata_api_was_used() -> None:
    """simple-salesforce writes the metadata call's headers into those of every later request."""
    wire = ScriptedTransport([saved])
    client = org(wire)
    client._connection.headers.update({"Content-Type": "text/xml", "SOAPAction": "checkRetrieveStatus"})
    client.update("Contact", [{"Id": "1"}])
    assert wire.asked[0].header("Content-Type") == "application/json"


def test_plain_http_stays_plain() -> None:
    wire = ScriptedTransport([rows()])
    assert list(org(wire, "http://127.0.0.1:8080").query("SELECT Id FROM Lead")) == []
    assert wire.asked[0].url.startswith(f"http://127.0.0.1:8080{DATA}/query/?q=SELECT")


def test_describe_tells_what_this_user_may_do() -> None:
    fields: list[dict[str, Any]] = [
        {
            "name": "HasOptedOutOfEmail",
            "type": "boolean",
            "updateable": False,
            "createable": True,
            "nillable": False,
            "calculated": False,
        },
        {
            "name": "Rank__c",
            "type": "picklist",
            "picklistValues": [{"value": "A", "active": True}, {"value": "B", "active": False}],
        },
    ]
    wire = ScriptedTransport([json_response(200, {"name": "Contact", "updateable": True, "fields": fields})])
    found = org(wire).describe("Contact")
    assert found.fields["HasOptedOutOfEmail"].updateable is False
    assert found.fields["Rank__c"].picklist_values == ("A",)
    assert wire.asked[0].path == f"{DATA}/sobjects/Contact/describe"


def test_limits_are_what_the_org_says() -> None:
    wire = ScriptedTransport([json_response(200, {"DailyApiRequests": {"Max": 15000, "Remaining": 14998}})])
    assert org(wire).limits()["DailyApiRequests"]["Remaining"] == 14998


REFUSALS: list[tuple[Response, type[Exception], str]] = [
    (errors(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), ExhaustedError, "REQUEST_LIMIT_EXCEEDED"),
    (errors(403, "INSUFFICIENT_ACCESS"), ApiError, "INSUFFICIENT_ACCESS"),
    (errors(400, "MALFORMED_QUERY", "'ann@shore.example' is bad"), ApiError, "<address>"),
    (errors(401, "INVALID_SESSION_ID"), ApiError, "INVALID_SESSION_ID"),
    (errors(404, "INVALID_QUERY_LOCATOR"), ApiError, "INVALID_QUERY_LOCATOR"),
    (Response(502, {"Content-Type": "text/html"}, b"<html>ann@shore.example"), ApiError, "502"),
    (Response(200, {"Content-Type": "application/json"}, b'{"records": ['), BrokenAnswerError, "JSON"),
    (json_response(200, {"done": True}), BrokenAnswerError, "records"),
    (json_response(200, {"done": False, "records": []}), BrokenAnswerError, "where it goes on"),
]


@pytest.mark.parametrize(("answer", "error", "said"), REFUSALS)
def test_a_refusal_is_told_by_its_code_and_without_addresses(
    answer: Response, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        list(org(ScriptedTransport([answer])).query("SELECT Id FROM Contact WHERE Email = 'ann@shore.example'"))
    assert "ann" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize("answer", [[], [{"id": "1", "success": True}] * 2, {"id": "1"}, [{"id": "1"}], [3]])
def test_an_answer_about_other_records_than_were_sent_is_refused(answer: object) -> None:
    with pytest.raises(BrokenAnswerError):
        org(ScriptedTransport([json_response(200, answer)])).update("Contact", [{"Id": "1"}])
