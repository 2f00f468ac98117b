"""The way back: what Salesforce's box means for Campaign Monitor. Both options are off unless a run asks for them."""

from collections.abc import Sequence

from sfoptlint.policy.expectation import ACTIVE
from sfoptlint.sync.context import Sync
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.maintenance import close_one, note
from sfoptlint.sync.memberships import put_one
from sfoptlint.sync.sides import Person, SideError, Trouble
from sfoptlint.sync.verdict import Action, Report

_LEFT_ALREADY = frozenset({"203", "205", "206"})
"""Not in the list, deleted, unsubscribed: what was asked for is so (Campaign Monitor API, Unsubscribing a subscriber)."""
_IMPORT_SIZE = 1000


def enter_ticked(sync: Sync, person: Person, key: str) -> None:
    """Enter that a person ticked a box, so that the address is unsubscribed from every list it is still on."""
    if sync.options.unsubscribe and not person.converted:
        sync.journal.db.execute(
            "INSERT OR IGNORE INTO unsubscribing SELECT list, key FROM membership WHERE key = ? AND state IN (?, ?)",
            (key, ACTIVE, "Unconfirmed"),
        )


def unsubscribe_ticked(sync: Sync, report: Report) -> None:
    """Unsubscribe who was entered. What gets no answer stays entered for the next run."""
    rows = sync.journal.db.execute(
        "SELECT u.list, u.key, m.email, m.record FROM unsubscribing u"
        " JOIN membership m ON m.list = u.list AND m.key = u.key ORDER BY u.list, u.key"
    ).fetchall()
    for list_id, key, email, record in rows if sync.options.unsubscribe else ():
        if not sync.options.write:
            report.add(Action("planned", "unsubscribe", list_id, record or "unlinked"))
        else:
            _unsubscribe(sync, report, (list_id, key, email), record or "unlinked")


def _unsubscribe(sync: Sync, report: Report, membership: tuple[str, str, str], record: str) -> None:
    list_id, key, email = membership
    problem = ""
    try:
        sync.campaign_monitor.unsubscribe(list_id, email)
    except SideError as error:
        if error.trouble is Trouble.EXHAUSTED:
            raise
        problem = "" if error.code in _LEFT_ALREADY else str(error)
    row = sync.campaign_monitor.subscriber(list_id, email)
    with sync.journal.step("unsubscribed") as db:
        put_one(sync.journal, list_id, key, row)
        if row is None or row.state != ACTIVE:
            db.execute("DELETE FROM unsubscribing WHERE list = ? AND key = ?", (list_id, key))
            close_one(sync.journal, IssueCause.NOT_UNSUBSCRIBED, record, sync.now())
            report.add(Action("written", "unsubscribe", list_id, record))
        else:
            evidence = f"{list_id}: {problem or 'still Active after the unsubscribe'}"
            note(sync.journal, IssueCause.NOT_UNSUBSCRIBED, record, evidence, sync.now())
            report.add(Action("rejected", "unsubscribe", list_id, record))


def add_people(sync: Sync, report: Report, list_id: str, ids: Sequence[str]) -> None:
    """Add people to a list, without resubscribing anybody; with `hold_opted_out` not those whose box is ticked."""
    wanted: dict[str, str] = {}
    for record in ids:
        row = sync.journal.db.execute("SELECT email, opted_out FROM person WHERE id = ?", (record,)).fetchone()
        if row and row[0] and not (row[1] and sync.options.hold_opted_out):
            wanted[row[0]] = record
        else:
            report.add(Action("held", "add", list_id, record))
    emails = [*wanted]
    for at in range(0, len(emails), _IMPORT_SIZE):
        part = emails[at : at + _IMPORT_SIZE]
        refused = sync.campaign_monitor.add(list_id, part) if sync.options.write else {}
        with sync.journal.step("added"):
            for email in part:
                became = "planned" if not sync.options.write else "rejected" if email in refused else "written"
                if email in refused:
                    note(sync.journal, IssueCause.NOT_ADDED, wanted[email], f"{list_id}: {refused[email]}", sync.now())
                report.add(Action(became, "add", list_id, wanted[email]))
