"""A Campaign Monitor account from what the package's records say of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from sfoptlint.clients.clock import Clock
from sfoptlint.data_directory.directory import Row
from sfoptlint.harness.exports import Export
from sfoptlint.harness.fake_campaign_monitor.account import ALL_CLIENT_LISTS, ONLY_THIS_LIST, Account

LISTS: Final = "wbsendit__Subscriber_List__c"
MEMBERSHIPS: Final = "wbsendit__Subscription__c"
_SUPPRESSED: Final = "suppressed"
_DATE_COLUMNS: Final = ("LastModifiedDate", "SystemModstamp", "wbsendit__Date_Subscribed__c", "CreatedDate")
_SPREAD: Final = 365 * 24 * 60
"""Minutes over which made-up dates are spread."""


def account_from(exports: Mapping[str, Export], clock: Clock, random: Random, told: Callable[[str], None]) -> Account:
    """Return the account; `told` hears of each row that has no place in it."""
    account = Account(clock)
    default = f"{random.getrandbits(128):032x}"
    for row in _rows(exports, LISTS):
        _add_list(account, row, default)
    dates = _Dates(account, random)
    for row in _rows(exports, MEMBERSHIPS):
        _add_membership(account, row, default, dates, told)
    if not account.clients:
        account.add_client(default, "Client")
    return account


class _Dates:
    """When a membership's state was entered, and when it began: as the row says, else made up."""

    def __init__(self, account: Account, random: Random) -> None:
        self._account = account
        self._random = random

    def entered(self, row: Row) -> datetime:
        said = next(filter(None, (row.moment(column) for column in _DATE_COLUMNS)), None)
        if said is not None:
            return self._local(said)
        return self._local(datetime(2026, 1, 1, tzinfo=UTC) - timedelta(minutes=self._random.randrange(_SPREAD)))

    def joined(self, row: Row, entered: datetime) -> datetime:
        said = row.moment("wbsendit__Date_Subscribed__c")
        return min(self._local(said), entered) if said is not None else entered

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._account.zone).replace(tzinfo=None, second=0, microsecond=0)


def _add_list(account: Account, row: Row, default: str) -> None:
    list_id = row.text("wbsendit__List_Id__c").strip()
    if not list_id:
        return
    client = row.text("wbsendit__Client_ID__c").strip() or default
    account.add_client(client, client if client != default else "Client")
    mailing = account.add_list(list_id, row.text("wbsendit__List_Name__c").strip() or list_id, client)
    everywhere = row.text("wbsendit__Unsubscribe_Setting__c").replace(" ", "").casefold()
    mailing.unsubscribe_setting = ALL_CLIENT_LISTS if everywhere == ALL_CLIENT_LISTS.casefold() else ONLY_THIS_LIST
    mailing.confirmed_opt_in = row.text("wbsendit__List_Type__c").strip().casefold().startswith("confirmed")


def _add_membership(account: Account, row: Row, default: str, dates: _Dates, told: Callable[[str], None]) -> None:
    list_id, email = row.text("wbsendit__List_Id__c").strip(), row.text("wbsendit__Email__c").strip()
    state = row.text("wbsendit__State__c").strip()
    if not list_id or not email:
        told(f"{row.path}:{row.line}: has no list or no address, and is not on the Campaign Monitor side")
        return
    mailing = account.lists.get(list_id)
    if mailing is None:
        account.add_client(default, "Client")
        mailing = account.add_list(list_id, list_id, default)
    entered = dates.entered(row)
    if state.casefold() == _SUPPRESSED:
        account.suppress(mailing.client_id, email, "Unsubscribed", entered)
        return
    entry = account.put(list_id, email, state, entered)
    entry.joined = dates.joined(row, entered)


def _rows(exports: Mapping[str, Export], name: str) -> tuple[Row, ...]:
    return exports[name].rows if name in exports else ()
