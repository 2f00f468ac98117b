"""Both sides as the clients reach them: what the sync asks, in Campaign Monitor's and in Salesforce's words."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.records import NewSubscriber, State
from sfoptlint.clients.errors import ApiError, BrokenAnswerError, ExhaustedError, TransportError
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.sides import Answer, MailingList, Page, Person, SideError, Subscriber, Trouble
from sfoptlint.sync.verdict import FIELDS

_NOT_OURS_TO_ASK = frozenset({"60", "100", "120", "121", "122"})
"""Campaign Monitor's codes for a key, a permission or a token that does not hold (API v3.3, Authentication)."""
_NO_SUCH_OBJECT = frozenset({"INVALID_TYPE", "NOT_FOUND"})
_PERSON_FIELD = FIELDS[OptOutObject.ACCOUNT]


@contextmanager
def _asked() -> Iterator[None]:
    """Say of a client's failure what it means for what was asked."""
    try:
        yield
    except ApiError as error:
        raise SideError(_trouble(error), error.code, error.message) from None
    except ExhaustedError as error:
        raise SideError(Trouble.EXHAUSTED, "EXHAUSTED", str(error)) from None
    except TransportError as error:
        raise SideError(Trouble.UNANSWERED, error.kind, error.message) from None
    except BrokenAnswerError as error:
        raise SideError(Trouble.UNANSWERED, "BROKEN_ANSWER", str(error)) from None


def _trouble(error: ApiError) -> Trouble:
    if error.code in _NOT_OURS_TO_ASK or error.code == "INVALID_SESSION_ID":
        return Trouble.EXHAUSTED
    return Trouble.UNANSWERED if error.status >= 500 else Trouble.REFUSED


class CampaignMonitorService:
    """One client of a Campaign Monitor account. `page_size` is 10 to 1000."""

    def __init__(self, client: CampaignMonitor, client_id: str, page_size: int = 1000) -> None:
        self._client = client
        self._client_id = client_id
        self._page_size = page_size

    def system_date(self) -> datetime:
        """Return the account's clock: local, no offset."""
        with _asked():
            return self._client.system_date()

    def lists(self) -> Sequence[MailingList]:
        """Return every list of the client."""
        with _asked():
            return [MailingList(item.id, item.name) for item in self._client.lists(self._client_id)]

    def subscribers(self, list_id: str, state: str, since: datetime | None, page: int) -> Page:
        """Return a page of those who are in a state, oldest entry first."""
        with _asked():
            got = self._client.page(list_id, State(state), since, page, self._page_size)
        rows = [Subscriber(row.email, row.state, row.date) for row in got.rows]
        return Page(rows, got.number, got.size, got.pages, got.total)

    def suppressed(self, page: int) -> Page:
        """Return a page of the client's suppression list, oldest first."""
        with _asked():
            got = self._client.suppression_page(self._client_id, page, self._page_size)
        rows = [Subscriber(row.email, "Suppressed", row.date) for row in got.rows]
        return Page(rows, got.number, got.size, got.pages, got.total)

    def subscriber(self, list_id: str, email: str) -> Subscriber | None:
        """Return one subscriber, or None where the address is not on the list."""
        with _asked():
            row = self._client.subscriber(list_id, email)
        return Subscriber(row.email, row.state, row.date) if row else None

    def unsubscribe(self, list_id: str, email: str) -> None:
        """Move an active subscriber to Unsubscribed."""
        with _asked():
            self._client.unsubscribe(list_id, email)

    def add(self, list_id: str, emails: Sequence[str]) -> dict[str, str]:
        """Add addresses to a list without resubscribing anybody; return those that were refused, each with the code."""
        with _asked():
            result = self._client.import_subscribers(list_id, [NewSubscriber(email) for email in emails])
        return {failure.email: str(failure.code) for failure in result.failures}


class SalesforceService:
    """An org. Person accounts are read by their account, which holds the box."""

    def __init__(self, client: Salesforce) -> None:
        self._client = client
        self._person_accounts: bool | None = None

    def lists_without_sync(self) -> frozenset[str]:
        """Return the ids of the lists whose members are not synced; none where the package is not installed."""
        soql = "SELECT wbsendit__List_Id__c FROM wbsendit__Subscriber_List__c WHERE wbsendit__Prevent_Member_Sync__c = true"
        try:
            with _asked():
                return frozenset(str(row["wbsendit__List_Id__c"]) for row in self._client.query(soql))
        except SideError as error:
            if error.code in _NO_SUCH_OBJECT:
                return frozenset()
            raise

    def people(self, since: datetime | None) -> Iterator[Person]:
        """Return everybody with an address, or who changed at or after a moment, with or without one."""
        for target in self._objects():
            email = "PersonEmail" if target is OptOutObject.ACCOUNT else "Email"
            at = since and f"SystemModstamp >= {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            yield from self._rows(target, at or f"{email} != null")

    def read(self, target: OptOutObject, ids: Sequence[str]) -> Sequence[Person]:
        """Return those of at most 200 records that are there."""
        named = ", ".join(f"'{record}'" for record in ids)
        return [*self._rows(target, f"Id IN ({named})")]

    def write(self, target: OptOutObject, ids: Sequence[str], opted_out: bool) -> Sequence[Answer]:
        """Set the boxes of at most 200 records, each by itself."""
        with _asked():
            results = self._client.update(target, [{"Id": record, FIELDS[target]: opted_out} for record in ids])
        return [
            Answer(record, "", "")
            if result.success
            else Answer(record, result.errors[0].status_code, result.errors[0].message)
            if result.errors
            else Answer(record, "UNKNOWN_EXCEPTION", "")
            for record, result in zip(ids, results, strict=True)
        ]

    def _objects(self) -> Sequence[OptOutObject]:
        return [*OptOutObject] if self._has_person_accounts() else [OptOutObject.CONTACT, OptOutObject.LEAD]

    def _has_person_accounts(self) -> bool:
        if self._person_accounts is None:
            try:
                with _asked():
                    self._person_accounts = _PERSON_FIELD in self._client.describe(OptOutObject.ACCOUNT).fields
            except SideError as error:
                if error.code not in _NO_SUCH_OBJECT:
                    raise
                self._person_accounts = False
        return self._person_accounts

    def _rows(self, target: OptOutObject, where: str) -> Iterator[Person]:
        match target:
            case OptOutObject.ACCOUNT:
                fields = f"PersonContactId, PersonEmail, {_PERSON_FIELD}"
                where = f"IsPersonAccount = true AND {where}"
            case OptOutObject.LEAD:
                fields = "Email, HasOptedOutOfEmail, IsConverted"
            case OptOutObject.CONTACT:
                fields = "Email, HasOptedOutOfEmail"
                where = f"IsPersonAccount = false AND {where}" if self._has_person_accounts() else where
        with _asked():
            soql = f"SELECT Id, {fields}, LastModifiedDate FROM {target} WHERE {where}"  # noqa: S608 - ids and names of ours
            for row in self._client.query(soql):
                yield _person(target, row)


def _person(target: OptOutObject, row: Mapping[str, Any]) -> Person:
    account = target is OptOutObject.ACCOUNT
    record = str(row["Id"])
    return Person(
        target,
        record,
        str(row["PersonContactId"] or record) if account else record,
        str(row["PersonEmail" if account else "Email"] or ""),
        bool(row[FIELDS[target]]),
        bool(row.get("IsConverted")),
        datetime.fromisoformat(str(row["LastModifiedDate"])).astimezone(UTC),
    )
