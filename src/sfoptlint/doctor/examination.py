"""The whole checklist over one data directory: a diagnosis of everybody who needs one, and an answer to each check."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Policy
from sfoptlint.data_directory.records import Records
from sfoptlint.doctor.causes import Cause, Diagnosis
from sfoptlint.doctor.diagnosis import Practice, Ways, diagnose, is_trouble
from sfoptlint.doctor.population import Population, Subject
from sfoptlint.doctor.sync_state import SyncState, sync_state
from sfoptlint.doctor.ways import MetadataWays
from sfoptlint.judge.family import Judgement
from sfoptlint.policy.address import address_key
from sfoptlint.policy.expectation import expected
from sfoptlint.policy.people import record_key

_NOBODY = "--email or --id: nobody in the data has it; look for white space, or a lead instead of a contact"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Status(StrEnum):
    """The answer to a check."""

    OK = "ok"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """One item of the checklist: how many it concerns, and what to know about it."""

    check: Cause
    status: Status
    count: int
    detail: str


@dataclass(frozen=True, slots=True)
class Patient:
    """One person who was asked for, or who is in trouble."""

    subject: Subject
    expected: bool
    diagnosis: Diagnosis


@dataclass(frozen=True, slots=True)
class Radius:
    """How many people who are not opted out one automation keeps so; `undecided` for how many the export does not tell."""

    artifact: str
    object: str
    condition: str
    count: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Size:
    """How much was looked at: contacts and unconverted leads, memberships, converted leads."""

    people: int
    memberships: int
    converted: int


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything that the doctor found."""

    patients: tuple[Patient, ...]
    size: Size
    checks: tuple[Check, ...]
    radius: tuple[Radius, ...] = ()
    left_out: tuple[str, ...] = ()
    """A line for each kind of row that nobody could be made of: which, and what to do."""

    @property
    def in_trouble(self) -> bool:
        """Whether anything needs somebody's attention."""
        return any(patient.diagnosis.cause for patient in self.patients) or any(
            check.status is Status.TROUBLE for check in self.checks
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the doctor is asked about: one address or one id, or everybody."""

    email: str | None = None
    id: str | None = None

    def names(self, subject: Subject) -> bool:
        """Whether this person is meant."""
        if self.email is not None:
            return address_key(subject.person.email) == address_key(self.email)
        return self.id is not None and record_key(subject.person.id) == record_key(self.id)

    @property
    def everybody(self) -> bool:
        """Whether nobody was named."""
        return self.email is None and self.id is None


def _unprobed(ways: Ways | None) -> Ways | None:
    return ways


@dataclass(frozen=True, slots=True)
class Request:
    """What to examine. `judged` is None where no metadata was given; `as_of` replaces the moment of the export."""

    data: Records
    policy: Policy
    asked: Asked = field(default_factory=Asked)
    judged: tuple[Judgement, ...] | None = None
    as_of: datetime | None = None
    probe: Callable[[Ways | None], Ways | None] = _unprobed
    """Puts a question to the org itself before what the metadata says."""


def examine(request: Request) -> Examination:
    """Ask every check of everybody; raise UsageError where the one who was asked about is not in the data."""
    population = Population(request.data, request.policy.link)
    sync = sync_state(request.data, population, request.policy.sync_max_age_hours, request.as_of)
    ways = MetadataWays(request.judged, sync.as_of or _EPOCH) if request.judged is not None else None
    practice = Practice(request.policy, sync, request.probe(ways), _anybody(population, request.policy))
    patients = tuple(_patients(population, practice, request.asked))
    if not request.asked.everybody and not patients:
        why = list(population.left_out(request.asked.id)) if request.asked.id else []
        raise UsageError(why[0] if why else _NOBODY)
    return Examination(
        patients,
        _size(population),
        tuple(_checks(patients, population, practice)),
        tuple(_radius(population, ways)) if ways else (),
        tuple(population.left_out()),
    )


def _size(population: Population) -> Size:
    converted = sum(subject.person.converted for subject in population)
    return Size(len(population) - converted, len(population.holdings), converted)


def _anybody(population: Population, policy: Policy) -> bool:
    """Whether the option seems to be on: of those who should be opted out somebody is, or there are too few to tell."""
    due = [s for s in population if not s.person.converted and expected(s.states, policy)]
    return len(due) < 2 or any(subject.person.opted_out for subject in due)


def _patients(population: Iterable[Subject], practice: Practice, asked: Asked) -> Iterator[Patient]:
    for subject in population:
        if not asked.everybody and not asked.names(subject):
            continue
        diagnosis = diagnose(subject, practice)
        if not asked.everybody or is_trouble(subject, diagnosis, practice.policy):
            yield Patient(subject, expected(subject.states, practice.policy), diagnosis)


def _checks(patients: Sequence[Patient], population: Population, practice: Practice) -> Iterator[Check]:
    counts = Counter(c for p in patients for c in {p.diagnosis.cause, *p.diagnosis.also} if c is not None)
    for cause in Cause:
        if cause is Cause.PRIMARY_SYNC_NOT_RUNNING:
            yield _sync_check(practice.sync)
        elif cause is Cause.NO_MEMBERSHIP:
            unlinked = sum(1 for _ in population.unlinked())
            yield _counted(cause, counts[cause], f"{unlinked} memberships are nobody's" if unlinked else "")
        else:
            unknown = _unanswerable(cause, practice) or _untold(cause, patients, practice)
            status = Check(cause, Status.UNKNOWN, 0, unknown) if unknown and not counts[cause] else None
            yield status or _counted(cause, counts[cause])


def _counted(cause: Cause, count: int, detail: str = "") -> Check:
    people = "1 person" if count == 1 else f"{count} people"
    said = "; ".join(part for part in (people if count else "", detail) if part)
    return Check(cause, Status.TROUBLE if count else Status.OK, count, said)


def _sync_check(sync: SyncState) -> Check:
    if not sync.known:
        where = "the data has neither lists nor scheduled jobs; look at the sync settings page"
        return Check(Cause.PRIMARY_SYNC_NOT_RUNNING, Status.UNKNOWN, 0, where)
    late = sync.late()
    parts = [f"the last sync of {len(late)} lists is too old: {', '.join(late[:5])}"] if late else []
    parts += [sync.jobs] if sync.jobs else []
    status = Status.TROUBLE if parts else Status.OK
    return Check(Cause.PRIMARY_SYNC_NOT_RUNNING, status, len(late) + bool(sync.jobs), "; ".join(parts))


def _unanswerable(cause: Cause, practice: Practice) -> str:
    """Say why a check cannot be answered, and where to look instead; empty where it can."""
    automation = (Cause.BLOCKED_BY_AUTOMATION, Cause.REVERTED_BY_AUTOMATION, Cause.NOT_EDITABLE)
    if cause in automation and practice.ways is None:
        return "no metadata was given; name it with --metadata"
    if cause is Cause.REFRESH_FAILS and practice.sync.lists is None:
        return "the data has no lists; open a membership and press Refresh"
    if cause is Cause.OPTION_OFF and practice.anybody:
        return "the setting is not in the data; look at the general settings of Campaign Monitor for Salesforce"
    return ""


def _untold(cause: Cause, patients: Sequence[Patient], practice: Practice) -> str:
    """Say of how many people the data does not tell whether an automation stops them; empty where it tells of each."""
    if cause not in (Cause.BLOCKED_BY_AUTOMATION, Cause.REVERTED_BY_AUTOMATION) or practice.ways is None:
        return ""
    missing = [p.subject for p in patients if p.expected and not p.subject.person.opted_out]
    untold = sum(1 for subject in missing if practice.ways.possible(subject))
    return (
        f"of {untold} who are not opted out the data does not tell; add the fields that the conditions ask"
        if untold
        else ""
    )


def _radius(population: Population, ways: MetadataWays) -> Iterator[Radius]:
    """Count whom each automation keeps from being opted out, over everybody who is not and may be written."""
    open_ = [s for s in population if not s.person.opted_out and not s.person.converted]
    for object_, obstacles in ways.obstacles.items():
        people = [subject for subject in open_ if subject.automated is object_]
        for obstacle in obstacles:
            answers = Counter(obstacle.holds(subject.row, ways.now) for subject in people)
            if people:
                yield Radius(str(obstacle.row.artifact), object_, obstacle.words, answers[True], answers[None])
