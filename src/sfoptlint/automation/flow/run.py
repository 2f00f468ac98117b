"""One flow and one record: what happens when it is saved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from sfoptlint.automation.automation import Block, Phase, Step, Timing
from sfoptlint.automation.flow.entry import walk_from_start
from sfoptlint.automation.flow.events import Event, MayFail, Save, Scheduled, Touch, Unread
from sfoptlint.automation.flow.frame import BudgetSpentError, Frame, Walk
from sfoptlint.automation.flow.oracle import Query
from sfoptlint.automation.flow.start import Trigger
from sfoptlint.automation.flow.values import Entry, Listing, One, Record, record_of
from sfoptlint.core.expr import Const, Expr, Free, Interner, RecordKind, RecordRef, Type, Value
from sfoptlint.core.location import Place
from sfoptlint.core.logic import true
from sfoptlint.evaluate.errors import FormulaError, MissingValueError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.mappings import OnDemand
from sfoptlint.evaluate.world import Path, World
from sfoptlint.evaluate.world import Record as Stored
from sfoptlint.metadata.flow.flow import Flow
from sfoptlint.model.objects import Objects

VISITS = 20_000
"""Elements that one run visits, counted each time."""


class Answers(Protocol):
    """What a run asks and the record pair does not hold. A place is `path#element`, with `@caller` for each element that called
    the flow (the innermost first) and `~n` for the later rounds of a loop; a part that is not modelled is asked for by its name
    there, or by `path:line`: the very places of a compiled witness.
    """

    def rows(
        self, place: str, object_: str, matches: Callable[[Mapping[str, Value]], bool]
    ) -> Sequence[Mapping[str, Value]]:
        """Return the rows of a query, fields by name; `matches` says whether a row meets its filters. Asked once for queries
        that are alike, as long as nothing was written between them.
        """

    def value(self, place: str, type_: Type, text: str) -> Value:
        """Return what a call gives, or a part that is not modelled; `text` says what it is."""

    def of_org(self, name: str) -> Value:
        """Return a value of the user or the org, `$User.Id`."""

    def fails(self, place: str) -> bool:
        """Return whether a write or an action fails."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Fields of the saved record got these values; `again`: by a save of its own, after the first."""

    fields: Mapping[str, Value]
    again: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """Records other than the saved one were created, updated or deleted (`what`), with these values."""

    what: str
    object: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that a run did, in its order; `place` is `path#element`, `steps` lead there."""

    do: Block | Saved | Touched | Unread | MayFail | Scheduled
    at: Place
    timing: Timing
    place: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run takes place; `zone` is the user's."""

    now: datetime
    zone: tzinfo


def run_flow(  # noqa: PLR0913, PLR0917 - a flow, a record, and everything that it asks
    flow: Flow,
    trigger: Trigger,
    before: Stored,
    after: Stored,
    answers: Answers,
    moment: Moment,
    objects: Objects,
    flows: Callable[[str], Flow | None],
    path: str = "",
) -> tuple[Happened, ...]:
    """Run a flow on one saved record: `before` as it is stored, `after` as the save has it when the flow's turn comes.

    The same walk as `compile_flow`, with every guard and value settled by the evaluator. Returns, in the order in which they
    happen: `Block` where the save is rejected (timing NOW) or a later path fails, `Saved` for the fields of the saved record,
    `Touched` for other records, `Scheduled` for paths that run later, `Unread` for what was not followed, `MayFail` for what
    was taken to go well. `path` runs one path of the start instead, by its name in `Scheduled`, with the record as it is then.
    Records are by path, `("Account", "Name")` behind a look-up; a path that a record lacks is blank. `flows` finds the flow
    that a call runs (`Versions.callee`), `trigger` is `trigger_of(flow)`. A flow that is not active must not be run. Never raises
    but for what `answers` raises.
    """
    interner = Interner()
    oracle = _Concrete(interner, World(_Blanks(after), _Blanks(before), now=moment.now, zone=moment.zone), answers)
    walk = Walk(objects, interner, oracle, flows, trigger.object if trigger.saved else "", most_visits=VISITS)
    frame = Frame(flow, walk, before=trigger.phase is Phase.BEFORE_SAVE_FLOW)
    spent: list[Happened] = []
    try:
        walk_from_start(frame, trigger, path)
    except BudgetSpentError as error:
        at = frame.place(flow.start.at)
        spent.append(Happened(Unread(str(error)), at, Timing.NOW, f"{flow.path}:{at.line}", ()))
    return (*(_happened(event, walk) for event in walk.events), *spent)


def _happened(event: Event, walk: Walk) -> Happened:
    match event.do:
        case Save(fields=fields, again=again):
            do: Block | Saved | Touched | Unread | MayFail | Scheduled = Saved(_plain(fields, walk, walk.saved), again)
        case Touch(what=what, object=object_, fields=fields):
            do = Touched(what, object_, _plain(fields, walk, object_))
        case other:
            do = other
    return Happened(do, event.at, event.timing, event.place, event.steps)


def _plain(fields: Mapping[str, Expr], walk: Walk, object_: str) -> dict[str, Value]:
    """Return values by the fields' names as the schema spells them, else as the flow does."""
    found: dict[str, Value] = {}
    for name, value in fields.items():
        schema = walk.objects.get(object_).field(name) if object_ else None
        settled = walk.oracle.settle(value)
        spelt = schema.name if schema else walk.spelt.get(name, name)
        found[spelt] = settled.value if isinstance(settled, Const) else None
    return found


class _Blanks(Mapping[Path, Value]):
    """A record in which a path that is not there is blank."""

    def __init__(self, record: Stored) -> None:
        self._record = record

    def __getitem__(self, path: Path) -> Value:
        return self._record.get(path)

    def __iter__(self) -> Iterator[Path]:
        return iter(self._record)

    def __len__(self) -> int:
        return len(self._record)


class _Frees(Mapping[Free, Value]):
    """What is not modelled, asked for once each."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._known: dict[Free, Value] = {}

    def __getitem__(self, free: Free) -> Value:
        if free not in self._known:
            named = free.place.path and free.name.startswith(free.place.path)
            place = free.name if named else f"{free.place.path}:{free.place.line}"
            self._known[free] = self._answers.value(place, free.type, free.text)
        return self._known[free]

    def __contains__(self, _free: object) -> bool:
        return True

    def __iter__(self) -> Iterator[Free]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@dataclass
class _Concrete:
    """One record in one world: what is not in it is asked for."""

    interner: Interner
    world: World
    answers: Answers
    _rows: dict[RecordRef, Stored] = field(default_factory=dict)

    def __post_init__(self) -> None:
        w = self.world
        self.world = World(
            w.after, w.prior, self._rows, OnDemand(self.answers.of_org), _Frees(self.answers), w.now, w.zone
        )

    @property
    def rounds(self) -> int | None:
        """All of them."""
        return None

    def settle(self, expr: Expr) -> Expr:
        """Return the value; an expression about a row that stands for any is left as it is, and an error is null."""
        if isinstance(expr, Const):
            return expr
        outcome = Evaluation(self.world).outcome(expr)
        if isinstance(outcome, MissingValueError):
            return expr
        if isinstance(outcome, FormulaError):
            return self.interner.const(None, expr.type)
        return self.interner.const(outcome, expr.type)

    def rows(self, query: Query) -> Record | Listing:
        """Return the rows that are there."""

        def matches(row: Mapping[str, Value]) -> bool:
            one = self._row(query, "candidate", row)
            met = self.settle(query.where(one))
            return isinstance(met, Const) and met.value is True

        found = self.answers.rows(query.key, query.object, matches)
        ones = [self._row(query, f"{query.key}[{number}]", row) for number, row in enumerate(found)]
        if query.first:
            return record_of(ones[0] if ones else None, self.interner)
        always = true(self.interner)
        return Listing(tuple(Entry(always, record_of(one, self.interner)) for one in ones))

    def _row(self, query: Query, key: str, row: Mapping[str, Value]) -> One:
        ref = RecordRef(RecordKind.ROW, key)
        self._rows[ref] = _Blanks({tuple(name.split(".")): value for name, value in row.items()})
        return One(ref, query.object)

    def fails(self, key: str) -> bool:
        """Return what the world says."""
        return self.answers.fails(key)

    def taken(self, key: str, at: Place, text: str) -> Expr:
        """Return what the world says."""
        return self.interner.const(self.answers.fails(key), Type.BOOLEAN)

    def output(self, key: str, at: Place, type_: Type) -> Expr:
        """Return what the world says."""
        return self.interner.const(self.answers.value(key, type_, f"what {key.partition('#')[2]} gives"), type_)
