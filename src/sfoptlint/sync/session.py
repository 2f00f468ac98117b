"""Opens a run: the journal under its lease, or a copy that is thrown away, for a plan."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options, Rules, Sync
from sfoptlint.sync.journal import Journal, copied, leased, nothing
from sfoptlint.sync.sides import CampaignMonitor, Salesforce

_RUNS = "runs"


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a run needs beside its journal. `owner` tells this org and this client apart from others."""

    campaign_monitor: CampaignMonitor
    salesforce: Salesforce
    owner: str
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    policy: Policy = field(default_factory=Policy)
    options: Options = field(default_factory=Options)
    rules: Rules = field(default_factory=Rules)


@contextmanager
def opened(file: Path, setting: Setting, reached: Callable[[str], None] = nothing) -> Iterator[Sync]:
    """Open a run. Without `write` it works on a copy, so that nothing changes anywhere.

    Raises UsageError while another run is under way, and where the journal can hold no more.
    """
    with leased(file, reached) if setting.options.write else copied(file, reached) as journal:
        try:
            journal.belong_to(setting.owner)
            yield _run(journal, setting)
        except sqlite3.OperationalError as error:
            raise UsageError(f"{file}: {error}; run again once that is mended: what was done stays done") from error


def _run(journal: Journal, setting: Setting) -> Sync:
    return Sync(
        journal,
        setting.campaign_monitor,
        setting.salesforce,
        setting.now,
        setting.sleep,
        run=_next_run(journal),
        policy=setting.policy,
        options=setting.options,
        rules=setting.rules,
    )


def _next_run(journal: Journal) -> str:
    """Return a name that no run of this journal had."""
    with journal.step("run begun"):
        number = int(journal.get(_RUNS) or 0) + 1
        journal.put(_RUNS, str(number))
    return f"run {number}"
