"""Fakes set up for a test, with a client that speaks to each."""

from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.wire import Transport
from sfoptlint.harness.fake_campaign_monitor.account import Account
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.saving import Saves
from sfoptlint.harness.no_metadata import no_metadata
from sfoptlint.harness.org_scene import org_without_records
from sfoptlint.model.objects import Objects
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


def org(saves: Saves | None = None, access: FieldAccess | None = None, clock: StandingClock | None = None) -> Org:
    return org_without_records(Objects(no_metadata()), clock or StandingClock(NOON), Random(1), saves, access)


def salesforce(state: Org) -> Salesforce:
    return Salesforce(FakeOrg(state), Access("https://org.example", "t"))
