"""Opens a run: the journal under its lease, or a copy that is thrown away, for a plan."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sfoptlint.core.settings import Policy
from sfoptlint.sync.context import Options, Sync
from sfoptlint.sync.journal import copied, leased, nothing
from sfoptlint.sync.sides import CampaignMonitor, Salesforce


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


@contextmanager
def opened(file: Path, setting: Setting, reached: Callable[[str], None] = nothing) -> Iterator[Sync]:
    """Open a run. Without `write` it works on a copy, so that nothing changes anywhere."""
    with leased(file, reached) if setting.options.write else copied(file) as journal:
        journal.belong_to(setting.owner)
        yield Sync(
            journal,
            setting.campaign_monitor,
            setting.salesforce,
            setting.now,
            setting.sleep,
            run=setting.now().isoformat(),
            policy=setting.policy,
            options=setting.options,
        )
