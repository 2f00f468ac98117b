"""Connects a run to the live services. Tokens come from the environment or the Salesforce CLI, never from an argument."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from random import uniform

from sfoptlint.clients.budget import BudgetTransport
from sfoptlint.clients.campaign_monitor.calls import BASE_URL, Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import ApiKey, Credentials, OAuth
from sfoptlint.clients.clock import SystemClock
from sfoptlint.clients.network import NetworkTransport
from sfoptlint.clients.retry import RetryingTransport
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.wire import Transport
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options
from sfoptlint.sync.services import CampaignMonitorService, SalesforceService
from sfoptlint.sync.session import Setting

ORG_TOKEN = "SFOPTLINT_ORG_TOKEN"  # noqa: S105 - a variable's name
KEY = "SFOPTLINT_CAMPAIGN_MONITOR_KEY"
OAUTH = ("SFOPTLINT_CAMPAIGN_MONITOR_TOKEN", "SFOPTLINT_CAMPAIGN_MONITOR_REFRESH_TOKEN")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services are. `org` is an alias of the Salesforce CLI or the URL of an instance."""

    org: str
    client_id: str
    campaign_monitor: str = BASE_URL
    authority: str | None = None


def connect(addresses: Addresses, environment: Mapping[str, str], policy: Policy, options: Options) -> Setting:
    """Return what a run needs; raise UsageError where a token is missing."""
    clock = SystemClock()
    access = _access(addresses.org, environment)
    salesforce = Salesforce(BudgetTransport(_transport(addresses, clock)), access)
    calls = Calls(_transport(addresses, clock), _credentials(environment), addresses.campaign_monitor)
    return Setting(
        CampaignMonitorService(CampaignMonitor(calls), addresses.client_id),
        SalesforceService(salesforce),
        owner=f"{access.instance_url} and client {addresses.client_id}",
        now=clock.now,
        sleep=clock.sleep,
        policy=policy,
        options=options,
    )


def _transport(addresses: Addresses, clock: SystemClock) -> Transport:
    network = NetworkTransport(authority=addresses.authority)
    return RetryingTransport(network, clock, jitter=partial(uniform, 0.5, 1.0))


def _credentials(environment: Mapping[str, str]) -> Credentials:
    key, (token, renewal) = environment.get(KEY), OAUTH
    if key:
        return ApiKey(key)
    if environment.get(token):
        return OAuth(environment[token], environment.get(renewal, ""))
    raise UsageError(f"set {KEY}, or {token} and {renewal}, in the environment")


def _access(org: str, environment: Mapping[str, str]) -> Access:
    if "://" not in org:
        return _from_cli(org)
    token = environment.get(ORG_TOKEN)
    if not token:
        raise UsageError(f"set {ORG_TOKEN} in the environment, or name an alias of the Salesforce CLI with --org")
    return Access(org.rstrip("/"), token)


def _from_cli(alias: str) -> Access:
    """Ask the Salesforce CLI for an org's token (Salesforce CLI Command Reference, org display)."""
    program = shutil.which("sf")
    if program is None:
        raise UsageError(
            f"--org {alias}: the Salesforce CLI `sf` is not on the PATH; name the URL of an instance instead"
        )
    command = [program, "org", "display", "--json", "--target-org", alias]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the arguments are ours
    try:
        shown = json.loads(answer.stdout)["result"]
        return Access(str(shown["instanceUrl"]).rstrip("/"), str(shown["accessToken"]))
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"--org {alias}: `sf org display` gives no token; log in with `sf org login web`") from None
