"""One chunk of the opt-out job: read, write what still needs it, read back, and enter what became of each record."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.sync import people
from sfoptlint.sync.context import Sync
from sfoptlint.sync.decision import Aim, Doubt, evidence
from sfoptlint.sync.end import UNANSWERED, End
from sfoptlint.sync.issue import IssueCause
from sfoptlint.sync.maintenance import close, close_one, note
from sfoptlint.sync.memberships import memberships_of
from sfoptlint.sync.sides import Answer, Person, SideError, Trouble
from sfoptlint.sync.verdict import Became, PersonVerdict, Report

_BUSY = "UNABLE_TO_LOCK_ROW"
_PAUSES = (1.0, 5.0, 20.0)
"""Seconds before a record that another transaction holds is tried again."""

_WRITE_CAUSES = (
    IssueCause.BLOCKED, IssueCause.REVERTED, IssueCause.NOT_EDITABLE, IssueCause.CONVERTED_LEAD, IssueCause.RECORD_LOCKED,
    IssueCause.ROW_BUSY, IssueCause.RECORD_GONE, IssueCause.UNANSWERED, IssueCause.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """At most 200 records of one object that are to get the same value."""

    object: OptOutObject
    opted_out: bool
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """A record before the write: the memberships in words, and its end where nothing is to be written."""

    why: str = ""
    end: End | None = None


def write_chunk(sync: Sync, report: Report, chunk: Chunk, doubt: Doubt) -> None:
    """Bring the records of a chunk to their value. Raises SideError where the run has to stop; the plan then stays."""
    found = {person.id: person for person in sync.salesforce.read(chunk.object, chunk.ids)}
    with sync.journal.step("read"):
        looks = {record: _look(sync, chunk, found.get(record), doubt) for record in chunk.ids}
        for record in set(chunk.ids) - set(found):
            people.forget(sync.journal, record)
    due = [record for record, look in looks.items() if look.end is None]
    ends = {record: look.end for record, look in looks.items() if look.end is not None}
    if sync.options.write and due:
        ends |= _write_and_verify(sync, chunk, {record: looks[record].why for record in due})
    else:
        ends |= dict.fromkeys(due, End(Became.PLANNED))
    with sync.journal.step("settled"):
        for record, end in ends.items():
            why, detail = looks[record].why, end.detail
            _settle(sync, end, PersonVerdict(chunk.object, record, chunk.opted_out, end.became, why, detail), report)


def _look(sync: Sync, chunk: Chunk, person: Person | None, doubt: Doubt) -> _Look:
    """Look at a record as it is now, and decide again."""
    if person is None:
        return _Look(end=End(Became.GONE, IssueCause.RECORD_GONE))
    key = sync.rules.key(person.email)
    people.put(sync.journal, person, key, sync.run)
    decision = sync.rules.decide(person, memberships_of(sync.journal, key), sync.policy, doubt)
    why = evidence(decision.theirs)
    if person.opted_out == chunk.opted_out:
        return _Look(why, End(Became.ALREADY))
    if decision.aim is not (Aim.OPT_OUT if chunk.opted_out else Aim.OPT_IN):
        return _Look(why, End(Became.ALREADY, detail="no longer meant to change"))
    return _Look(why)


def _write_and_verify(sync: Sync, chunk: Chunk, reasons: Mapping[str, str]) -> Mapping[str, End]:
    due = [*reasons]
    with sync.journal.step("noted") as db:
        db.executemany(
            "INSERT INTO write (run, object, id, opted_out, evidence, asked) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (sync.run, chunk.object, record, chunk.opted_out, reasons[record], sync.now().isoformat())
                for record in due
            ],
        )
    answers = _ask(sync, chunk, due)
    for pause in _PAUSES:
        busy = [record for record, answer in answers.items() if answer.code == _BUSY]
        if not busy:
            break
        sync.sleep(pause)
        answers |= _ask(sync, chunk, busy)
    sync.journal.reached("asked")
    found = {person.id: person for person in sync.salesforce.read(chunk.object, due)}
    with sync.journal.step("read back"):
        for person in found.values():
            people.put(sync.journal, person, sync.rules.key(person.email), sync.run)
    return {record: sync.rules.judge(chunk.opted_out, answers[record], found.get(record)) for record in due}


def _ask(sync: Sync, chunk: Chunk, ids: Sequence[str]) -> dict[str, Answer]:
    """Send one request; a failure of the whole request is everybody's, unless the run has to stop."""
    try:
        answers: Iterable[Answer] = sync.salesforce.write(chunk.object, ids, chunk.opted_out)
    except SideError as error:
        if error.trouble is Trouble.EXHAUSTED:
            raise
        code = "" if error.trouble is Trouble.UNANSWERED else error.code
        answers = [Answer(record, code or UNANSWERED, str(error)) for record in ids]
    return dict(zip(ids, answers, strict=True))


def _settle(sync: Sync, end: End, verdict: PersonVerdict, report: Report) -> None:
    db, now, record = sync.journal.db, sync.now(), verdict.id
    db.execute("DELETE FROM planned WHERE object = ? AND id = ?", (verdict.object, record))
    db.execute("UPDATE write SET outcome = ? WHERE id = ? AND outcome = ''", (end.became, record))
    for cause in _WRITE_CAUSES:
        if cause is not end.cause:
            close_one(sync.journal, cause, record, now)
    if end.cause is not None:
        note(sync.journal, end.cause, record, "; ".join(filter(None, (end.detail, verdict.evidence))), now)
        if end.became is Became.GONE:
            close(sync.journal, record, now, [end.cause])
        else:
            db.execute("UPDATE open_key SET kept = 1 WHERE key = (SELECT key FROM person WHERE id = ?)", (record,))
    report.add(verdict)
