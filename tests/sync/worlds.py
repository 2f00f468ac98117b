"""A world for the sync: a clock, both sides in memory, and a journal in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options, Rules, Sync
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.journal import Journal, nothing, open_database
from sfoptlint.sync.maintenance import issues
from sfoptlint.sync.run import full_refresh, opt_out_job, primary, refresh
from sfoptlint.sync.verdict import Action, PersonVerdict, Report
from tests.sync.memory import Clock, MemoryCampaignMonitor, MemoryOrg

WRITE = Options(write=True)


@dataclass
class World:
    """Both sides, a journal, and what the runs told."""

    clock: Clock = field(default_factory=Clock)
    policy: Policy = field(default_factory=Policy)
    options: Options = WRITE
    rules: Rules = field(default_factory=Rules)
    reached: Callable[[str], None] = nothing
    told: list[PersonVerdict | Action] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.campaign_monitor = MemoryCampaignMonitor(self.clock)
        self.org = MemoryOrg(self.clock)
        self.db = open_database(":memory:")
        self._runs = count(1)

    def journal(self) -> Journal:
        """Return the journal as a process that starts now would see it."""
        return Journal(self.db, self.reached)

    def sync(self) -> Sync:
        """Return a run that begins now."""
        name = f"run-{next(self._runs)}"
        sides = (self.campaign_monitor, self.org)
        return Sync(
            self.journal(), *sides, self.clock.now, self.clock.sleep, name, self.policy, self.options, self.rules
        )

    def _run(self, command: Callable[[Sync, Report], None]) -> Report:
        report = Report(self.told.append)
        command(self.sync(), report)
        return report

    def primary(self) -> Report:
        return self._run(primary)

    def full_refresh(self) -> Report:
        return self._run(full_refresh)

    def opt_out_job(self) -> Report:
        return self._run(opt_out_job)

    def refresh(self, list_id: str, email: str) -> Report:
        return self._run(lambda sync, report: refresh(sync, report, list_id, email))

    def close(self) -> None:
        self.db.close()

    def issues(self) -> set[tuple[IssueCause, str]]:
        """Return the open issues, each by cause and record."""
        return {(issue.cause, issue.record) for issue in issues(self.journal())}
