"""The state of the walk: what is known on the way to a statement, and how two ways are joined.

States are merged where ways meet and never enumerated: a trigger of n independent conditions has 2^n ways, and one merged
state. A state knows its path condition as a chain of terms: two states share the beginning of theirs, and what differs behind it
says which of the two a joined value comes from.
"""

from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from itertools import count, pairwise
from operator import is_
from typing import TypeVar

from sfoptlint.automation.apex.records import unset
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import (
    Cell,
    Either,
    Entry,
    Item,
    ListCell,
    MapCell,
    ObjectCell,
    Origin,
    OutOfBudgetError,
    RecordCell,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.core.expr import Call, Const, Expr, Primitive

Held = TypeVar("Held")
MAX_ITEMS = 1000
"""Of a list or map whose items depend on the way taken."""

_MANY = 32
"""Values that one may be before those which are the same are put together."""
MAX_PLAIN = 60
"""Of a map of plain values, in which no record can be lost; a longer one is open."""
Key = int | tuple[str, ...]
"""A cell's number, or the name of a variable: of a frame, or a class's static."""


_LASTING = frozenset({"static", "kept", "trigger", "(result)"})
"""What begins the names of variables that are in no frame."""


class State:
    """What holds at one point of the program, on every way that leads there."""

    __slots__ = ("_false", "_known", "begun", "counter", "path", "store", "terms")

    def __init__(self, terms: Terms, counter: "count[int] | None" = None) -> None:
        self.terms = terms
        self.path: tuple[Expr, ...] | None = ()
        self.store: dict[Key, Value | Cell] = {}
        self.counter = counter or count(1)
        self._known: set[Expr] = set()
        self._false: set[Expr] = set()
        """The negations of what is known."""
        self.begun: dict[str, dict[Key, Value | Cell]] = {}
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
        other.store = dict(self.store)
        other._known = set(self._known)
        other._false = set(self._false)
        other.begun = self.begun
        return other

    def begin(self, name: str, what: dict[Key, Value | Cell]) -> None:
        """Remember what something begins with that is now used for the first time."""
        self.begun = {**self.begun, name: what}

    def catch_up(self, other: "State") -> None:
        """Let be there, as it begins, what another way has used."""
        further = other.begun.keys() - self.begun.keys()
        for name in further:
            for key, value in other.begun[name].items():
                self.store.setdefault(key, value)
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
            parts = [self._settled(arg) for arg in condition.args]
            join = self.terms.all if condition.op == Primitive.AND else self.terms.any
            return condition if all(map(is_, parts, condition.args)) else join(*parts)
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

    def leave(self, frames: Container[str]) -> None:
        """Forget the variables of methods that are over: all frames but these."""
        over = [key for key in self.store if type(key) is tuple and key[0] not in frames and key[0] not in _LASTING]
        for key in over:
            del self.store[key]

    def become(self, other: "State") -> None:
        """Take over everything of another state."""
        self.path, self.store, self.begun = other.path, other.store, other.begun
        self._known, self._false = other._known, other._false  # noqa: SLF001

    def join(self, *others: "State") -> None:
        """Become the state after this one and the others meet."""
        self.become(joined((self, *others), self))


def joined(states: Iterable[State], like: State) -> State:
    """Return the state in which all of these meet; a dead one where none of them is alive."""
    alive = [state for state in states if not state.dead]
    if not alive:
        dead = like.fork()
        dead.kill()
        return dead
    ways = _in_order(alive)
    shared = [_common(one.path or (), other.path or ()) for one, other in pairwise(ways)]
    while shared:
        # Whose ways parted last meet first; that leaves alone what the others share with them.
        at = max(range(len(shared)), key=shared.__getitem__)
        ways[at : at + 2] = [_met(ways[at], ways[at + 1], shared.pop(at))]
    return ways[0]


def gathered(states: list[State], like: State) -> State:
    """Return the state in which ways of a kind meet that leave a row of statements one after the other, as exceptions do.

    Halves of the row are put together: to add one way after the other would choose each variable anew as often as there are ways.
    """
    if len(states) <= 2:
        return joined(states, like)
    half = len(states) // 2
    return joined((gathered(states[:half], like), gathered(states[half:], like)), like)


def _in_order(states: list[State]) -> list[State]:
    """Return the states so that those which share a beginning stand beside each other."""
    if len(states) <= 2:
        return states
    seen: dict[Expr, int] = {}
    numbers = [tuple([seen.setdefault(part, len(seen)) for part in state.path or ()]) for state in states]
    return [states[at] for at in sorted(range(len(states)), key=numbers.__getitem__)]


def _common(left: tuple[Expr, ...], right: tuple[Expr, ...]) -> int:
    shared = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        shared += 1
    return shared


def _met(one: State, other: State, shared: int) -> State:
    """Return the state in which two meet whose ways have so many conditions in common from the beginning."""
    if one.begun is not other.begun:
        one.catch_up(other)
        other.catch_up(one)
    terms = one.terms
    left, right = one.path or (), other.path or ()
    mine, theirs = terms.all(*left[shared:]), terms.all(*right[shared:])
    result = State(terms, one.counter)
    result.path = left[:shared]
    result._known = one._known & other._known  # noqa: SLF001 - of its own class
    result._false = one._false & other._false  # noqa: SLF001
    rest = terms.any(mine, theirs)
    if not isinstance(rest, Const) and not _complementary(mine, theirs, terms):
        result.path = (*result.path, rest)
        result._add(rest)  # noqa: SLF001
    result.store, result.begun = _stores(mine, one, other), one.begun
    return result


def _complementary(one: Expr, other: Expr, terms: Terms) -> bool:
    return terms.no(one) is other or terms.no(other) is one


def _stores(condition: Expr, one: State, other: State) -> dict[Key, Value | Cell]:
    store = dict(other.store)
    for key, value in one.store.items():
        theirs = store.get(key)
        if theirs is None:
            store[key] = value
        elif theirs is not value:
            store[key] = met(condition, value, theirs, one.terms)
    return store


def met(condition: Expr, yes: Value | Cell, no: Value | Cell, terms: Terms) -> Value | Cell:
    """Return what is left where two ways meet: the first where the condition holds, else the second."""
    match yes, no:
        case RecordCell(), RecordCell():
            return _records(condition, yes, no, terms)
        case ObjectCell(), ObjectCell():
            return replace(yes, fields=_fields(condition, yes.fields, no.fields, terms))
        case ListCell(), ListCell():
            return _lists(condition, yes, no, terms)
        case MapCell(), MapCell():
            return _maps(condition, yes, no, terms)
    assert not isinstance(yes, RecordCell | ListCell | MapCell | ObjectCell)
    assert not isinstance(no, RecordCell | ListCell | MapCell | ObjectCell)
    return choice(condition, yes, no, terms)


def choice(condition: Expr, yes: Value, no: Value, terms: Terms) -> Value:
    """Return the one value where the condition holds, else the other."""
    if isinstance(condition, Const):
        return yes if condition.value is True else no
    if yes == no:
        return yes
    if isinstance(yes, Scalar) and isinstance(no, Scalar):
        return Scalar(terms.choose(condition, yes.expr, no.expr))
    sides = [side for side in (yes, no) if isinstance(side, Either)]
    size = 2 + sum(side.size - 1 for side in sides)
    most = max((side.most for side in sides), default=_MANY)
    if size > most:
        return _told_apart(condition, yes, no, terms)
    return Either(condition, yes, no, size, most)


def _told_apart(condition: Expr, yes: Value, no: Value, terms: Terms) -> Value:
    """Return one of two values as a list of different ones: values that meet again and again would double each time."""
    guards: dict[Value, Expr] = {}
    left = [(terms.no(condition), no), (condition, yes)]
    while left:
        guard, value = left.pop()
        if isinstance(value, Either):
            left.append((terms.all(guard, terms.no(value.condition)), value.no))
            left.append((terms.all(guard, value.condition), value.yes))
        elif guard is not terms.false:
            guards[value] = terms.any(guards[value], guard) if value in guards else guard
    *first, last = guards
    most = max(_MANY, 2 * len(guards))
    result: Value = last
    for number, value in enumerate(reversed(first), 2):
        result = Either(guards[value], value, result, number, most)
    return result


def _records(condition: Expr, yes: RecordCell, no: RecordCell, terms: Terms) -> RecordCell:
    fields: dict[str, Value] = {}
    for name in {**yes.fields, **no.fields}:
        mine, theirs = yes.fields.get(name), no.fields.get(name)
        if (mine is None and _is_parent(yes, theirs)) or (theirs is None and _is_parent(no, mine)):
            fields[name] = mine or theirs or Scalar(terms.null)
            continue
        fields[name] = choice(condition, mine or unset(yes, name, terms), theirs or unset(no, name, terms), terms)
    return replace(yes, fields=fields)


def _is_parent(cell: RecordCell, value: Value | None) -> bool:
    """Whether a field holds what a look-up of the record leads to: it is there whoever has read it."""
    return isinstance(value, Ref) and cell.origin is not Origin.MADE


def _fields(condition: Expr, yes: dict[str, Value], no: dict[str, Value], terms: Terms) -> dict[str, Value]:
    null = Scalar(terms.null)
    return {name: choice(condition, yes.get(name, null), no.get(name, null), terms) for name in {**yes, **no}}


def _lists(condition: Expr, yes: ListCell, no: ListCell, terms: Terms) -> ListCell:
    shared = _as_long_as(lambda one, other: one.value == other.value, yes.items, no.items)
    both = [
        one if one is other else Item(terms.choose(condition, one.guard, other.guard), one.value)
        for one, other in zip(yes.items[:shared], no.items[:shared], strict=True)
    ]
    mine = (Item(terms.all(condition, item.guard), item.value) for item in yes.items[shared:])
    others = (Item(terms.all(terms.no(condition), item.guard), item.value) for item in no.items[shared:])
    return replace(
        yes,
        items=_within_budget((*both, *mine, *others)),
        more=yes.more or no.more,
        open=_opened(condition, yes.open, no.open, terms),
        chunked=yes.chunked or no.chunked,
    )


def _maps(condition: Expr, yes: MapCell, no: MapCell, terms: Terms) -> MapCell:
    shared = _as_long_as(lambda one, other: one.key == other.key, yes.entries, no.entries)
    both = [
        one if one is other else _entry(condition, one, other, terms)
        for one, other in zip(yes.entries[:shared], no.entries[:shared], strict=True)
    ]
    mine = (Entry(terms.all(condition, e.guard), e.key, e.value) for e in yes.entries[shared:])
    others = (Entry(terms.all(terms.no(condition), e.guard), e.key, e.value) for e in no.entries[shared:])
    entries = (*both, *mine, *others)
    opened = _opened(condition, yes.open, no.open, terms)
    if len(entries) > MAX_PLAIN and all(isinstance(entry.value, Scalar) for entry in entries):
        entries, opened = entries[:MAX_PLAIN], terms.true
    return replace(
        yes,
        entries=_within_budget(entries),
        more=yes.more or no.more,
        open=opened,
        chunked=yes.chunked or no.chunked,
    )


def _entry(condition: Expr, yes: Entry, no: Entry, terms: Terms) -> Entry:
    guard = terms.choose(condition, yes.guard, no.guard)
    return Entry(guard, yes.key, choice(condition, yes.value, no.value, terms))


def _within_budget(items: tuple[Held, ...]) -> tuple[Held, ...]:
    """Refuse a collection that doubled at one meeting of ways after the other: each further one takes as long as all before."""
    if len(items) > MAX_ITEMS:
        raise OutOfBudgetError
    return items


def _as_long_as(alike: Callable[[Held, Held], bool], left: tuple[Held, ...], right: tuple[Held, ...]) -> int:
    """Return how many from the beginning are alike."""
    return next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if not alike(*pair)), min(len(left), len(right))
    )


def _opened(condition: Expr, yes: Expr | None, no: Expr | None, terms: Terms) -> Expr | None:
    if yes is no:
        return yes
    return terms.choose(condition, yes or terms.false, no or terms.false)
