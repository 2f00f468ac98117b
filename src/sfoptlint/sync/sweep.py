"""Loads a list: every page of every state, whole or not at all."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sfoptlint.sync.context import Sync
from sfoptlint.sync.memberships import discard_staged, stage, take_over
from sfoptlint.sync.sides import Page
from sfoptlint.sync.watermark import Watermark

STATES = ("Unsubscribed", "Deleted", "Bounced", "Unconfirmed", "Active")
"""The five collections of a list; the state that prevents an opt-out is read last, when the others are oldest."""

SUPPRESSION_LIST = "suppression-list"
"""The client's suppression list, kept as one more list where the policy counts it."""

_TRIES = 3
_PASSES = 5


class IncompleteError(Exception):
    """A list did not come whole; nothing may be concluded from what came."""


def load_list(sync: Sync, list_id: str, last: Watermark | None) -> None:
    """Load a list: all of it, or what changed since its last whole load.

    Raises IncompleteError or SideError, and then leaves the memberships as they were.
    """
    begun = sync.mark()
    with sync.journal.step("staging begun"):
        discard_staged(sync.journal, list_id)
    if last is None:
        _stage(sync, list_id, None)
        _catch_up(sync, list_id, begun)
    else:
        _stage(sync, list_id, sync.rules.since(last, begun))
    with sync.journal.step("list taken over"):
        take_over(sync.journal, list_id, begun, everything=last is None)


def load_suppression_list(sync: Sync) -> None:
    """Load the client's suppression list, which has no filter by date: all of it."""
    begun = sync.mark()
    with sync.journal.step("staging begun"):
        discard_staged(sync.journal, SUPPRESSION_LIST)
    _stage_pages(sync, SUPPRESSION_LIST, sync.campaign_monitor.suppressed)
    with sync.journal.step("list taken over"):
        take_over(sync.journal, SUPPRESSION_LIST, begun, everything=True)


def _stage(sync: Sync, list_id: str, since: datetime | None) -> int:
    """Stage all that a list has entered since a moment; return how many rows were new or changed."""
    fetch = sync.campaign_monitor.subscribers
    return sum(_stage_pages(sync, list_id, partial(fetch, list_id, state, since)) for state in STATES)


def _stage_pages(sync: Sync, list_id: str, fetch: Callable[[int], Page]) -> int:
    changed = 0
    for page in _pages(sync, fetch):
        with sync.journal.step("page staged") as db:
            before = db.total_changes
            stage(sync.journal, list_id, ((key, row) for row in page.rows if (key := sync.rules.key(row.email))))
            changed += db.total_changes - before
    return changed


def _pages(sync: Sync, fetch: Callable[[int], Page]) -> Iterator[Page]:
    first = _whole(fetch, 1)
    yield first
    if first.pages > 1:
        for number in sync.rules.page_order(first.pages):
            yield _whole(fetch, number)


def _whole(fetch: Callable[[int], Page], number: int) -> Page:
    """Fetch a page that has as many rows as its own envelope promises."""
    for _ in range(_TRIES):
        page = fetch(number)
        promised = max(0, min(page.size, page.total - (number - 1) * page.size))
        if len(page.rows) == promised:
            return page
    raise IncompleteError(f"page {number} holds {len(page.rows)} of {promised} rows")


def _catch_up(sync: Sync, list_id: str, begun: Watermark) -> None:
    """Read again what changed while the list was read, until nothing did.

    Who changes from a state not read yet into one that was read is in neither; here they turn up.
    """
    since = begun.local.replace(second=0, microsecond=0)
    for _ in range(_PASSES):
        if not _stage(sync, list_id, since):
            return
    raise IncompleteError(f"the list still changed after {_PASSES} more passes")
