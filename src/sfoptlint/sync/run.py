"""The sync's commands: primary sync, full refresh, refresh of one membership, and the opt-out job by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from sfoptlint.core.settings import Policy
from sfoptlint.sync import people, scope
from sfoptlint.sync.context import Sync
from sfoptlint.sync.issue import Issue, IssueCause, cause_of
from sfoptlint.sync.job import run_job
from sfoptlint.sync.journal import Journal
from sfoptlint.sync.maintenance import close, close_finished, close_one, issues, note
from sfoptlint.sync.memberships import put_one, unknown_states
from sfoptlint.sync.reverse import enter_ticked, unsubscribe_ticked
from sfoptlint.sync.sides import SideError, Trouble
from sfoptlint.sync.sweep import SUPPRESSION_LIST, IncompleteError, load_list, load_suppression_list
from sfoptlint.sync.verdict import Report

RUN = "run"
"""What the maintenance log calls a run as a whole."""


def primary(sync: Sync, report: Report) -> None:
    """Load what changed in every list and in the org, then run the opt-out job."""
    _guarded(sync, report, lambda: _load_and_decide(sync, report, everything=False))


def full_refresh(sync: Sync, report: Report) -> None:
    """Load every list and everybody anew, then run the opt-out job.

    The old memberships stay until a list was loaded whole, so that there is no moment without any.
    """
    _guarded(sync, report, lambda: _load_and_decide(sync, report, everything=True))


def opt_out_job(sync: Sync, report: Report) -> None:
    """Decide about every address that a membership or a person has, from what is known."""

    def work() -> None:
        with sync.journal.step("everybody opened") as db:
            db.execute("INSERT OR IGNORE INTO open_key (key) SELECT DISTINCT key FROM membership")
        run_job(sync, report)

    _guarded(sync, report, work)


def refresh(sync: Sync, report: Report, list_id: str, email: str) -> None:
    """Ask for one membership, as its Refresh button does, then run the opt-out job for its address."""
    key = sync.rules.key(email)

    def work() -> None:
        try:
            row = sync.campaign_monitor.subscriber(list_id, email)
        except SideError as error:
            with sync.journal.step("refresh failed"):
                note(sync.journal, IssueCause.REFRESH_FAILS, list_id, str(error), sync.now())
            raise
        with sync.journal.step("refreshed"):
            close_one(sync.journal, IssueCause.REFRESH_FAILS, list_id, sync.now())
            if row is None:
                note(
                    sync.journal, IssueCause.STALE_MEMBERSHIP, list_id, "203: an address is not on the list", sync.now()
                )
            put_one(sync.journal, list_id, key, row)
        run_job(sync, report, key)

    _guarded(sync, report, work)


def _guarded(sync: Sync, report: Report, work: Callable[[], None]) -> None:
    """Do a run's work; where a side fails it the log says so, and what was done stays done."""
    try:
        work()
    except SideError as error:
        report.stopped = str(error)
        with sync.journal.step("stopped"):
            cause = cause_of(error.code)
            note(
                sync.journal, IssueCause.SERVICE if cause is IssueCause.UNKNOWN else cause, RUN, str(error), sync.now()
            )
    else:
        with sync.journal.step("run done"):
            close(sync.journal, RUN, sync.now())


def _load_and_decide(sync: Sync, report: Report, *, everything: bool) -> None:
    lists = scope.find_lists(sync, everything=everything)
    _enter_overdue(sync)
    people.mirror(sync, lambda person, key: enter_ticked(sync, person, key), everybody=everything)
    for item in lists:
        last = None if everything else scope.watermark(sync.journal, item.id)
        _load(sync, report, item.id, partial(load_list, sync, item.id, last))
    if scope.include_suppression_list(sync):
        _load(sync, report, SUPPRESSION_LIST, lambda: load_suppression_list(sync))
    _enter_findings(sync, everything=everything)
    unsubscribe_ticked(sync, report)
    if everything:
        with sync.journal.step("everybody opened") as db:
            db.execute("INSERT OR IGNORE INTO open_key (key) SELECT DISTINCT key FROM membership")
    run_job(sync, report)


def _load(sync: Sync, report: Report, list_id: str, load: Callable[[], None]) -> None:
    """Load one list; where it does not come whole, the others still do."""
    try:
        load()
    except (IncompleteError, SideError) as error:
        if isinstance(error, SideError) and error.trouble is Trouble.EXHAUSTED:
            raise
        report.incomplete[list_id] = str(error)
        with sync.journal.step("list in doubt"):
            scope.doubt(sync, list_id, IssueCause.LIST_INCOMPLETE, str(error))
    else:
        with sync.journal.step("list known"):
            for cause in (IssueCause.LIST_INCOMPLETE, IssueCause.LIST_GONE, IssueCause.SYNC_NOT_RUNNING):
                close_one(sync.journal, cause, list_id, sync.now())


def maintenance_log(journal: Journal, now: datetime, policy: Policy, *, closed: bool = False) -> Sequence[Issue]:
    """Return the open issues, or all; among them lists that no run has loaded for longer than the policy allows."""
    late = scope.overdue(journal, now, timedelta(hours=policy.sync_max_age_hours))
    entered = issues(journal, closed=closed)
    known = {(issue.cause, issue.record) for issue in entered if not issue.closed}
    return [*entered, *(issue for issue in late if (issue.cause, issue.record) not in known)]


def _enter_overdue(sync: Sync) -> None:
    with sync.journal.step("overdue"):
        for issue in scope.overdue(sync.journal, sync.now(), timedelta(hours=sync.policy.sync_max_age_hours)):
            note(sync.journal, issue.cause, issue.record, issue.evidence, sync.now())


def _enter_findings(sync: Sync, *, everything: bool) -> None:
    """Enter what the memberships and people show: shared addresses, and states that are not known."""
    with sync.journal.step("findings"):
        close_finished(sync.journal, sync.now(), gone=everything)
        for ids in people.duplicates(sync.journal):
            for record in ids:
                others = " ".join(other for other in ids if other != record)
                note(sync.journal, IssueCause.DUPLICATE_EMAIL, record, f"same address: {others}", sync.now())
        for list_id, state, count in unknown_states(sync.journal):
            note(sync.journal, IssueCause.UNKNOWN_STATE, list_id, f"{count} in state {state}", sync.now())
