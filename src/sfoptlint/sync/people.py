"""The people of the org, mirrored: who has which address, whose box is ticked, and whom a membership is linked to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync.context import Sync
from sfoptlint.sync.journal import Journal
from sfoptlint.sync.sides import Person

OVERLAP = timedelta(minutes=15)
"""A transaction may commit a while after the moment that its records carry."""
_MARK = "people since"
_AT_ONCE = 2000

_PUT = """
INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET object = excluded.object, lookup = excluded.lookup, key = excluded.key, email = excluded.email,
    opted_out = excluded.opted_out, converted = excluded.converted, modified = excluded.modified, pass = excluded.pass
"""
_LINKED = (
    "EXISTS (SELECT 1 FROM person p WHERE p.lookup = membership.record AND p.key = membership.key AND NOT p.converted)"
)
# The product links to the most recently modified of those with the address, and keeps a link while it holds.
_LINK = f"""
UPDATE membership SET record = (
    SELECT p.lookup FROM person p WHERE p.key = membership.key AND NOT p.converted ORDER BY p.modified DESC, p.lookup LIMIT 1
) WHERE key IN (SELECT key FROM open_key) AND NOT {_LINKED}
"""  # noqa: S608 - a constant of this module
_DUPLICATES = """
SELECT key, GROUP_CONCAT(id, ' ') FROM (SELECT key, id FROM person WHERE key <> '' AND NOT converted ORDER BY id)
WHERE key IN (SELECT key FROM open_key) AND key IN (SELECT m.key FROM membership m)
GROUP BY key HAVING COUNT(*) > 1
"""


def mirror(sync: Sync, ticked: Callable[[Person, str], None], *, everybody: bool) -> None:
    """Read who changed, or everybody; `ticked` hears of each whose box a person ticked since the last time."""
    journal = sync.journal
    mark = journal.get(_MARK)
    since = None if everybody or mark is None else datetime.fromisoformat(mark) - OVERLAP
    begun, latest = sync.now().isoformat(), mark or ""
    for people in _batches(sync.salesforce.people(since)):
        with journal.step("people"):
            for person in people:
                put(journal, person, sync.rules.key(person.email), sync.run, ticked)
                latest = max(latest, person.modified.isoformat())
    with journal.step("people mirrored"):
        if since is None:
            _forget(journal, "pass <> ?", sync.run)
        if latest:  # what changed while the others were read is read again, however long that took
            journal.put(_MARK, min(latest, begun))


def _batches(people: Iterable[Person]) -> Iterator[list[Person]]:
    rest = iter(people)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch


def put(
    journal: Journal, person: Person, key: str, run: str, ticked: Callable[[Person, str], None] | None = None
) -> None:
    """Take over what the org says of one person; what changed leaves the address open for the job."""
    row = journal.db.execute("SELECT key, opted_out, converted FROM person WHERE id = ?", (person.id,)).fetchone()
    if row != (key, person.opted_out, person.converted):
        keys = {key, row[0]} if row else {key}
        journal.db.executemany("INSERT OR IGNORE INTO open_key (key) VALUES (?)", [(k,) for k in keys if k])
    if ticked and row and not row[1] and person.opted_out and not _ours(journal, person.id):
        ticked(person, key)
    values = (person.email, person.opted_out, person.converted, person.modified.isoformat(), run)
    journal.db.execute(_PUT, (person.id, person.object, person.lookup, key, *values))


def _ours(journal: Journal, record: str) -> bool:
    """Return whether a tick is a write of ours whose answer a killed run did not live to see."""
    sql = "SELECT outcome = '' AND opted_out FROM write WHERE id = ? ORDER BY number DESC LIMIT 1"
    row = journal.db.execute(sql, (record,)).fetchone()
    return bool(row and row[0])


def forget(journal: Journal, record: str) -> None:
    """Forget a person who is no longer in the org."""
    _forget(journal, "id = ?", record)


def _forget(journal: Journal, which: str, value: str) -> None:
    opened = f"INSERT OR IGNORE INTO open_key (key) SELECT key FROM person WHERE key <> '' AND {which}"  # noqa: S608 - the callers' constants
    journal.db.execute(opened, (value,))
    journal.db.execute(f"DELETE FROM person WHERE {which}", (value,))  # noqa: S608 - likewise


def people_of(journal: Journal, key: str) -> Sequence[Person]:
    """Return everybody with an address, converted leads too."""
    rows = journal.db.execute(
        "SELECT object, id, lookup, email, opted_out, converted, modified FROM person WHERE key = ? ORDER BY id", (key,)
    )
    return [
        Person(
            OptOutObject(target), record, lookup, email, bool(ticked), bool(converted), datetime.fromisoformat(modified)
        )
        for target, record, lookup, email, ticked, converted, modified in rows
    ]


def link(journal: Journal) -> None:
    """Link the memberships of open addresses to people, within the step that is under way."""
    journal.db.execute(_LINK)


def duplicates(journal: Journal) -> Sequence[Sequence[str]]:
    """Return the ids of those who share an open address that is on a list, a group for each address."""
    return [ids.split(" ") for _, ids in journal.db.execute(_DUPLICATES)]
