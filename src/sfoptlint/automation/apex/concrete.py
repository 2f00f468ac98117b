"""A trigger run on one record: the walk again, in which a world decides each condition where the way meets it.

One way is left, so nothing is merged, and what the trigger leaves in the record is known field by field. What no world settles
leaves both ways open, and the effects on them say so by a guard of their own. A failure that rests on what nobody says is taken
not to happen: what would have prevented it is supposed, and the run begins again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from sfoptlint.automation.apex.carried import carried
from sfoptlint.automation.apex.frames import Spent
from sfoptlint.automation.apex.left import fields_left, fields_set
from sfoptlint.automation.apex.naming import NamesAgain
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.supposing import Supposing, wanted
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.trigger import TriggerText, run_event
from sfoptlint.automation.apex.values import Origin, RecordCell
from sfoptlint.automation.apex.walk import Walk
from sfoptlint.automation.automation import Effect, Timing
from sfoptlint.core.expr import Const, Expr, Free, Interner, RecordKind, RecordRef, Type, nodes
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import Evaluation
from sfoptlint.evaluate.lazy import Outcome
from sfoptlint.evaluate.mappings import Overlaid
from sfoptlint.evaluate.world import Record, World
from sfoptlint.lang.apex.nodes import MethodInvocation, Node
from sfoptlint.model.objects import Objects

_TRIES = 8


class Deciding(Terms):
    """The nodes of one event, and what they come to in its world."""

    one_way = True

    def __init__(self, objects: Objects, world: World, supposing: Supposing | None = None) -> None:
        super().__init__(Interner(), objects, apart=True)
        self._world = world
        self._supposing = supposing
        self._evaluation = Evaluation(world)
        self._settles = True
        self.supposed = False
        """Whether something was supposed that may have been read before."""

    def decided(self, condition: Expr) -> Expr:
        """Return the truth of a condition; the condition itself where the world does not settle it."""
        if isinstance(condition, Const) or not self._settles:
            return condition
        outcome = self._evaluation.outcome(condition)
        return condition if isinstance(outcome, FormulaError) else self.const(outcome is True)

    def outcome(self, expr: Expr) -> Outcome:
        """Return what an expression comes to."""
        return self._evaluation.outcome(expr)

    def goes_well(self, failure: Expr) -> bool:
        """Whether a null from outside is passed over, as a walk of all ways does where it stands by itself."""
        self.spares(failure)
        return self._supposing is None or not self._supposing.strict

    def spares(self, failure: Expr) -> bool:
        """Suppose what prevents a failure that rests on what nobody says."""
        if self._supposing is None or isinstance(failure, Const) or self.outcome(failure) is not True:
            return False
        asked = [node for node in nodes(failure) if self._supposing.is_open(node)]
        if not any(self._prevented(failure, some) for some in (*((node,) for node in asked), tuple(asked)) if some):
            return False
        self._begin_again()
        return True

    def met(self, found: Free, object_: str, filters: Callable[[], Expr]) -> Expr:
        """Ask whoever has the data; suppose that a row which is said to be there meets its query, where nobody says more."""
        self._settles = False
        asked = filters()
        self._settles = True
        if self._supposing is not None:
            self._supposing.ask(found, object_, lambda row: self._is_met(asked, found, row))
        if self._supposing is not None and self.outcome(found) is True and self.outcome(asked) is not True:
            still = [(node, value) for node, value in wanted(asked, self.outcome) if self._supposing.is_open(node)]
            for node, value in still:
                self._supposing.suppose_value(node, value)
            if still:
                self._begin_again()
        return asked

    def rows_of(self, found: Free) -> int:
        """Return how many rows somebody gives, at least one."""
        return max(1, self._supposing.count(found)) if self._supposing is not None else 1

    def _is_met(self, filters: Expr, found: Free, row: Record) -> bool:
        rows = {RecordRef(RecordKind.ROW, found.name): row}
        return Evaluation(replace(self._world, rows=rows)).outcome(filters) is True

    def _begin_again(self) -> None:
        self._evaluation = Evaluation(self._world)
        self.supposed = True

    def _prevented(self, failure: Expr, supposed: tuple[Expr, ...]) -> bool:
        assert self._supposing is not None
        for node in supposed:
            self._supposing.suppose(node)
        if Evaluation(self._world).outcome(failure) is False:
            return True
        for node in supposed:
            self._supposing.forget(node)
        return False


@dataclass(slots=True)
class Transaction:
    """What triggers of one transaction hand on: statics, and what was spent of the limits.

    `chunk` is what the records of a chunk spent, each in a loop over it, by what and where; they share it.
    """

    chunk: dict[tuple[str, Place], int] = field(default_factory=dict)
    state: State | None = None
    terms: Deciding | None = None
    spent: list[Spent] = field(default_factory=list)

    def begin(self, terms: Deciding) -> State:
        """Return the state in which the next event begins."""
        if self.state is None or self.terms is None:
            return State(terms)
        return carried(self.state, self.terms.outcome, terms)

    def end(self, state: State, terms: Deciding, spent: list[Spent]) -> None:
        """Keep how an event left the statics."""
        for one in spent[len(self.spent) :]:
            if one.looped:
                self.chunk[one.what, one.at] = self.chunk.get((one.what, one.at), 0) + 1
        self.state, self.terms, self.spent = state, terms, spent


@dataclass(frozen=True, slots=True)
class SavedAgain:
    """The trigger saves its record again with these values. `handled`: it goes on where that fails.

    `transaction` is what it hands on to that save.
    """

    values: Mapping[str, Outcome]
    at: Place
    handled: bool
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class Ran:
    """What one event did, in order, and the fields that it left changed in the record, by the names that it calls them."""

    effects: tuple[Effect, ...]
    fields: Mapping[str, Outcome]
    saves: tuple[SavedAgain, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is saved with the record: `alike` records that it stands for, itself included, or in `company` two others."""

    alike: int = 1
    company: bool = False


class _Running(Walk):
    """A walk that keeps each save of its own record: what it writes, and the statics at that moment."""

    terms: Deciding

    def __init__(self, text: TriggerText, terms: Deciding, transaction: Transaction, circle: Circle) -> None:
        super().__init__(text.codebase, terms, text.context, NamesAgain(text.names), company=circle.company)
        self.chunk, self.beside = circle.alike, transaction.chunk
        self.spent = [replace(spent, guard=terms.true) for spent in transaction.spent]
        self.saves: list[SavedAgain] = []
        self._transaction = transaction

    def saves_again(self, record: RecordCell, when: Expr, state: State, node: Node) -> None:
        """Keep a save of the record by the code that runs on it."""
        if state.dead or self.event.timing != "after" or self.timing is not Timing.NOW:
            return
        own = self.same_record(record, state) if record.origin is Origin.MADE else record.own
        if own is None or self.terms.decided(self.terms.all(state.guard, when, own)) is not self.terms.true:
            return
        written = fields_set(record, self.terms)
        values = {name: _as(expr, self.terms) for name, expr in written.items() if name.casefold() != "id"}
        handed = Transaction(self._transaction.chunk, carried(state, self.terms.outcome, self.terms), self.terms)
        handed.spent = self.settled()
        self.saves.append(SavedAgain(values, self.place(node), bool(self.handlers) or self._in_part(node), handed))

    def settled(self) -> list[Spent]:
        """Return what was spent for sure."""
        return [one for one in self.spent if self.terms.decided(one.guard) is self.terms.true]

    def _in_part(self, node: Node) -> bool:
        """Whether this is a method of Database that throws nothing (Apex Reference Guide, "Database Class", allOrNone)."""
        return isinstance(node, MethodInvocation) and [self.words(one).casefold() for one in node.arguments[1:2]] == [
            "false"
        ]


def run_trigger(  # noqa: PLR0913, PLR0917 - a run is all of this
    text: TriggerText, timing: str, world: World, transaction: Transaction, circle: Circle, supposing: Supposing
) -> Ran:
    """Run a trigger for one event of an update, `before` or `after`."""
    prior = None if world.prior is None else Overlaid(supposing.fields, world.prior)
    world = replace(world, after=Overlaid(supposing.fields, world.after), prior=prior)
    for _ in range(_TRIES):
        terms = Deciding(text.objects, world, supposing)
        state = transaction.begin(terms)
        run = _Running(text, terms, transaction, circle)
        run_event(run, text, state, timing)
        if not terms.supposed:
            break
    transaction.end(state, terms, run.settled())
    effects = [replace(effect, guard=terms.decided(effect.guard)) for effect in run.effects]
    left = {name: _as(expr, terms) for name, expr in fields_left(state, terms).items()}
    return Ran(tuple(e for e in effects if e.guard is not terms.false), left, tuple(run.saves))


def _as(expr: Expr, terms: Deciding) -> Outcome:
    outcome = terms.outcome(expr)
    return False if outcome is None and expr.type is Type.BOOLEAN else outcome
