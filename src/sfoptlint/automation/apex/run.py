"""One walk in progress: where it stands, what it has found, and what it may still spend."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sfoptlint.automation.apex.codebase import ApexType, Codebase
from sfoptlint.automation.apex.frames import Event, Exits, Frame, Spent, Thrown
from sfoptlint.automation.apex.naming import AtomNames, Names
from sfoptlint.automation.apex.shapes import scalars
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import (
    ClassValue,
    ListCell,
    MapCell,
    Opaque,
    Origin,
    OutOfBudgetError,
    RecordCell,
    Ref,
    Scalar,
    Token,
    Value,
)
from sfoptlint.automation.automation import Block, Do, Effect, MayFail, Overwrite, Step, Timing, Unknown, Write
from sfoptlint.automation.places import split_key
from sfoptlint.core.expr import Const, Expr, Field, Free, FreeKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.apex.nodes import Expression, MethodDeclaration, Node, Statement, TypeName

MAX_DEPTH = 12
"""Calls inside calls."""
MAX_CALLS = 2500
"""Calls that one entry may inline."""
MAX_STEPS = 30_000
"""Statements that one entry may walk."""
MAX_NODES = 60_000
"""Nodes of conditions and values that one entry may make: a statement can be cheap or dear."""
ASIDE = 3
"""What no save of the record starts may spend this part of it: such code is small, or larger than any budget."""
MAX_EFFECTS = 400
CHUNK = 200

_SAVED = (Origin.NEW, Origin.OLD)
_ERROR = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
_FATAL = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"


class Run:
    """What every part of the walk shares. The parts call each other through it."""

    def __init__(
        self,
        codebase: Codebase,
        terms: Terms,
        context: Context,
        names: AtomNames | None = None,
        *,
        company: bool = False,
    ) -> None:
        self.codebase = codebase
        self.terms = terms
        self.context = context
        self.company = company
        """Whether the chunk is walked as three records; else one record stands for all of them."""
        self.chunk = CHUNK
        """How many alike records the one stands for."""
        self.beside: Mapping[tuple[str, Place], int] = {}
        """What other records of the chunk spent, at each place in a loop over it."""
        self.made_before = len(terms.interner)
        self.event = Event("", "")
        self.effects: list[Effect] = []
        self.axioms: list[Expr] = []
        self.spent: list[Spent] = []
        self.frames: list[Frame] = []
        self.outer: frozenset[str] = frozenset()
        """The numbers of the methods that wait for a save which they started."""
        self.handlers: list[list[Thrown]] = []
        self.steps: list[Step] = []
        self.jobs: list[tuple[State, Ref, str]] = []
        self.chunk_loops = 0
        self.rounds: list[int] = []
        """Of each loop around: which of all rounds so far this one is."""
        self.row_rounds: list[int] = []
        """The same of loops alone that go round so often as nobody knows."""
        self._rounds = 0
        self.loops: list[Place] = []
        """The loops around."""
        self.gone_round: Counter[Place] = Counter()
        """How many rounds each loop went, of all times that it was met."""
        self.trials: list[str] = []
        """The loops of which a round is walked on trial: the earliest of their rounds."""
        self.started = True
        self.statement: Node | None = None
        """The call that is a statement of its own, if that is what is being walked."""
        self.calls = 0
        self.walked = 0
        self.exhausted = False
        self.timing = Timing.NOW
        self.names = names or Names()
        self.trail = self.names.trail()
        self.named: dict[str, Free] = {}
        self._held: dict[Expr, int] = {}
        self.unfiltered: set[str] = set()
        self.declared: dict[Key, TypeName] = {}

    @property
    def frame(self) -> Frame:
        """The method that is being walked."""
        return self.frames[-1]

    @property
    def alive(self) -> frozenset[str]:
        """The numbers of the methods that are being walked, those of a save that another one started in its midst too."""
        return self.outer | {frame.id for frame in self.frames}

    @property
    def batch(self) -> bool:
        """Whether the sync saves as a batch job."""
        return self.context is Context.BATCH

    def place(self, node: Node) -> Place:
        """Return where a node of the current file stands."""
        return self.frame.file.place(node)

    def words(self, node: Node) -> str:
        """Return the source of a node of the current file."""
        return self.frame.file.words(node)

    # The parts that know each other.

    def evaluate(self, node: Expression, state: State) -> Value:
        """Return what an expression is worth, and let the state have its effects."""
        raise NotImplementedError

    def execute(self, node: Statement, state: State, exits: Exits) -> None:
        """Walk a statement."""
        raise NotImplementedError

    def invoke(  # noqa: PLR0913, PLR0917 - a call is all of this
        self,
        type_: ApexType,
        method: MethodDeclaration,
        this: Ref | None,
        arguments: list[Value],
        state: State,
        at: Node,
    ) -> Value:
        """Walk a method of the tree and return its result."""
        raise NotImplementedError

    def construct(self, type_: ApexType, arguments: list[Value], state: State, node: Node) -> Ref:
        """Make an object of a class of the tree."""
        raise NotImplementedError

    # What it finds.

    def step(self) -> None:
        """Count a statement."""
        self.walked += 1
        part = 1 if self.started else ASIDE
        spent = self.walked * part > MAX_STEPS or self._made * part > MAX_NODES
        if spent or len(self.effects) > MAX_EFFECTS:
            raise OutOfBudgetError

    @property
    def _made(self) -> int:
        return len(self.terms.interner) - self.made_before

    def emit(self, state: State, do: Do, at: Place, *, when: Expr | None = None) -> None:
        """Record an effect under the way here."""
        if state.dead:
            return
        guard = state.guard if when is None else self.terms.all(state.guard, state.known(when))
        guard = self.terms.decided(guard)
        if isinstance(guard, Const) and guard.value is not True:
            return
        if self._is_told(guard, do, at):
            return
        steps = (*self.steps, Step(at, _step_words(do)))
        self.effects.append(Effect(guard, do, at, self.timing, steps, f"{at.path}:{at.line}"))

    def _is_told(self, guard: Expr, do: Do, at: Place) -> bool:
        """Whether this is recorded already; a write after another one, which it replaces, is not."""
        told = [e for e in self.effects if isinstance(e.do, Write)][-1:] if isinstance(do, Write) else self.effects
        return any(e.guard is guard and e.do == do and e.at == at and e.timing is self.timing for e in told)

    def block(self, state: State, cause: Cause, message: str, at: Place, *, when: Expr | None = None) -> None:
        """Record that the save is rejected."""
        code = _ERROR if cause is Cause.ERROR else _FATAL
        self.emit(state, Block(cause, code, message), at, when=when)

    def unknown(self, state: State, reason: str, at: Place, *, when: Expr | None = None) -> None:
        """Record that something is reached which was not read."""
        self.emit(state, Unknown(reason), at, when=when)

    def unread(self, state: State, type_: ApexType, name: str) -> None:
        """Record that a member of a class is reached which could not be read, if it was not."""
        found = self.codebase.unread(type_, name)
        if found is not None:
            above, gap = found
            at = above.file.place(gap)
            self.unknown(state, f"{above.name}.{name} could not be read: {gap.reason}", at)

    def may_fail(self, state: State, what: str, at: Place) -> None:
        """Record what is taken to go well."""
        self.emit(state, MayFail(what), at)

    def throw(  # noqa: PLR0913 - an exception is all of this
        self,
        state: State,
        when: Expr,
        type_: str,
        message: str,
        at: Place,
        *,
        cause: Cause = Cause.EXCEPTION,
        value: Value | None = None,
        catchable: bool = True,
    ) -> None:
        """Part the way: an exception where the condition holds, and on where it does not."""
        if state.dead or self.terms.spares(when):
            return
        when = state.known(when)
        if isinstance(when, Const) and when.value is not True:
            return
        if self.handlers and catchable:
            thrown = state.fork()
            thrown.assume(when)
            if not thrown.dead:
                exception = value or Opaque(self.terms.false, type_)
                self.handlers[-1].append(Thrown(thrown, type_, exception, at, cause, message, tuple(self.steps)))
        else:
            self.block(state, cause, message, at, when=when)
            state.learn(self.terms.no(when))
            return
        state.assume(self.terms.no(when))

    def for_each(self, keys: Iterable[Value]) -> bool:
        """Whether what is put by these keys is one for each record of the chunk; a literal is the same for all of them."""
        known = [
            isinstance(key, Token | ClassValue) or (isinstance(key, Scalar) and isinstance(key.expr, Const))
            for key in keys
        ]
        return bool(self.chunk_loops) and not (known and all(known))

    def spend(self, what: str, state: State, at: Place) -> None:
        """Count something against a limit."""
        if state.dead or self.timing is not Timing.NOW:
            return
        guard = state.guard
        if any(self.terms.asks_limits(part) for part in state.path or ()):
            return  # the code asks for what is left
        looped = self.chunk_loops > 0
        times = self.chunk + self.beside.get((what, at), 0) if looped else 1
        self.spent.append(Spent(what, guard, times, at, tuple(self.steps), looped, tuple(self.loops)))

    def future(self, state: State, node: Node, label: str) -> None:
        """Call a `@future` method: a batch job cannot (Apex Developer Guide, "Future Methods")."""
        at = self.place(node)
        if not self.started:
            return
        if self.batch:
            message = f"{label} is a future method, which a batch job cannot call"
            self.throw(state, self.terms.true, "AsyncException", message, at, cause=Cause.ASYNC)
        else:
            self.spend("future call", state, at)

    def callout(self, state: State, node: Node) -> None:
        """Call out: a trigger cannot (Apex Developer Guide, "Callout Limits and Limitations")."""
        if self.started and self.timing is Timing.NOW:
            message = f"{self.words(node)}: a trigger cannot call out"
            at = self.place(node)
            self.throw(state, self.terms.true, "CalloutException", message, at, cause=Cause.ASYNC)

    @contextmanager
    def round(self, node: Node, *, rows: bool = False) -> Iterator[None]:
        """Go round a loop once; `rows`: nobody knows how often it goes round."""
        at = self.place(node)
        self._rounds += 1
        self.gone_round[at] += 1
        around = self.row_rounds
        self.rounds.append(self._rounds)
        self.loops.append(at)
        if rows:
            self.row_rounds = [*around, self._rounds]
        try:
            yield
        finally:
            self.rounds.pop()
            self.loops.pop()
            self.row_rounds = around

    @property
    def round_of_making(self) -> int:
        """How many rounds were begun when a collection is made within a loop of unknown end; else 0."""
        return self._rounds if self.row_rounds else 0

    def is_added_to_again(self, cell: ListCell | MapCell) -> bool:
        """Whether other rounds of a loop add to a collection, too: not where it was made in this round."""
        return bool(self.row_rounds) and cell.made < self.row_rounds[-1]

    def loop(self, node: Node) -> str:
        """Return the name of a loop."""
        at = self.place(node)
        return f"{at.path}:{at.line}:{at.column}"

    @contextmanager
    def trial(self, node: Node) -> Iterator[None]:
        """Go round a loop on trial."""
        self.trials.append(self.loop(node))
        try:
            yield
        finally:
            self.trials.pop()

    @contextmanager
    def stepping(self, at: Place, words: str) -> Iterator[None]:
        """Go a step further on the way that a finding shows."""
        self.steps.append(Step(at, words))
        try:
            yield
        finally:
            self.steps.pop()

    # Records.

    def saves_again(self, record: RecordCell, when: Expr, state: State, node: Node) -> None:
        """Meet a save of a record that may be the saved one; what it does to the box is an effect of its own."""

    def same_record(self, record: RecordCell, state: State) -> Expr:
        """Return the condition under which a record made in memory is the one that is saved."""
        own = record.fields.get("id")
        if not isinstance(own, Scalar):
            return self.terms.false
        return state.known(self.terms.same(own.expr, self.terms.saved_id()))

    def everyone(self, record: RecordCell) -> bool:
        """Whether the records that a query finds are all there are; a filter on the box itself is none."""
        return record.ref is not None and split_key(record.ref.key)[0] in self.unfiltered

    def hold(self, axiom: Expr) -> None:
        """Take for granted what holds in every world, once."""
        at = self._held.setdefault(axiom, len(self.axioms))
        if at >= len(self.axioms) or self.axioms[at] is not axiom:  # it was taken back since
            self._held[axiom] = len(self.axioms)
            self.axioms.append(axiom)

    def agree(self, row: RecordCell, value: Value, other: Value) -> None:
        """Let a further row of a query have the same in a field as the row that stands for all, if it is that one."""
        match row.ref, value, other:
            case RecordRef() as ref, Scalar(expr=Field() as own), Scalar(expr=Field() as like):
                ids = [self.terms.interner.field(one, ("Id",), Type.TEXT) for one in (ref, like.record)]
                self.hold(self.terms.any(self.terms.no(self.terms.same(*ids)), self.terms.same(own, like)))

    def kept(self, name: str, cell: RecordCell, state: State) -> Ref:
        """Return the record of this name, the same each time that it is asked for."""
        key = ("kept", name)
        found = state.store.get(key)
        if isinstance(found, Ref):
            return found
        made = state.new(cell)
        state.store[key] = made
        state.begin(f"kept {name}", {key: made, made.cell: cell})
        return made

    # Values that nobody knows.

    def unknown_value(
        self, node: Node, type_: Type, state: State, *, inputs: tuple[Value, ...] = (), fickle: bool = False
    ) -> Scalar:
        """Return a free value for what an expression is worth; a `fickle` one is another in each round of a loop."""
        at = self.place(node)
        exprs = [expr for value in inputs for expr in scalars(value, state)]
        kind = FreeKind.OPAQUE if self.terms.reads(*exprs) else FreeKind.CALL
        words = self.words(node)
        inputs_key = ",".join(str(id(expr)) for expr in exprs)
        name = f"{at.path}:{at.line}" + (f":{at.column}" if kind is FreeKind.OPAQUE else "")
        rounds = self.rounds if fickle else ()
        name = self.again(name, f"{words}|{inputs_key}|{rounds}", spot=f"{at.path}:{at.line}:{at.column}")
        return Scalar(self.terms.free(name, type_, kind, at, words, exprs))

    def again(self, name: str, what: str, *, spot: str = "") -> str:
        """Return the name of an atom; another one of the same place gets a number, for answers go by place.

        `spot` says where it is asked, where the name depends on what is known there.
        """
        way = (self.event.timing, self.company, spot or name, self.trail.at(self.steps))
        return self.names.of(way, name, what)

    def lasting(self, what: str, type_: Type, kind: FreeKind, node: Node, text: str) -> Free:
        """Return the free value of what is the same wherever it is asked for; its place is the first that asks."""
        if what not in self.named:
            name, at = self.names.lasting(what, self.place(node))
            self.named[what] = self.terms.free(name, type_, kind, at, text)
        return self.named[what]

    def free_flag(self, node: Node, kind: FreeKind, text: str, suffix: str = "") -> Expr:
        """Return a free Boolean of its own."""
        at = self.place(node)
        name = self.again(f"{at.path}:{at.line}:{at.column}{suffix}", self.frame.id)
        return self.terms.free(name, Type.BOOLEAN, kind, at, text)


def _step_words(do: Do) -> str:
    match do:
        case Block(message=message):
            return message
        case Write():
            return "the box is written"
        case Overwrite(object=object_):
            return f"the box of {object_} records is written"
        case Unknown(reason=reason):
            return reason
        case MayFail(what=what):
            return what
