"""Connects a run to the live services. Tokens come from the environment or the Salesforce CLI, never from an argument."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfoptlint.clients.budget import BudgetTransport
from sfoptlint.clients.campaign_monitor.calls import BASE_URL, Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey, Credentials, OAuth
from sfoptlint.clients.clock import SystemClock
from sfoptlint.clients.errors import ClientError
from sfoptlint.clients.live import live_transport
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.salesforce.login import access
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options
from sfoptlint.sync.services import CampaignMonitorService, SalesforceService
from sfoptlint.sync.session import Setting

KEY = "SFOPTLINT_CAMPAIGN_MONITOR_KEY"
OAUTH = ("SFOPTLINT_CAMPAIGN_MONITOR_TOKEN", "SFOPTLINT_CAMPAIGN_MONITOR_REFRESH_TOKEN")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services are. `org` is an alias of the Salesforce CLI or the URL of an instance.

    `client_id` may be left out where the Campaign Monitor account has one client alone.
    """

    org: str
    client_id: str | None
    campaign_monitor: str = BASE_URL
    authority: str | None = None


def connect(addresses: Addresses, environment: Mapping[str, str], policy: Policy, options: Options) -> Setting:
    """Return what a run needs; raise UsageError where a token is missing."""
    clock = SystemClock()
    way_in = access(addresses.org, environment, live_transport(addresses.authority, clock), clock)
    salesforce = Salesforce(BudgetTransport(live_transport(addresses.authority, clock)), way_in)
    calls = Calls(live_transport(addresses.authority, clock), _credentials(environment), addresses.campaign_monitor)
    campaign_monitor = CampaignMonitor(calls)
    client_id = addresses.client_id or _only_client(campaign_monitor)
    return Setting(
        CampaignMonitorService(campaign_monitor, client_id),
        SalesforceService(salesforce),
        owner=f"{way_in.instance_url} and client {client_id}",
        now=clock.now,
        sleep=clock.sleep,
        policy=policy,
        options=options,
    )


def _credentials(environment: Mapping[str, str]) -> Credentials:
    key, (token, renewal) = environment.get(KEY), OAUTH
    if key:
        return ApiKey(key)
    if environment.get(token):
        return OAuth(environment[token], environment.get(renewal, ""))
    raise UsageError(f"set {KEY}, or {token} and {renewal}, in the environment")


def _only_client(campaign_monitor: CampaignMonitor) -> str:
    try:
        clients = campaign_monitor.clients()
    except ClientError as error:
        raise UsageError(f"Campaign Monitor does not name the account's clients: {error}") from None
    if len(clients) != 1:
        named = ", ".join(f"{client.id} ({client.name})" for client in clients) or "none"
        raise UsageError(f"name the Campaign Monitor client with --client; the account has {named}")
    return clients[0].id
