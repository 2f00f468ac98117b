"""What one run of the sync works with; everything that a test replaces is handed in here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sfoptlint.core.settings import Policy
from sfoptlint.policy.address import address_key
from sfoptlint.sync.decision import Decision, Doubt, decide
from sfoptlint.sync.end import End, judge
from sfoptlint.sync.journal import Journal
from sfoptlint.sync.memberships import Held
from sfoptlint.sync.sides import Answer, CampaignMonitor, Person, Salesforce
from sfoptlint.sync.watermark import Watermark, load_since


def last_page_first(pages: int) -> Iterable[int]:
    """Return the order in which the pages of a collection are read.

    Rows are ordered by when they entered it. Who leaves moves the later rows forward, into pages that were read already;
    who enters comes at the end. So from the last page to the first no row is skipped, at worst read twice.
    """
    return range(pages, 0, -1)


@dataclass(frozen=True, slots=True)
class Rules:
    """The sync's pure parts."""

    key: Callable[[str], str] = address_key
    since: Callable[[Watermark, Watermark], datetime] = load_since
    page_order: Callable[[int], Iterable[int]] = last_page_first
    decide: Callable[[Person, Sequence[Held], Policy, Doubt], Decision] = decide
    judge: Callable[[bool, Answer, Person | None], End] = judge


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may do beside reading. Everything is off by default."""

    write: bool = False
    allow_opt_in: bool = False
    unsubscribe: bool = False
    """Unsubscribe in Campaign Monitor who was opted out by a person in Salesforce."""
    hold_opted_out: bool = False
    """Do not add to a list who is opted out."""


@dataclass(frozen=True, slots=True)
class Sync:
    """One run. `now` is UTC; `sleep` takes seconds; `run` names the run in the journal."""

    journal: Journal
    campaign_monitor: CampaignMonitor
    salesforce: Salesforce
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    run: str
    policy: Policy = field(default_factory=Policy)
    options: Options = Options()
    rules: Rules = field(default_factory=Rules)

    def mark(self) -> Watermark:
        """Return this moment by both clocks."""
        return Watermark(self.campaign_monitor.system_date(), self.now())
