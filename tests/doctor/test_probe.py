"""The probe against the fake org: tried, told, rolled back, and shown before it runs."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from sfoptlint.clients.errors import ApiError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.anonymous import AnonymousApex
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.doctor.causes import Cause
from sfoptlint.doctor.diagnosis import Ways
from sfoptlint.doctor.examination import Asked, Request, examine
from sfoptlint.doctor.live import LiveRecords
from sfoptlint.doctor.probe import MARK, Probed, way
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.saving import Refused, Save, Saved
from tests.harness.worlds import NOON, org, salesforce

ANN, BOX = "003000000000aAnAAI", "HasOptedOutOfEmail"
ACCESS = Access("https://org.example", "t")


class Answering:
    """Does the same with every save."""

    def __init__(self, outcome: Refused | None, ends: bool = True) -> None:
        self._outcome = outcome
        self._ends = ends

    def save(self, chunk: Sequence[Save]) -> Sequence[Saved | Refused]:
        return [self._outcome or Saved({**(one.stored or {}), **one.asked, BOX: self._ends}) for one in chunk]


def unsubscribed(saves: Answering) -> Org:
    made = org(saves=saves)
    made.put(
        "Contact",
        {"Id": ANN, "LastName": "Ann", "Email": "ann@example.org", BOX: False, "LastModifiedDate": NOON - timedelta(1)},
    )
    made.put(
        "wbsendit__Subscription__c",
        {
            "wbsendit__Email__c": "ann@example.org",
            "wbsendit__State__c": "Unsubscribed",
            "wbsendit__List_Id__c": "l" * 32,
            "wbsendit__Contact__c": ANN,
        },
    )
    made.put(
        "wbsendit__Subscriber_List__c",
        {"wbsendit__List_Id__c": "l" * 32, "wbsendit__Prevent_Member_Sync__c": False, "wbsendit__Last_Synced__c": NOON},
    )
    made.put("CronTrigger", {"State": "WAITING"})
    return made


def probed(state: Org, shown: list[str]) -> Cause | None:
    def put_before(ways: Ways | None) -> Ways:
        return Probed(AnonymousApex(FakeOrg(state), ACCESS), shown.append, ways)

    request = Request(LiveRecords(salesforce(state)), Policy(), Asked(id=ANN), as_of=NOON, probe=put_before)
    (patient,) = examine(request).patients
    return patient.diagnosis.cause


@pytest.mark.parametrize(
    ("saves", "cause"),
    [
        (Answering(Refused((SaveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "No", ()),))), "blocked_by_automation"),
        (Answering(Refused((SaveError("INSUFFICIENT_ACCESS_OR_READONLY", "No", ()),))), "not_editable"),
        (Answering(None, ends=False), "reverted_by_automation"),
        (Answering(None), "unknown"),
    ],
)
def test_what_the_org_does_is_named_and_nothing_stays(saves: Answering, cause: str) -> None:
    state, shown = unsubscribed(saves), list[str]()
    assert probed(state, shown) == cause
    record = state.find(state.object("Contact"), ANN)
    assert record is not None
    assert record.values[BOX] is False
    (script,) = shown
    assert f"new Contact(Id = '{ANN}', {BOX} = true)" in script
    assert script.rstrip().endswith(f"System.assert(false, '{MARK}' + JSON.serialize(told));")


def test_a_limit_that_is_used_up_is_said_with_what_to_do() -> None:
    state = unsubscribed(Answering(None))
    state.daily_requests = 3
    with pytest.raises(UsageError, match="used up: run the command again tomorrow"):
        probed(state, [])


def test_any_other_script_is_not_run() -> None:
    apex = AnonymousApex(FakeOrg(unsubscribed(Answering(None))), ACCESS)
    with pytest.raises(ApiError, match="NOT_COMPILED"):
        apex.told("delete [SELECT Id FROM Contact];", MARK)


def test_a_save_without_a_reason_is_still_a_refusal() -> None:
    found = way({"success": False})
    assert found is not None
    assert found.cause is Cause.BLOCKED_BY_AUTOMATION
    assert "no reason" in found.evidence
