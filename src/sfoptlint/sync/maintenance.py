"""The maintenance log: keeps each issue once, with when it was first and last seen, and closes it when it is over."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sfoptlint.clients.redaction import mask
from sfoptlint.sync.issue import Issue, IssueCause
from sfoptlint.sync.journal import Journal

_SQL = """
INSERT INTO issue VALUES (?, ?, ?, ?, ?, '')
ON CONFLICT DO UPDATE SET evidence = excluded.evidence, last_seen = excluded.last_seen, closed = '',
    first_seen = CASE WHEN closed = '' THEN first_seen ELSE excluded.first_seen END
"""
_CLOSE_UNSHARED = """
UPDATE issue SET closed = ? WHERE cause = ? AND closed = '' AND NOT EXISTS (
    SELECT 1 FROM person p JOIN person q ON q.key = p.key AND q.id <> p.id AND NOT q.converted
    WHERE p.id = issue.record AND NOT p.converted AND p.key <> ''
)
"""
_CLOSE_GONE = """
UPDATE issue SET closed = ? WHERE closed = '' AND record GLOB '00?*'
    AND record NOT IN (SELECT id FROM person) AND record NOT IN (SELECT lookup FROM person)
    AND record NOT IN (SELECT id FROM list)
"""


def note(journal: Journal, cause: IssueCause, record: str, evidence: str, now: datetime) -> None:
    """Enter an issue, or see it again, within the step that is under way."""
    stamp = now.isoformat(timespec="seconds")
    journal.db.execute(_SQL, (cause, record, mask(" ".join(evidence.split())), stamp, stamp))


def close(journal: Journal, record: str, now: datetime, keep: Iterable[IssueCause] = ()) -> None:
    """Close a record's open issues but for those causes."""
    kept = [*keep]
    marks = ", ".join("?" for _ in kept)
    journal.db.execute(
        f"UPDATE issue SET closed = ? WHERE record = ? AND closed = '' AND cause NOT IN ({marks})",  # noqa: S608 - only marks
        (now.isoformat(timespec="seconds"), record, *kept),
    )


def close_one(journal: Journal, cause: IssueCause, record: str, now: datetime) -> None:
    """Close one issue where it is open."""
    journal.db.execute(
        "UPDATE issue SET closed = ? WHERE cause = ? AND record = ? AND closed = ''",
        (now.isoformat(timespec="seconds"), cause, record),
    )


def close_finished(journal: Journal, now: datetime, *, gone: bool) -> None:
    """Close what is over without anybody having looked: shared addresses that no longer are; with `gone`, what is not there."""
    stamp = now.isoformat(timespec="seconds")
    journal.db.execute(_CLOSE_UNSHARED, (stamp, IssueCause.DUPLICATE_EMAIL))
    if gone:
        journal.db.execute(_CLOSE_GONE, (stamp,))


def issues(journal: Journal, *, closed: bool = False) -> Sequence[Issue]:
    """Return the open issues, or all of them, the longest known first."""
    rows = journal.db.execute(
        "SELECT cause, record, evidence, first_seen, last_seen, closed FROM issue WHERE closed = '' OR ?"
        " ORDER BY first_seen, cause, record",
        (closed,),
    )
    return [Issue(IssueCause(cause), *rest) for cause, *rest in rows]
