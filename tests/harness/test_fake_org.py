"""The fake org's routes: what the clients rely on, and what the platform refuses."""

import json
from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from sfoptlint.clients.errors import ApiError, ExhaustedError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.bulk import BulkJobs
from sfoptlint.clients.salesforce.jobs import JobState
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Request, Response
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.fake_org.ids import is_id, whole
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.saving import Refused, Save, Saved
from tests.clients.wires import StandingClock
from tests.harness.worlds import NOON, org, salesforce

ANN, BO = "003000000000aAnAAI", "003000000000aBoAAI"
DATA = "/services/data/v64.0"
FIELD = "HasOptedOutOfEmail"


def people(**more: Any) -> Org:
    made = org(**more)
    made.put("Contact", {"Id": ANN, "LastName": "Ann", FIELD: False, "LastModifiedDate": NOON - timedelta(days=1)})
    made.put("Contact", {"Id": BO, "LastName": "Bo", FIELD: False, "LastModifiedDate": NOON - timedelta(days=1)})
    return made


def raw(state: Org, method: str, path: str, body: Any = None, **headers: str) -> Response:
    data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"Authorization": "Bearer t", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return FakeOrg(state).send(Request(method, f"https://org.example{path}", given, data))


def box(state: Org, record_id: str) -> object:
    record = state.find(state.object("Contact"), record_id)
    assert record is not None
    return record.values[FIELD]


class Picky:
    """Saves nobody called Bo, and thinks better of an opt-out of Cy."""

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        return [self._one(save) for save in chunk]

    def _one(self, save: Save) -> Saved | Refused:
        stored = save.stored or {}
        if stored.get("LastName") == "Bo":
            return Refused((SaveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not Bo", ("LastName",)),))
        if stored.get("LastName") == "Cy":
            return Saved({**stored, **save.asked, FIELD: False}, ("a trigger was not run",))
        return Saved({**stored, **save.asked}, later=({FIELD: False},) if stored.get("LastName") == "Di" else ())


def test_each_record_of_a_collection_has_its_own_answer() -> None:
    state = people(saves=Picky())
    state.put("Contact", {"Id": "003000000000aCyAAI", "LastName": "Cy", FIELD: False})
    results = salesforce(state).update(
        "Contact", [{"Id": i, FIELD: True} for i in (BO, ANN[:15], "003000000000aCyAAI")]
    )
    assert [(r.id, r.success) for r in results] == [(BO, False), (ANN, True), ("003000000000aCyAAI", True)]
    assert results[0].errors == (SaveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not Bo", ("LastName",)),)
    assert [box(state, i) for i in (ANN, BO, "003000000000aCyAAI")] == [True, False, False]
    assert state.doubts == ["a trigger was not run"]


def test_what_runs_after_the_commit_shows_from_the_next_request_on() -> None:
    state = people(saves=Picky())
    state.put("Contact", {"Id": "003000000000aDiAAI", "LastName": "Di", FIELD: False})
    assert salesforce(state).update("Contact", [{"Id": "003000000000aDiAAI", FIELD: True}])[0].success
    assert box(state, "003000000000aDiAAI") is True
    (row,) = salesforce(state).query(f"SELECT {FIELD} FROM Contact WHERE LastName = 'Di'")
    assert row[FIELD] is False


def test_nobody_is_saved_twice_in_one_request() -> None:
    first, second = salesforce(people()).update("Contact", [{"Id": ANN, FIELD: True}, {"Id": ANN[:15], FIELD: False}])
    assert first.success
    assert second.errors[0].status_code == "DUPLICATE_VALUE"


def test_a_value_of_another_type_refuses_the_whole_request() -> None:
    state = people()
    with pytest.raises(ApiError, match="JSON_PARSER_ERROR"):
        salesforce(state).update("Contact", [{"Id": ANN, FIELD: True}, {"Id": BO, FIELD: "yes"}])
    assert box(state, ANN) is False


def test_all_or_none_takes_back_what_it_made() -> None:
    state = people()
    records = [{"attributes": {"type": "Lead"}, "LastName": "A", "Company": "C"}, {"attributes": {"type": "Lead"}}]
    answer = raw(state, "POST", f"{DATA}/composite/sobjects", {"allOrNone": True, "records": records}).json()
    assert [r["success"] for r in answer] == [False, False]
    assert list(salesforce(state).query("SELECT Id FROM Lead")) == []
    gone = raw(state, "DELETE", f"{DATA}/composite/sobjects?ids={ANN},003000000000aXxAAI&allOrNone=true").json()
    assert [r["success"] for r in gone] == [False, False]
    assert len(list(salesforce(state).query("SELECT Id FROM Contact"))) == 2


def test_a_save_moves_when_the_record_was_modified() -> None:
    state = people()
    salesforce(state).update("Contact", [{"Id": ANN, FIELD: True}])
    record = state.find(state.object("Contact"), ANN)
    assert record is not None
    assert record.values["LastModifiedDate"] == record.values["SystemModstamp"] == NOON.replace(microsecond=0)


def test_all_or_none_goes_back_to_where_everybody_was() -> None:
    state = people(saves=Picky())
    records = [{"attributes": {"type": "Contact"}, "id": i, FIELD: True} for i in (ANN, BO)]
    answer = raw(state, "PATCH", f"{DATA}/composite/sobjects", {"allOrNone": True, "records": records}).json()
    assert [r["errors"][0]["statusCode"] for r in answer] == [
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    ]
    assert box(state, ANN) is False


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"Id": "003000000000aXxAAI", FIELD: True}, "INVALID_CROSS_REFERENCE_KEY"),
    ({"Id": "nobody", FIELD: True}, "MALFORMED_ID"),
    ({"Id": "", FIELD: True}, "MISSING_ARGUMENT"),
    ({"Id": ANN, "Nope__c": 1}, "INVALID_FIELD"),
    ({"Id": ANN, "CreatedDate": "2026-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ({"Id": ANN, "LastName": None}, "REQUIRED_FIELD_MISSING"),
    ({"Id": ANN, "LastName": "x" * 81}, "STRING_TOO_LONG"),
]


@pytest.mark.parametrize(("record", "code"), WRONG)
def test_what_the_platform_refuses_of_a_record(record: dict[str, Any], code: str) -> None:
    first, second = salesforce(people()).update("Contact", [record, {"Id": BO, FIELD: True}])
    assert first.errors[0].status_code == code
    assert second.success


def test_deleted_records_and_converted_leads_stay_as_they_are() -> None:
    state = people()
    state.put("Lead", {"Id": "00Q000000000aLeAAI", "LastName": "Le", "IsConverted": True})
    assert raw(state, "DELETE", f"{DATA}/sobjects/Contact/{ANN}").status == 204
    api = salesforce(state)
    assert api.update("Contact", [{"Id": ANN, FIELD: True}])[0].errors[0].status_code == "ENTITY_IS_DELETED"
    lead = api.update("Lead", [{"Id": "00Q000000000aLeAAI", FIELD: True}])[0]
    assert lead.errors[0].status_code == "CANNOT_UPDATE_CONVERTED_LEAD"
    assert [row["Id"] for row in api.query("SELECT Id FROM Contact")] == [BO]
    assert [
        row["IsDeleted"] for row in api.query("SELECT IsDeleted FROM Contact ORDER BY Id", include_deleted=True)
    ] == [True, False]


def test_field_security_hides_locks_and_describes() -> None:
    hidden = people(access=FieldAccess(hidden=frozenset({"contact.hasoptedoutofemail"})))
    locked = people(access=FieldAccess(read_only=frozenset({"contact.hasoptedoutofemail"})))
    barred = people(access=FieldAccess(uneditable=frozenset({"contact"})))
    ask = {"Id": ANN, FIELD: True}
    codes = [salesforce(s).update("Contact", [ask])[0].errors[0].status_code for s in (hidden, locked, barred)]
    assert codes == ["INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE", "INSUFFICIENT_ACCESS_OR_READONLY"]
    assert FIELD not in salesforce(hidden).describe("Contact").fields
    assert salesforce(locked).describe("Contact").fields[FIELD].updateable is False
    assert salesforce(barred).describe("Contact").updateable is False
    assert salesforce(people()).describe("contact").fields[FIELD].updateable is True
    with pytest.raises(ApiError, match="INVALID_FIELD"):
        list(salesforce(hidden).query(f"SELECT {FIELD} FROM Contact"))
    assert raw(hidden, "GET", f"{DATA}/sobjects/Contact/{ANN}?fields={FIELD}").json()[0]["errorCode"] == "INVALID_FIELD"


def test_pages_of_a_query_and_a_locator_that_expired() -> None:
    state = org()
    for n in range(450):
        state.put("Contact", {"Id": whole(f"003{n:012}"), "LastName": str(n)})
    api = salesforce(state)
    assert len(list(api.query("SELECT Id FROM Contact", page_size=200))) == 450
    first = raw(state, "GET", f"{DATA}/query?q=SELECT+Id+FROM+Contact", Sforce_Query_Options="batchSize=1").json()
    assert (first["totalSize"], first["done"], len(first["records"])) == (450, False, 200)
    for _ in range(10):
        raw(state, "GET", f"{DATA}/query?q=SELECT+Id+FROM+Contact", Sforce_Query_Options="batchSize=200")
    gone = raw(state, "GET", first["nextRecordsUrl"])
    assert gone.json()[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_a_query_that_is_refused_tells_the_column() -> None:
    with pytest.raises(ApiError, match="Row:1:Column:8") as raised:
        list(salesforce(people()).query("SELECT Nope FROM Contact"))
    assert raised.value.code == "INVALID_FIELD"
    assert raw(people(), "GET", f"{DATA}/query").json()[0]["errorCode"] == "MALFORMED_QUERY"


def test_a_row_that_is_busy_is_busy_as_often_as_the_scene_says() -> None:
    state = people()
    state.row_faults[ANN[:15]] = deque([SaveError("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access")])
    api = salesforce(state)
    assert api.update("Contact", [{"Id": ANN, FIELD: True}])[0].errors[0].status_code == "UNABLE_TO_LOCK_ROW"
    assert api.update("Contact", [{"Id": ANN, FIELD: True}])[0].success


def test_one_record_by_itself() -> None:
    state = people()
    made = raw(state, "POST", f"{DATA}/sobjects/Lead", {"FirstName": "Le", "LastName": "A", "Company": "C"})
    assert made.status == 201
    lead = f"{DATA}/sobjects/Lead/{made.json()['id']}"
    assert is_id(made.json()["id"])
    assert raw(state, "PATCH", lead, {FIELD: True}).status == 204
    row = raw(state, "GET", f"{lead}?fields=Name,{FIELD},CreatedDate").json()
    assert (row["Name"], row[FIELD]) == ("Le A", True)
    assert row["attributes"]["url"] == lead
    assert raw(state, "GET", lead).json()["Company"] == "C"
    assert raw(state, "DELETE", lead).status == 204
    assert raw(state, "GET", lead).status == 404


SINGLE: list[tuple[str, str, Any, int, str]] = [
    ("GET", "/sobjects/Contact/003000000000aXxAAI", None, 404, "NOT_FOUND"),
    ("GET", "/sobjects/Nope/describe", None, 404, "NOT_FOUND"),
    ("PATCH", "/sobjects/Contact/003000000000aXxAAI", {}, 404, "NOT_FOUND"),
    ("DELETE", "/sobjects/Contact/003000000000aXxAAI", None, 404, "NOT_FOUND"),
    ("PATCH", f"/sobjects/Contact/{ANN}", {FIELD: "yes"}, 400, "JSON_PARSER_ERROR"),
    ("PATCH", f"/sobjects/Contact/{ANN}", b"{", 400, "JSON_PARSER_ERROR"),
    ("PATCH", f"/sobjects/Contact/{ANN}", [1], 400, "JSON_PARSER_ERROR"),
    ("PATCH", f"/sobjects/Contact/{ANN}", {"Id": ANN}, 400, "INVALID_FIELD"),
    ("PATCH", f"/sobjects/Contact/{ANN}", {"Account": {"Name": "x"}}, 400, "INVALID_FIELD"),
    ("PATCH", f"/sobjects/Contact/{ANN}", {"Description": {"a": 1}}, 400, "JSON_PARSER_ERROR"),
    ("POST", "/sobjects/Lead", {"LastName": "Le"}, 400, "REQUIRED_FIELD_MISSING"),
    ("PATCH", "/composite/sobjects", {"records": [{}] * 201}, 400, "EXCEEDED_ID_LIMIT"),
    ("PATCH", "/composite/sobjects", {"records": [3]}, 400, "JSON_PARSER_ERROR"),
    ("PATCH", "/composite/sobjects", {}, 400, "JSON_PARSER_ERROR"),
    ("PUT", "/sobjects/Contact", {}, 405, "METHOD_NOT_ALLOWED"),
    ("GET", "/nowhere", None, 404, "NOT_FOUND"),
    ("POST", "/jobs/ingest", {"object": "Nope", "operation": "update"}, 400, "INVALIDENTITY"),
    ("POST", "/jobs/ingest", {"object": "Contact", "operation": "query"}, 400, "INVALIDJOB"),
    ("GET", "/jobs/ingest/750", None, 404, "NOT_FOUND"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), SINGLE)
def test_what_is_refused_as_a_whole(method: str, path: str, body: Any, status: int, code: str) -> None:
    answer = raw(people(), method, DATA + path, body)
    assert answer.status == status
    assert answer.json()[0]["errorCode"] == code


def test_a_record_that_changed_meanwhile_is_not_overwritten() -> None:
    state = people()
    path = f"{DATA}/sobjects/Contact/{ANN}"
    old, new = "Fri, 20 Nov 2026 12:00:00 GMT", "Sat, 21 Nov 2026 12:00:41 GMT"
    assert raw(state, "PATCH", path, {FIELD: True}, If_Unmodified_Since=old).status == 412
    assert box(state, ANN) is False
    assert raw(state, "PATCH", path, {FIELD: True}, If_Unmodified_Since=new).status == 204
    assert raw(state, "PATCH", path, {FIELD: True}, If_Unmodified_Since="soon").status == 204


def test_collections_are_made_read_and_deleted() -> None:
    state = people()
    api = salesforce(state)
    made = api.create("Lead", [{"LastName": "A", "Company": "C"}, {"LastName": "B"}])
    assert [r.success for r in made] == [True, False]
    read = raw(state, "GET", f"{DATA}/composite/sobjects/Contact?ids={ANN},{made[0].id}&fields=Id,LastName").json()
    assert (read[0]["LastName"], read[1]) == ("Ann", None)
    posted = raw(state, "POST", f"{DATA}/composite/sobjects/Contact", {"ids": [BO], "fields": ["LastName"]}).json()
    assert posted[0]["LastName"] == "Bo"
    gone = raw(state, "DELETE", f"{DATA}/composite/sobjects?ids={ANN},003000000000aXxAAI&allOrNone=false").json()
    assert [r["success"] for r in gone] == [True, False]
    wrong = raw(state, "PATCH", f"{DATA}/composite/sobjects", {"records": [{"id": ANN}]}).json()
    assert wrong[0]["errors"][0]["statusCode"] == "INVALID_TYPE"


def test_any_token_but_not_none_and_a_days_requests() -> None:
    state = people()
    for header in ("", "Basic x", "Bearer "):
        refused = FakeOrg(state).send(Request("GET", f"https://org.example{DATA}/limits", {"Authorization": header}))
        assert (refused.status, refused.json()[0]["errorCode"]) == (401, "INVALID_SESSION_ID")
    state.daily_requests = 2
    api = salesforce(state)
    assert api.limits()["DailyApiRequests"] == {"Max": 2, "Remaining": 1}
    answer = raw(state, "GET", f"{DATA}/limits")
    assert answer.header("Sforce-Limit-Info") == "api-usage=2/2"
    with pytest.raises(ExhaustedError, match="REQUEST_LIMIT_EXCEEDED"):
        api.limits()


def test_a_token_is_to_be_had_for_the_asking() -> None:
    answer = raw(people(), "POST", "/services/oauth2/token", b"grant_type=client_credentials").json()
    assert answer["instance_url"] == "https://org.example"
    assert answer["access_token"].startswith("00D")


def test_the_org_tells_what_it_is() -> None:
    state = people()
    assert DATA in [version["url"] for version in raw(state, "GET", "/services/data").json()]
    assert raw(state, "GET", f"{DATA}/").json()["query"] == f"{DATA}/query"
    names = {o["name"]: o["keyPrefix"] for o in raw(state, "GET", f"{DATA}/sobjects").json()["sobjects"]}
    assert names["Contact"] == "003"
    assert names["wbsendit__Subscription__c"].startswith("a")
    assert raw(state, "GET", f"{DATA}/sobjects/contact").json()["objectDescribe"]["name"] == "Contact"
    assert raw(state, "GET", "/services/oauth2/userinfo").json()["user_id"].startswith("005")


def bulk(state: Org) -> BulkJobs:
    return BulkJobs(FakeOrg(state), Access("https://org.example", "t"), StandingClock())


def test_a_bulk_job_saves_what_it_can() -> None:
    state = people(saves=Picky())
    state.put("Contact", {"Id": "003000000000aCyAAI", "LastName": "Cy"})
    rows = [
        {"Id": ANN, FIELD: "true"},
        {"Id": BO, FIELD: "true"},
        {"Id": "x", FIELD: "true"},
        {"Id": "003000000000aCyAAI", FIELD: "perhaps"},
        {"Id": ANN, FIELD: "false"},
    ]
    (outcome,) = bulk(state).update("Contact", rows)
    assert outcome.state is JobState.JOB_COMPLETE
    assert [row["sf__Id"] for row in outcome.successful] == [ANN]
    assert [(f.row["Id"], f.error.status_code) for f in outcome.failed] == [
        (BO, "FIELD_CUSTOM_VALIDATION_EXCEPTION"),
        ("x", "MALFORMED_ID"),
        ("003000000000aCyAAI", "JSON_PARSER_ERROR"),
        (ANN, "DUPLICATE_VALUE"),
    ]
    assert box(state, ANN) is True


def test_a_bulk_job_blanks_only_where_it_is_told_to() -> None:
    state = people()
    state.put("Contact", {"Id": ANN, "LastName": "Ann", "Department": "D", "Description": "d"})
    list(bulk(state).update("Contact", [{"Id": ANN, "Department": "#N/A", "Description": ""}]))
    record = state.find(state.object("Contact"), ANN)
    assert record is not None
    assert (record.values["Department"], record.values["Description"]) == (None, "d")


def test_a_bulk_job_with_a_column_that_is_not_there_fails_whole() -> None:
    (outcome,) = bulk(people()).update("Contact", [{"Id": ANN, "Nope__c": "1"}])
    assert (outcome.state, outcome.successful, outcome.failed) == (JobState.FAILED, (), ())
    assert [row["Id"] for row in outcome.unprocessed] == [ANN]
    assert "Nope__c" in outcome.message


def job(state: Org, **more: str) -> str:
    body = {"object": "Contact", "operation": "update", **more}
    return f"{DATA}/jobs/ingest/{raw(state, 'POST', f'{DATA}/jobs/ingest', body).json()['id']}"


def test_a_bulk_job_in_another_dialect() -> None:
    state = people()
    at = job(state, columnDelimiter="SEMICOLON", lineEnding="CRLF")
    assert raw(state, "PUT", f"{at}/batches", f"Id;{FIELD}\r\n{ANN};1\r\n".encode()).status == 201
    assert raw(state, "PUT", f"{at}/batches", b"again").status == 400
    raw(state, "PATCH", at, {"state": "UploadComplete"})
    assert raw(state, "GET", at).json()["numberRecordsProcessed"] == 1
    assert raw(state, "GET", f"{at}/successfulResults").body.startswith(b'"sf__Id";"sf__Created";"Id"')
    assert raw(state, "PATCH", at, {"state": "Aborted"}).json()[0]["errorCode"] == "INVALIDJOBSTATE"
    assert len(raw(state, "GET", f"{DATA}/jobs/ingest").json()["records"]) == 1
    assert raw(state, "DELETE", at).status == 204
    assert raw(state, "GET", at).status == 404


@pytest.mark.parametrize("upload", [b"", b"\xff\xfe", b'Id,A\n"x', b"Nope\n1\n"])
def test_an_upload_that_is_none_fails_the_job(upload: bytes) -> None:
    state = people()
    at = job(state)
    raw(state, "PUT", f"{at}/batches", upload)
    raw(state, "PATCH", at, {"state": "UploadComplete"})
    assert raw(state, "GET", at).json()["state"] == "Failed"


def test_rows_are_inserted_and_deleted_in_bulk() -> None:
    state = people()
    for operation, upload in (("insert", b"LastName,Company\nLe,C\n"), ("delete", f"Id\n{ANN}\n".encode())):
        at = job(state, operation=operation, object="Lead" if operation == "insert" else "Contact")
        raw(state, "PUT", f"{at}/batches", upload)
        raw(state, "PATCH", at, {"state": "UploadComplete"})
        assert raw(state, "GET", at).json()["numberRecordsFailed"] == 0
    counts = [len(list(salesforce(state).query(f"SELECT Id FROM {name}"))) for name in ("Lead", "Contact")]
    assert counts == [1, 1]


IDS: list[tuple[str, str]] = [
    ("001D000000IRFma", "001D000000IRFmaIAH"),
    ("003000000000001", "003000000000001AAA"),
    ("nobody", "nobody"),
]


@pytest.mark.parametrize(("short", "long"), IDS)
def test_the_three_letters_behind_an_id(short: str, long: str) -> None:
    assert whole(short) == long == whole(long)


def test_the_same_randomness_makes_the_same_ids() -> None:
    made: list[Callable[[], Org]] = [people, people]
    first, second = (raw(make(), "POST", f"{DATA}/sobjects/Account", {"Name": "S"}).json()["id"] for make in made)
    assert first == second
