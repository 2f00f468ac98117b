"""Whether the sync runs: the last sync of each list, and the scheduled and finished jobs, as of the moment of the export.

The moment is the newest one anywhere in the data: an export tells of the past, and is judged by its own clock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sfoptlint.data_directory.directory import Row
from sfoptlint.data_directory.records import Records
from sfoptlint.data_directory.tables import ASYNC_APEX_JOB, CRON_TRIGGER, SUBSCRIBER_LIST
from sfoptlint.doctor.population import CHANGED, Population

_WAITING = frozenset({"WAITING", "ACQUIRED", "EXECUTING", "PAUSED_BLOCKED", "BLOCKED", "COMPLETE"})
"""The states of a CronTrigger that is still to run, or did (Object Reference, CronTrigger, State)."""
_JOB_MOMENTS = ("PreviousFireTime", "CompletedDate", "CreatedDate")
_SYNC = "sync"


@dataclass(frozen=True, slots=True)
class SubscriberList:
    """One list: whether its members are left out of the sync, and when it was last synced."""

    prevented: bool
    last_synced: datetime | None


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of the sync. `lists` is None where the export has no lists; `jobs` says what is amiss with the jobs."""

    lists: Mapping[str, SubscriberList] | None
    jobs: str | None
    jobs_known: bool
    as_of: datetime | None
    longest: timedelta

    @property
    def known(self) -> bool:
        """Whether anything says if the sync runs."""
        return self.jobs_known or bool(self.lists)

    def is_late(self, list_id: str) -> bool:
        """Whether a list's last sync is older than it may be."""
        found = (self.lists or {}).get(list_id)
        if found is None or found.prevented or found.last_synced is None or self.as_of is None:
            return False
        return self.as_of - found.last_synced > self.longest

    def late(self) -> tuple[str, ...]:
        """Return the lists whose last sync is too old."""
        return tuple(list_id for list_id in sorted(self.lists or ()) if self.is_late(list_id))


def sync_state(data: Records, population: Population, max_age_hours: int, as_of: datetime | None) -> SyncState:
    """Read the lists and jobs of a data directory; `as_of` replaces the moment of the export."""
    lists = {row.text("wbsendit__List_Id__c"): _list(row) for row in data.rows(SUBSCRIBER_LIST)}
    crons, jobs = list(data.rows(CRON_TRIGGER)), list(data.rows(ASYNC_APEX_JOB))
    moment = as_of or max(_moments(lists.values(), population, (*crons, *jobs)), default=None)
    return SyncState(
        lists or None,
        _amiss(crons) if data.has(CRON_TRIGGER) else None,
        data.has(CRON_TRIGGER),
        moment,
        timedelta(hours=max_age_hours),
    )


def _list(row: Row) -> SubscriberList:
    return SubscriberList(row.checkbox("wbsendit__Prevent_Member_Sync__c"), row.moment("wbsendit__Last_Synced__c"))


def _moments(lists: Iterable[SubscriberList], population: Population, jobs: Iterable[Row]) -> Iterator[datetime]:
    found = [one.last_synced for one in lists]
    found += [row.moment(CHANGED) for row in population.rows()]
    found += [holding.changed for holding in population.holdings]
    found += [row.moment(column) for row in jobs for column in _JOB_MOMENTS]
    yield from (moment for moment in found if moment is not None)


def _amiss(crons: list[Row]) -> str | None:
    """Say what is wrong with the scheduled jobs; the primary sync is the one that is called so, where one is."""
    named = [row for row in crons if _SYNC in row.text("CronJobDetail.Name").casefold()]
    scheduled = [row for row in named or crons if (row.text("State") or "WAITING").upper() in _WAITING]
    if not crons:
        return "no job is scheduled at all"
    if not scheduled:
        states = ", ".join(sorted({row.text("State") for row in named or crons}))
        return f"the scheduled job is in the state {states}"
    return None
