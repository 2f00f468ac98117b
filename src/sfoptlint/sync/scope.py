"""Which lists are loaded, and which of them are in doubt."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sfoptlint.sync.context import Sync
from sfoptlint.sync.decision import Doubt
from sfoptlint.sync.issue import Issue, IssueCause
from sfoptlint.sync.journal import Journal
from sfoptlint.sync.maintenance import close, note
from sfoptlint.sync.memberships import drop
from sfoptlint.sync.sides import MailingList
from sfoptlint.sync.sweep import SUPPRESSION_LIST
from sfoptlint.sync.watermark import Watermark


def find_lists(sync: Sync, *, everything: bool) -> Sequence[MailingList]:
    """Ask both sides which lists there are to load, and enter what became of those that were known.

    A list whose members are not synced is as if it were not there. One that is gone is dropped by a full refresh alone,
    and not where the service names no list at all: an empty answer proves nothing.
    """
    there = sync.campaign_monitor.lists()
    hidden = sync.salesforce.lists_without_sync()
    loaded = [item for item in there if item.id not in hidden]
    now = sync.now()
    with sync.journal.step("lists") as db:
        for item in loaded:
            sql = "INSERT INTO list (id, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name"
            db.execute(sql, (item.id, item.name))
        for list_id in _known(sync.journal) - {item.id for item in loaded}:
            if list_id in hidden or (everything and there):
                _remove(sync.journal, list_id, now)
            else:
                doubt(sync, list_id, IssueCause.LIST_GONE, "the service no longer names the list")
        for item in there:
            if item.id in hidden:
                note(sync.journal, IssueCause.LIST_NOT_SYNCED, item.id, "Prevent Member Sync is set", now)
    return loaded


def _known(journal: Journal) -> set[str]:
    return {list_id for (list_id,) in journal.db.execute("SELECT id FROM list")} - {SUPPRESSION_LIST}


def _remove(journal: Journal, list_id: str, now: datetime) -> None:
    drop(journal, list_id)
    journal.db.execute("DELETE FROM list WHERE id = ?", (list_id,))
    close(journal, list_id, now)


def include_suppression_list(sync: Sync) -> bool:
    """Return whether the policy counts the suppression list; forget it where it does not."""
    wanted = "Suppressed" in sync.policy.opted_out_states
    with sync.journal.step("suppression list") as db:
        if wanted:
            db.execute("INSERT OR IGNORE INTO list (id, name) VALUES (?, 'suppression list')", (SUPPRESSION_LIST,))
        else:
            _remove(sync.journal, SUPPRESSION_LIST, sync.now())
    return wanted


def doubt(sync: Sync, list_id: str, cause: IssueCause, why: str) -> None:
    """Enter that a list is not known as it is now, within the step that is under way."""
    sync.journal.db.execute("UPDATE list SET doubt = ? WHERE id = ?", (cause, list_id))
    note(sync.journal, cause, list_id, why, sync.now())


def watermark(journal: Journal, list_id: str) -> Watermark | None:
    """Return when the last whole load of a list began; None before the first."""
    row = journal.db.execute("SELECT local, utc FROM list WHERE id = ?", (list_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    return Watermark(datetime.fromisoformat(row[0]), datetime.fromisoformat(row[1]))


def doubt_of(journal: Journal) -> Doubt:
    """Return what is not known of the lists."""
    rows = journal.db.execute("SELECT id, local IS NULL, doubt FROM list").fetchall()
    return Doubt(
        never_whole=not rows or any(never for _, never, _ in rows),
        lists=frozenset(list_id for list_id, _, why in rows if why),
    )


def overdue(journal: Journal, now: datetime, age: timedelta) -> Sequence[Issue]:
    """Return an issue for each list whose last whole load is older than an age: the primary sync does not run as it should."""
    rows = journal.db.execute("SELECT id, utc FROM list WHERE utc IS NOT NULL ORDER BY id").fetchall()
    stamp = now.isoformat(timespec="seconds")
    return [
        Issue(IssueCause.SYNC_NOT_RUNNING, list_id, f"last loaded whole at {utc}", stamp, stamp)
        for list_id, utc in rows
        if now - datetime.fromisoformat(utc) > age
    ]
