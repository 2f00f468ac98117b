"""Fakes set up for a test, with a client that speaks to each."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey
from sfoptlint.clients.wire import Transport
from sfoptlint.harness.fake_campaign_monitor.account import Account
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from tests.clients.wires import StandingClock

NOON = datetime(2026, 11, 22, 12, 0, 40, tzinfo=UTC)


def account(*lists: str, zone: str = "UTC", clock: StandingClock | None = None) -> Account:
    made = Account(clock or StandingClock(NOON), ZoneInfo(zone))
    made.add_client("c1", "Shore")
    for name in lists:
        made.add_list(name, name.title(), "c1")
    return made


def campaign_monitor(state: Account) -> CampaignMonitor:
    return speak(FakeCampaignMonitor(state))


def speak(transport: Transport) -> CampaignMonitor:
    return CampaignMonitor(Calls(transport, ApiKey("k")))
