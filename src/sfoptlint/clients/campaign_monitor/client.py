"""Campaign Monitor's API v3.3, as far as memberships and unsubscribes need it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sfoptlint.clients.campaign_monitor.calls import Calls, PartialImportError
from sfoptlint.clients.campaign_monitor.records import (
    Client,
    Code,
    EmailHistory,
    ImportResult,
    ListDetails,
    ListOfEmail,
    MailingList,
    NewSubscriber,
    Page,
    State,
    Subscriber,
    Suppressed,
    history,
    import_result,
    moment,
    need,
    page_of,
    subscriber,
    suppressed,
)
from sfoptlint.clients.errors import ApiError

MAX_PAGE = 1000
"""Rows of a page, and addresses of an import, at most."""


class CampaignMonitor:
    """An account. Every method raises a ClientError where there is no answer, or no yes.

    The five collections of a list are ordered by date, oldest first, so that who changes state meanwhile moves to the end
    of another collection, and nobody behind them is skipped unseen by whoever reads on until the total stands still.
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def system_date(self) -> datetime:
        """Return the account's clock: local time, no offset."""
        return moment(need(self._calls.get("systemdate"), "SystemDate"))

    def clients(self) -> tuple[Client, ...]:
        """Return the account's clients."""
        return tuple(Client(str(need(c, "ClientID")), str(need(c, "Name"))) for c in self._calls.get("clients"))

    def lists(self, client_id: str) -> tuple[MailingList, ...]:
        """Return a client's lists."""
        answer = self._calls.get("clients", client_id, "lists")
        return tuple(MailingList(str(need(row, "ListID")), str(need(row, "Name"))) for row in answer)

    def list_details(self, list_id: str) -> ListDetails:
        """Return a list's settings."""
        answer = self._calls.get("lists", list_id)
        return ListDetails(
            str(need(answer, "ListID")),
            str(need(answer, "Title")),
            bool(need(answer, "ConfirmedOptIn")),
            str(need(answer, "UnsubscribeSetting")),
        )

    def list_stats(self, list_id: str) -> dict[str, int]:
        """Return a list's numbers by their names."""
        answer = self._calls.get("lists", list_id, "stats")
        return {str(name): int(value) for name, value in answer.items()}

    def page(
        self, list_id: str, state: State, since: datetime | None = None, page: int = 1, page_size: int = MAX_PAGE
    ) -> Page[Subscriber]:
        """Return a page of a list's subscribers in a state; `since` (local, to the minute): who entered it then or later."""
        answer = self._calls.get(
            "lists",
            list_id,
            state.value.lower(),
            query={**_paging(page, page_size), "date": f"{since:%Y-%m-%d %H:%M}" if since else ""},
        )
        return page_of(answer, [subscriber(row) for row in need(answer, "Results")])

    def subscribers(self, list_id: str, state: State, since: datetime | None = None) -> Iterator[Subscriber]:
        """Yield a list's subscribers in a state, page by page as they are asked for."""
        number, pages = 1, 1
        while number <= pages:
            page = self.page(list_id, state, since, number)
            yield from page.rows
            number, pages = number + 1, page.pages

    def subscriber(self, list_id: str, email: str) -> Subscriber | None:
        """Return one subscriber, None where the address is not on the list."""
        try:
            return subscriber(self._calls.get("subscribers", list_id, query={"email": email}))
        except ApiError as error:
            if error.code == str(Code.NOT_IN_LIST):
                return None
            raise

    def history(self, list_id: str, email: str) -> tuple[EmailHistory, ...]:
        """Return what a subscriber did with each email."""
        answer = self._calls.get("subscribers", list_id, "history", query={"email": email})
        return tuple(history(row) for row in answer)

    def lists_for_email(self, client_id: str, email: str) -> tuple[ListOfEmail, ...]:
        """Return the lists of a client that an address is on, each with its state there."""
        answer = self._calls.get("clients", client_id, "listsforemail", query={"email": email})
        return tuple(
            ListOfEmail(
                str(need(row, "ListID")),
                str(need(row, "ListName")),
                str(need(row, "SubscriberState")),
                moment(need(row, "DateSubscriberAdded")),
            )
            for row in answer
        )

    def suppression_page(self, client_id: str, page: int = 1, page_size: int = MAX_PAGE) -> Page[Suppressed]:
        """Return a page of a client's suppression list."""
        answer = self._calls.get("clients", client_id, "suppressionlist", query=_paging(page, page_size))
        return page_of(answer, [suppressed(row) for row in need(answer, "Results")])

    def subscribe(self, list_id: str, new: NewSubscriber, *, resubscribe: bool = False) -> str:
        """Add an address, and return it as it was taken; codes 204 to 208 say why not, without `resubscribe`."""
        body = {**_written(new), "Resubscribe": resubscribe, "RestartSubscriptionBasedAutoresponders": False}
        return str(self._calls.post("subscribers", list_id, body=body))

    def import_subscribers(
        self, list_id: str, new: Sequence[NewSubscriber], *, resubscribe: bool = False
    ) -> ImportResult:
        """Add at most 1000 addresses at once; who was left out is in the result."""
        body = {
            "Subscribers": [_written(one) for one in new],
            "Resubscribe": resubscribe,
            "QueueSubscriptionBasedAutoresponders": False,
            "RestartSubscriptionBasedAutoresponders": False,
        }
        try:
            return import_result(self._calls.post("subscribers", list_id, "import", body=body))
        except PartialImportError as partial:
            return import_result(partial.result)

    def unsubscribe(self, list_id: str, email: str) -> None:
        """Move an address to Unsubscribed, on every list of the client where the list says so."""
        self._calls.post("subscribers", list_id, "unsubscribe", body={"EmailAddress": email})

    def delete(self, list_id: str, email: str) -> None:
        """Move an address to Deleted; nothing is erased."""
        self._calls.delete("subscribers", list_id, query={"email": email})


def _paging(page: int, page_size: int) -> dict[str, object]:
    return {"page": page, "pagesize": page_size, "orderfield": "date", "orderdirection": "asc"}


def _written(new: NewSubscriber) -> dict[str, Any]:
    return {"EmailAddress": new.email, "Name": new.name, "CustomFields": [], "ConsentToTrack": new.consent_to_track}
