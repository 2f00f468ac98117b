"""A live org as tables: what is asked of it, what may not be seen, and how it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.core.errors import UsageError
from sfoptlint.data_directory.tables import CONTACT, CRON_TRIGGER, LEAD, SUBSCRIBER_LIST
from sfoptlint.doctor.live import LiveRecords

FIELDS = ("Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate", "IsPersonAccount", "AccountId", "Level__c")
ROW = {"Id": "003", "Email": None, "HasOptedOutOfEmail": True, "LastModifiedDate": "2026-11-22T10:00:00.000+0000"}


@dataclass
class SmallOrg:
    """Describes one object and answers every query with the same rows; or fails."""

    fields: tuple[str, ...] = FIELDS
    rows: tuple[Mapping[str, Any], ...] = (ROW,)
    refusal: tuple[int, str] | None = None
    failure: FailureKind | None = None
    queries: list[str] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        if request.path.endswith("/describe"):
            if "/Contact/" not in request.path:
                return json_response(
                    404, [{"errorCode": "NOT_FOUND", "message": "The requested resource does not exist"}]
                )
            fields = [{"name": name, "type": "string"} for name in self.fields]
            return json_response(200, {"name": "Contact", "updateable": True, "fields": fields})
        self.queries.append(dict(request.query)["q"])
        if self.failure is not None:
            raise TransportError(self.failure, request.path)
        if self.refusal is not None:
            status, code = self.refusal
            return json_response(status, [{"errorCode": code, "message": "no"}])
        return json_response(200, {"done": True, "totalSize": len(self.rows), "records": list(self.rows)})


def records(org: SmallOrg, **fields: tuple[str, ...]) -> LiveRecords:
    return LiveRecords(Salesforce(org, Access("https://harbour.example.com", "token")), fields)


def test_rows_read_as_those_of_a_folder_do() -> None:
    org = SmallOrg()
    (row,) = records(org).rows(CONTACT)
    assert row.checkbox("HasOptedOutOfEmail")
    assert row.text("Email") == ""
    assert org.queries == [
        "SELECT Id, Email, HasOptedOutOfEmail, LastModifiedDate, IsPersonAccount, AccountId FROM Contact"
    ]


def test_further_fields_are_asked_for_where_they_may_be_seen() -> None:
    org = SmallOrg(rows=({**ROW, "Level__c": "Gold", "Account": {"attributes": {}, "Name": "Quay"}},))
    (row,) = records(org, Contact=("Level__c", "Hidden__c", "Account.Name", "Region__r.Name")).rows(CONTACT)
    assert org.queries[0].endswith("IsPersonAccount, AccountId, Level__c, Account.Name FROM Contact")
    assert (row.text("Level__c"), row.text("Account.Name")) == ("Gold", "Quay")


def test_a_field_that_may_not_be_seen_is_named() -> None:
    hidden = SmallOrg(fields=tuple(name for name in FIELDS if name != "HasOptedOutOfEmail"))
    with pytest.raises(UsageError, match=r"^Contact\.HasOptedOutOfEmail: this user may not see the field; grant"):
        list(records(hidden).rows(CONTACT))


def test_an_object_that_is_not_there() -> None:
    live = records(SmallOrg())
    assert not live.has(SUBSCRIBER_LIST)
    assert list(live.rows(CRON_TRIGGER)) == []
    with pytest.raises(UsageError, match=r"^Lead: is not there for this user"):
        list(live.rows(LEAD))


@pytest.mark.parametrize(
    ("org", "said"),
    [
        (SmallOrg(refusal=(401, "INVALID_SESSION_ID")), "the token has expired: log in again"),
        (SmallOrg(refusal=(403, "REQUEST_LIMIT_EXCEEDED")), "run the command again tomorrow"),
        (SmallOrg(refusal=(500, "UNKNOWN_EXCEPTION")), "run the command again"),
        (SmallOrg(failure=FailureKind.RESET), "run the command again"),
    ],
)
def test_a_failure_is_one_line_with_what_to_do(org: SmallOrg, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        list(records(org).rows(CONTACT))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
