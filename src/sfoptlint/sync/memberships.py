"""Memberships, a row for each list and address: staged as pages come in, taken over when the list came whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sfoptlint.sync.journal import Journal
from sfoptlint.sync.sides import Subscriber
from sfoptlint.sync.watermark import Watermark

RANKS = {"Active": 0, "Unconfirmed": 1, "Bounced": 2, "Deleted": 3, "Unsubscribed": 4}
"""How restrictive a state is. A state that is not known comes first: it prevents every conclusion."""
_UNKNOWN_RANK = 5

# An address that changes while the list is read is met in two states: the later entry is the truth, and within the
# same minute the more restrictive.
_STAGE = """
INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET email = excluded.email, state = excluded.state, since = excluded.since, rank = excluded.rank
WHERE (excluded.since, excluded.rank) > (staged.since, staged.rank)
"""
_OPEN_CHANGED = """
INSERT OR IGNORE INTO open_key (key) SELECT s.key FROM staged s LEFT JOIN membership m ON m.list = s.list AND m.key = s.key
WHERE s.list = ? AND m.state IS NOT s.state
"""
_TAKE_OVER = """
INSERT INTO membership (list, key, email, state, since) SELECT list, key, email, state, since FROM staged WHERE list = ?
ON CONFLICT DO UPDATE SET email = excluded.email, state = excluded.state, since = excluded.since
WHERE (membership.state, membership.since, membership.email) <> (excluded.state, excluded.since, excluded.email)
"""
_MISSING = "list = ? AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.list = membership.list AND s.key = membership.key)"


@dataclass(frozen=True, slots=True)
class Held:
    """A membership as the journal holds it. `record` is the contact or lead that it is linked to."""

    list: str
    email: str
    state: str
    since: str
    record: str | None


def stage(journal: Journal, list_id: str, rows: Iterable[tuple[str, Subscriber]]) -> None:
    """Keep rows, each with its address's key, until the whole list is there."""
    journal.db.executemany(
        _STAGE,
        (
            (list_id, key, row.email, row.state, row.since.isoformat(" "), RANKS.get(row.state, _UNKNOWN_RANK))
            for key, row in rows
        ),
    )


def discard_staged(journal: Journal, list_id: str) -> None:
    """Forget what was staged of a list."""
    journal.db.execute("DELETE FROM staged WHERE list = ?", (list_id,))


def take_over(journal: Journal, list_id: str, mark: Watermark, *, everything: bool) -> None:
    """Make what was staged the truth; with `everything` what was not staged is no longer on the list."""
    journal.db.execute(_OPEN_CHANGED, (list_id,))
    if everything:
        drop(journal, list_id, _MISSING)
    journal.db.execute(_TAKE_OVER, (list_id,))
    discard_staged(journal, list_id)
    journal.db.execute(
        "UPDATE list SET local = ?, utc = ?, doubt = '' WHERE id = ?",
        (mark.local.isoformat(" "), mark.utc.isoformat(), list_id),
    )


def drop(journal: Journal, list_id: str, which: str = "list = ?") -> None:
    """Drop a list's memberships, and leave their addresses open for the next job."""
    journal.db.execute(f"INSERT OR IGNORE INTO open_key (key) SELECT key FROM membership WHERE {which}", (list_id,))  # noqa: S608 - a constant of this module
    journal.db.execute(f"DELETE FROM membership WHERE {which}", (list_id,))  # noqa: S608 - likewise


def put_one(journal: Journal, list_id: str, key: str, row: Subscriber | None) -> None:
    """Set one membership to what the service says now; None drops it."""
    journal.db.execute("INSERT OR IGNORE INTO open_key (key) VALUES (?)", (key,))
    if row is None:
        journal.db.execute("DELETE FROM membership WHERE list = ? AND key = ?", (list_id, key))
        return
    discard_staged(journal, list_id)
    stage(journal, list_id, [(key, row)])
    journal.db.execute(_TAKE_OVER, (list_id,))
    discard_staged(journal, list_id)


def memberships_of(journal: Journal, key: str) -> Sequence[Held]:
    """Return an address's memberships, by list."""
    rows = journal.db.execute(
        "SELECT list, email, state, since, record FROM membership WHERE key = ? ORDER BY list", (key,)
    )
    return [Held(*row) for row in rows]


def unknown_states(journal: Journal) -> Sequence[tuple[str, str, int]]:
    """Return every state that is not known, with its list and how many memberships are in it."""
    marks = ", ".join("?" for _ in RANKS)
    sql = f"SELECT list, state, COUNT(*) FROM membership WHERE state NOT IN ({marks}, 'Suppressed') GROUP BY 1, 2"  # noqa: S608 - only marks
    return journal.db.execute(sql, tuple(RANKS)).fetchall()
