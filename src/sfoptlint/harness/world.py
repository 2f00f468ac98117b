"""A world: a Campaign Monitor account, an org, the clients between them and the sync, and a journal."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sfoptlint.clients.campaign_monitor.calls import Calls
from sfoptlint.clients.campaign_monitor.client import CampaignMonitor
from sfoptlint.clients.campaign_monitor.credentials import OAuth
from sfoptlint.clients.retry import RetryingTransport
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.wire import Transport
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.harness.clocks import StandingClock
from sfoptlint.harness.exchange import Exchange, Names, RecordingTransport
from sfoptlint.harness.fake_campaign_monitor.account import Account
from sfoptlint.harness.fake_campaign_monitor.fake import PREFIX, FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.fake_org.ids import key_of
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Record
from sfoptlint.harness.faults import FaultySaves, FaultyTransport, RequestFault
from sfoptlint.sync.context import Options, Rules, Sync
from sfoptlint.sync.issue import Issue
from sfoptlint.sync.journal import copied, nothing
from sfoptlint.sync.run import maintenance_log
from sfoptlint.sync.services import CampaignMonitorService, SalesforceService
from sfoptlint.sync.session import Setting, opened
from sfoptlint.sync.verdict import Action, PersonVerdict, Report

CLIENT: Final = "c" * 32
_CAMPAIGN_MONITOR: Final = "https://campaign-monitor.example"
_ORG: Final = "https://org.example"
Work = Callable[[Sync, Report], None]


class KilledError(BaseException):
    """The process that runs the sync was killed."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A run that did not begin, or ended for want of something that is not a service."""

    why: str


@dataclass
class World:
    """Everything that a scenario looks at or changes. `folder` is its own; `held` is what is open as long as it is."""

    clock: StandingClock
    account: Account
    org: Org
    saves: FaultySaves
    folder: Path
    policy: Policy
    options: Options
    page_size: int
    held: ExitStack
    rules: Rules = field(default_factory=Rules)
    names: Names = field(default_factory=Names)
    faults: list[RequestFault] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    told: list[PersonVerdict | Action | Refused] = field(default_factory=list)
    stopped: str = ""
    disk_is_full: bool = False
    hidden: dict[str, Record] = field(default_factory=dict)
    """Records that the sync user does not see, by the first 15 characters of their ids."""

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.folder / "journal"

    def setting(self, options: Options) -> Setting:
        """Return what a run works with."""
        calls = Calls(self._through(FakeCampaignMonitor(self.account)), OAuth("at", "rt"), _CAMPAIGN_MONITOR + PREFIX)
        access = Access(_ORG, "token", renew=lambda: "fresh token")
        return Setting(
            CampaignMonitorService(CampaignMonitor(calls), CLIENT, self.page_size),
            SalesforceService(Salesforce(self._through(FakeOrg(self.org)), access)),
            owner=f"{_ORG} and client {CLIENT}",
            now=self.clock.now,
            sleep=self.clock.sleep,
            policy=self.policy,
            options=options,
            rules=self.rules,
        )

    def _through(self, fake: Transport) -> Transport:
        faulty = FaultyTransport(fake, self.faults)
        return RetryingTransport(RecordingTransport(faulty, self.exchanges), self.clock)

    def run(self, work: Work, options: Options, reached: Callable[[str], None] = nothing) -> None:
        """Run the sync as a process of its own would; `reached` may kill it. What it told and why it stopped is kept."""
        report = Report(self.told.append)

        def stored(step: str) -> None:
            if self.disk_is_full and step == "page staged: before commit":
                raise sqlite3.OperationalError("database or disk is full")
            reached(step)

        try:
            with opened(self.journal, self.setting(options), stored) as sync:
                work(sync, report)
            self.stopped = report.stopped
        except KilledError:
            self.stopped = "killed"
        except UsageError as error:
            self.stopped = str(error).replace(f"{self.journal}: ", "")
            self.told.append(Refused(self.stopped))

    def issues(self) -> Sequence[Issue]:
        """Return the open issues of the maintenance log."""
        with copied(self.journal) as journal:
            return maintenance_log(journal, self.clock.now(), self.policy)

    def memberships(self) -> dict[str, dict[str, str]]:
        """Return the memberships that the journal knows: states by address, by the list's name."""
        found: dict[str, dict[str, str]] = {}
        with copied(self.journal) as journal:
            for list_id, email, state in journal.db.execute("SELECT list, email, state FROM membership ORDER BY 1, 2"):
                found.setdefault(self.names.outward(list_id), {})[email] = state
        return found

    def record(self, name: str) -> Record | None:
        """Return a record by the scenario's name; None where it is gone."""
        key = key_of(self.names.ids[name])
        found = self.hidden.get(key) or self.org.anywhere(key)
        return found if found is not None and not found.deleted else None

    def hide(self, record: Record) -> None:
        """Take a record out of the sync user's sight."""
        self.hidden[key_of(record.id)] = self.org.table(record.object).pop(key_of(record.id))

    def show(self, name: str) -> None:
        """Bring a record back into the sync user's sight."""
        record = self.hidden.pop(key_of(self.names.ids[name]))
        self.org.table(record.object)[key_of(record.id)] = record
