"""What a walk finds, each under the way to it: effects, exceptions, what is spent of limits; and what it may still spend."""

from collections.abc import Mapping

from sfoptlint.automation.apex.around import Around
from sfoptlint.automation.apex.codebase import ApexType, Codebase
from sfoptlint.automation.apex.frames import Spent, Thrown
from sfoptlint.automation.apex.naming import AtomNames
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import Opaque, OutOfBudgetError, Value
from sfoptlint.automation.automation import Block, Do, Effect, MayFail, Overwrite, Step, Timing, Unknown, Write
from sfoptlint.core.expr import Const, Expr
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import Cause
from sfoptlint.lang.apex.nodes import Node

MAX_STEPS = 30_000
"""Statements that one entry may walk."""
MAX_NODES = 60_000
"""Nodes of conditions and values that one entry may make: a statement can be cheap or dear."""
ASIDE = 3
"""What is not judged by itself, or no save of the record starts, may spend this part of it: it is small, or too large anyhow."""
MAX_EFFECTS = 400
CHUNK = 200

_ERROR = "FIELD_CUSTOM_VALIDATION_EXCEPTION"
_FATAL = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"


class Finding(Around):
    """What one walk has found so far."""

    def __init__(
        self, codebase: Codebase, terms: Terms, context: Context, names: AtomNames | None, *, company: bool
    ) -> None:
        super().__init__(codebase, terms, context, names, company=company)
        self.chunk = CHUNK
        """How many alike records the one stands for."""
        self.beside: Mapping[tuple[str, Place], int] = {}
        """What other records of the chunk spent, at each place in a loop over it."""
        self.made_before = len(terms.interner)
        self.effects: list[Effect] = []
        self.axioms: list[Expr] = []
        self._held: dict[Expr, int] = {}
        self.spent: list[Spent] = []
        self.handlers: list[list[Thrown]] = []
        self.started = True
        self.part = 1
        """Which part of the budget it may spend."""
        self.calls = 0
        self.walked = 0
        self.exhausted = False

    def step(self) -> None:
        """Count a statement."""
        self.walked += 1
        spent = self.walked * self.part > MAX_STEPS or self._made * self.part > MAX_NODES
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

    def hold(self, axiom: Expr) -> None:
        """Take for granted what holds in every world, once."""
        at = self._held.setdefault(axiom, len(self.axioms))
        if at >= len(self.axioms) or self.axioms[at] is not axiom:  # it was taken back since
            self._held[axiom] = len(self.axioms)
            self.axioms.append(axiom)

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
