"""One record on its way through a save, and what a save is given."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.verdict import ComponentId, OptOutObject
from sfoptlint.core.witness import Values
from sfoptlint.evaluate.world import World
from sfoptlint.simulate.fields import Fields, Reading
from sfoptlint.simulate.questions import Answers, Given, Leeway, Questions
from sfoptlint.simulate.result import Later, Outcome, Rejection, SaveResult, Step
from sfoptlint.simulate.user import User
from sfoptlint.simulate.walk import Doubt, Happened, Memory, Seen

MOST = 200
"""Records that one chunk holds (Apex Developer Guide, Triggers)."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a save meets beside the records.

    `values` are `$` names (`$Profile.Name`, `$Setup.Bypass__c.Active__c`), `related` fields behind look-ups by their path, for
    records that do not list them themselves. `now` is aware; `zone` is the user's.
    """

    now: datetime
    values: Values = field(default_factory=dict)
    related: Values = field(default_factory=dict)
    answers: Answers = field(default_factory=lambda: Given({}))
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Change:
    """One record of a request: what is stored, None for a record that is created, and what the request sets.

    `partial`: of the stored record and of the org no more is known than is listed; a field or a `$` name that is not is no
    blank. `alike` is how many records of the chunk it stands for.
    """

    stored: Values | None
    asked: Values
    partial: bool = False
    alike: int = 1


@dataclass
class Saving:
    """A record between its load and its commit. `changed` are the names that the request or an automation set.

    `alike` is how many records of the chunk it stands for. `leeway` is what a witness leaves open.
    """

    object: str
    stored: Fields | None
    current: Fields
    changed: dict[str, None]
    around: Circumstances
    user: User
    alike: int = 1
    partial: bool = False
    leeway: Leeway | None = None
    depth: int = 0
    errors: list[Rejection] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    assumptions: dict[str, None] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @property
    def alive(self) -> bool:
        """Whether nothing has rejected it so far."""
        return not self.errors

    def seen(self) -> tuple[Seen, Questions]:
        """Return what an automation meets now."""
        questions = Questions(
            self.around.answers, self.around.values, self.user, partial=self.partial, leeway=self.leeway
        )
        beside = Fields(self.around.related)
        world = World(
            after=Reading(self.current, beside, partial=self.partial, blank=questions.blank),
            prior=None if self.stored is None else Reading(self.stored, beside, partial=self.partial),
            rows=questions.rows,
            globals=questions.globals,
            frees=questions.frees,
            now=self.around.now,
            zone=self.around.zone,
        )
        return Seen(self.object, world, questions, self.alike, self.memory), questions

    def step(self, phase: str, words: str, by: ComponentId | None = None, at: Place | None = None) -> None:
        """Add a line to the trace."""
        self.steps.append(Step(phase, words, by, at, self.depth))

    def reject(self, phase: str, errors: Iterable[Rejection]) -> None:
        """Add errors that the platform raises."""
        for error in errors:
            self.errors.append(error)
            self.step(phase, f"rejects: {error.status_code}: {error.message}")

    def write(self, values: Values) -> None:
        """Set fields of the record."""
        self.current = self.current.having(values)
        self.changed.update(dict.fromkeys(values))

    def note(self, happened: Happened, questions: Questions) -> None:
        """Keep what one automation did, but for its writes and errors."""
        self.later += happened.later
        self.doubts += happened.doubts
        self.assumptions.update(dict.fromkeys(questions.assumed.values()))
        self.assumptions.update(dict.fromkeys(happened.assumptions))
        for name in questions.blank if happened.errors else ():
            self.assumptions[f"{name} is not given: taken to be blank"] = None

    def result(self) -> SaveResult:
        """Return what became of it."""
        reasons = tuple(dict.fromkeys(doubt.reason for doubt in self.doubts))
        outcome = self._outcome()
        kept = self.stored or Fields({}) if outcome is Outcome.REJECTED else self.current
        return SaveResult(
            outcome=outcome,
            errors=tuple(self.errors) if outcome is Outcome.REJECTED else (),
            record=dict(kept.items()),
            later=tuple(self.later) if outcome is not Outcome.REJECTED else (),
            steps=tuple(self.steps),
            reasons=reasons,
            assumptions=tuple(self.assumptions),
        )

    def _outcome(self) -> Outcome:
        # What only may reject cannot make a rejection undone; what may write can.
        if any(doubt.may_write for doubt in self.doubts) or (self.doubts and not self.errors):
            return Outcome.UNKNOWN
        return Outcome.REJECTED if self.errors else Outcome.SAVED


def loaded(object_: str, stored: Fields, asked: Values) -> Fields:
    """Return the stored record with what its box says of it: an account that has a person's box is a person account."""
    box = OPT_OUT_FIELD[OptOutObject.ACCOUNT]
    person = object_ == OptOutObject.ACCOUNT and "IsPersonAccount" not in stored
    return stored.having({"IsPersonAccount": True}) if person and (box in stored or box in Fields(asked)) else stored
