"""The opt-out job: from the addresses about which something changed to boxes that were written and read back."""

from collections.abc import Sequence

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync import people
from sfoptlint.sync.context import Sync
from sfoptlint.sync.decision import Aim, Decision, Doubt, evidence
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.maintenance import close_one, note
from sfoptlint.sync.memberships import memberships_of
from sfoptlint.sync.scope import doubt_of
from sfoptlint.sync.sides import Person
from sfoptlint.sync.verdict import Became, PersonVerdict, Report
from sfoptlint.sync.write import Chunk, write_chunk

CHUNK = 200
"""The most records that one request may write (REST API Developer Guide, sObject Collections)."""
_KEYS_AT_ONCE = 500


def run_job(sync: Sync, report: Report, only: str | None = None) -> None:
    """Decide about every open address, or one, and write what follows."""
    with sync.journal.step("job begun") as db:
        db.execute("DELETE FROM planned")
        db.execute("UPDATE open_key SET tried = '', kept = 0")
        people.link(sync.journal)
    doubt = doubt_of(sync.journal)
    while keys := _untried(sync, only):
        with sync.journal.step("planned"):
            for key in keys:
                _plan(sync, report, key, doubt)
        if len(keys) < _KEYS_AT_ONCE or _planned(sync) >= CHUNK:
            _write_planned(sync, report, doubt)
    with sync.journal.step("job done") as db:
        db.execute("DELETE FROM open_key WHERE tried = ? AND NOT kept", (sync.run,))


def _untried(sync: Sync, only: str | None) -> Sequence[str]:
    rows = sync.journal.db.execute(
        "SELECT key FROM open_key WHERE tried <> ? AND (? IS NULL OR key = ?) ORDER BY key LIMIT ?",
        (sync.run, only, only, _KEYS_AT_ONCE),
    )
    return [key for (key,) in rows]


def _planned(sync: Sync) -> int:
    return int(sync.journal.db.execute("SELECT COUNT(*) FROM planned").fetchone()[0])


def _plan(sync: Sync, report: Report, key: str, doubt: Doubt) -> None:
    db = sync.journal.db
    db.execute("UPDATE open_key SET tried = ? WHERE key = ?", (sync.run, key))
    held = memberships_of(sync.journal, key)
    for person in people.people_of(sync.journal, key):
        decision = sync.rules.decide(person, held, sync.policy, doubt)
        wanted = _wanted(sync, report, person, decision)
        if wanted is None:
            continue
        db.execute("INSERT OR IGNORE INTO planned VALUES (?, ?, ?, ?)", (person.object, person.id, wanted, key))


def _wanted(sync: Sync, report: Report, person: Person, decision: Decision) -> bool | None:
    """Return the value that a person's box is to get, None where it stays; enter in the log why it stays against the policy."""
    journal, now = sync.journal, sync.now()
    why = evidence(decision.theirs)
    refused = decision.aim is Aim.OPT_IN and not (sync.options.allow_opt_in and sync.policy.clear_on_resubscribe)
    for cause, holds in (
        (IssueCause.WITHHELD, decision.aim is Aim.WITHHOLD),
        (IssueCause.RESUBSCRIBED, refused),
        (IssueCause.UNEXPLAINED, decision.unexplained and decision.aim is Aim.LEAVE),
    ):
        if holds:
            note(journal, cause, person.id, why, now)
        else:
            close_one(journal, cause, person.id, now)
    match decision.aim:
        case Aim.OPT_OUT:
            return True
        case Aim.OPT_IN if not refused:
            return False
        case Aim.LEAVE:
            return None
    became = Became.NOT_ALLOWED if refused else Became.WITHHELD
    report.add(PersonVerdict(person.object, person.id, not person.opted_out, became, why))
    journal.db.execute("UPDATE open_key SET kept = 1 WHERE key = (SELECT key FROM person WHERE id = ?)", (person.id,))
    return None


def _write_planned(sync: Sync, report: Report, doubt: Doubt) -> None:
    while chunk := _next_chunk(sync):
        write_chunk(sync, report, chunk, doubt)


def _next_chunk(sync: Sync) -> Chunk | None:
    db = sync.journal.db
    first = db.execute("SELECT object, opted_out FROM planned ORDER BY object, opted_out LIMIT 1").fetchone()
    if first is None:
        return None
    rows = db.execute("SELECT id FROM planned WHERE object = ? AND opted_out = ? ORDER BY id LIMIT ?", (*first, CHUNK))
    return Chunk(OptOutObject(first[0]), bool(first[1]), tuple(record for (record,) in rows))
