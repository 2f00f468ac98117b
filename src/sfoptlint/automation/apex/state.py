"""The state of the walk: what is known on the way to a statement. It knows its path condition as a chain of terms."""

from collections.abc import Mapping
from itertools import count

from sfoptlint.automation.apex.store import Key, Store
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import (
    Cell,
    ListCell,
    MapCell,
    ObjectCell,
    RecordCell,
    Ref,
    Value,
)
from sfoptlint.core.expr import Call, Const, Expr, Primitive

_LASTING = frozenset({"static", "kept", "trigger", "(result)"})
"""What begins the names of variables that are in no frame."""


class State:
    """What holds at one point of the program, on every way that leads there."""

    __slots__ = ("_false", "_known", "begun", "counter", "path", "store", "terms")

    def __init__(self, terms: Terms, counter: "count[int] | None" = None) -> None:
        self.terms = terms
        self.path: tuple[Expr, ...] | None = ()
        self.store = Store()
        self.counter = counter or count(1)
        self._known: set[Expr] = set()
        self._false: set[Expr] = set()
        """The negations of what is known."""
        self.begun: dict[str, Mapping[Key, Value | Cell]] = {}
        """What is there from its first use on, a class's statics, say, as it begins on whichever way."""

    @property
    def dead(self) -> bool:
        """Whether no way leads here."""
        return self.path is None

    def kill(self) -> None:
        """Say that no way goes on from here."""
        self.path = None

    @property
    def guard(self) -> Expr:
        """The path condition as one guard."""
        return self.terms.false if self.path is None else self.terms.all(*self.path)

    def fork(self) -> "State":
        """Return a copy that goes its own way."""
        other = State(self.terms, self.counter)
        other.path = self.path
        other.store = self.store.fork()
        other._known = set(self._known)
        other._false = set(self._false)
        other.begun = self.begun
        return other

    def begin(self, name: str, what: Mapping[Key, Value | Cell]) -> None:
        """Remember what something begins with that is now used for the first time."""
        self.begun = {**self.begun, name: what}

    def catch_up(self, other: "State") -> None:
        """Let be there, as it begins, what another way has used."""
        further = [name for name in other.begun if name not in self.begun]
        for name in further:
            for key, value in other.begun[name].items():
                if key not in self.store:
                    self.store[key] = value
        if further:
            self.begun = {**other.begun, **self.begun}

    def assume(self, condition: Expr) -> None:
        """Go on only where the condition holds."""
        if self.path is None:
            return
        condition = self.known(condition)
        if isinstance(condition, Const):
            if condition.value is not True:
                self.path = None
            return
        parts = condition.args if isinstance(condition, Call) and condition.op == Primitive.AND else (condition,)
        new = [part for part in parts if part not in self._known]
        for part in new:
            if not self._add(part):
                return
        self.path = (*self.path, *new)

    def learn(self, condition: Expr) -> None:
        """Take for granted what holds on every way that has not failed; the guards of what follows need not say it again."""
        if self.path is None:
            return
        parts = condition.args if isinstance(condition, Call) and condition.op == Primitive.AND else (condition,)
        for part in parts:
            if not self._add(part):
                return

    def _add(self, part: Expr) -> bool:
        """Take note of what holds here; return whether a way is left on which it does."""
        if part is self.terms.false or part in self._false:
            self.path = None
            return False
        self._known.add(part)
        self._false.add(self.terms.no(part))
        return True

    def known(self, condition: Expr) -> Expr:
        """Return the condition with what the way here has settled put in."""
        if self.path is not None:
            condition = self.terms.decided(condition)
        if isinstance(condition, Const) or self.path is None:
            return condition
        if condition in self._known:
            return self.terms.true
        if condition in self._false:
            return self.terms.false
        if isinstance(condition, Call) and condition.op in (Primitive.AND, Primitive.OR):
            # One level is enough for what people write; guards are graphs, and walking all of one each time is dear.
            if self._known.isdisjoint(condition.args) and self._false.isdisjoint(condition.args):
                return condition
            parts = [self._settled(arg) for arg in condition.args]
            join = self.terms.all if condition.op == Primitive.AND else self.terms.any
            return join(*parts)
        return condition

    def _settled(self, part: Expr) -> Expr:
        if part in self._known:
            return self.terms.true
        return self.terms.false if part in self._false else part

    def new(self, cell: Cell) -> Ref:
        """Put something into the heap."""
        number = next(self.counter)
        self.store[number] = cell
        return Ref(number)

    def cell(self, ref: Ref) -> Cell:
        """Return what a reference refers to."""
        found = self.store[ref.cell]
        assert isinstance(found, RecordCell | ListCell | MapCell | ObjectCell)
        return found

    def put(self, ref: Ref, cell: Cell) -> None:
        """Change what a reference refers to."""
        self.store[ref.cell] = cell

    def value(self, key: Key) -> Value | None:
        """Return a variable; None where there is none of this name."""
        found = self.store.get(key)
        assert not isinstance(found, RecordCell | ListCell | MapCell | ObjectCell)
        return found

    def leave(self, frames: frozenset[str]) -> None:
        """Forget the variables of methods that are over: all frames but these."""
        self.store.leave(_LASTING | frames)

    def become(self, other: "State") -> None:
        """Take over everything of another state."""
        self.path, self.store, self.begun = other.path, other.store, other.begun
        self._known, self._false = other._known, other._false  # noqa: SLF001

    def common(self, other: "State", path: tuple[Expr, ...]) -> "State":
        """Return a state at the end of a path that two ways share, with what is known on both, and nothing in its store."""
        both = State(self.terms, self.counter)
        both.path = path
        both._known = self._known & other._known  # noqa: SLF001 - of its own class
        both._false = self._false & other._false  # noqa: SLF001
        both.begun = self.begun
        return both
