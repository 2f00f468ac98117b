"""What a walk asks that the record does not hold: settings of the user and the org, queries, calls.

Answers come by place (`path#element` or `path:line`), never by a symbol of whatever made them. What nobody answers is taken to
be blank, or not to be there, and is named.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sfoptlint.automation.places import place_of, split_key
from sfoptlint.core.expr import Free, FreeKind, RecordRef, Type, Value
from sfoptlint.core.witness import Answer, Returned, Rows, Throws, Values
from sfoptlint.evaluate.mappings import OnDemand
from sfoptlint.evaluate.world import Path, Record
from sfoptlint.simulate.fields import Fields, Reading
from sfoptlint.simulate.something import has_something, some_answer
from sfoptlint.simulate.user import User

FAILING = frozenset({FreeKind.THROWS, FreeKind.FAILS, FreeKind.LIMIT})


Matches = Callable[[Values], bool]
"""Whether a row meets the conditions of a query."""


class Answers(Protocol):
    """Answers to queries and calls, by place; `number` counts the questions at one place, from 0."""

    @property
    def any(self) -> bool:
        """Whether something is answered by its place."""

    def at(self, place: str, number: int) -> Answer | None:
        """Return what a call gives; None where nobody knows it."""

    def rows(self, place: str, number: int, object_: str, matches: Matches) -> tuple[Values, ...] | None:
        """Return the rows of a query that meet it; None where nobody knows them."""


class Given:
    """Answers from a witness: by place, one after the other; the last one goes on."""

    def __init__(self, answers: Mapping[str, tuple[Answer, ...]]) -> None:
        self._answers = answers
        self._asked: set[str] = set()
        self._unfit: set[str] = set()

    @property
    def any(self) -> bool:
        """Whether there is an answer."""
        return bool(self._answers)

    def at(self, place: str, number: int) -> Answer | None:
        """Return the answer that stands there, and remember that it was asked for."""
        answers = self._answers.get(place)
        if not answers:
            return None
        self._asked.add(place)
        return answers[min(number, len(answers) - 1)]

    def rows(self, place: str, number: int, object_: str, matches: Matches) -> tuple[Values, ...] | None:
        """Return the rows that stand there; one that does not meet the query is none of its rows, and is remembered."""
        answer = self.at(place, number)
        if not isinstance(answer, Rows):
            return None
        met = tuple(row for row in answer.rows if matches(row))
        if len(met) < len(answer.rows):
            self._unfit.add(place)
        return met

    @property
    def unfit(self) -> tuple[str, ...]:
        """The places of queries that were given rows which do not meet them."""
        return tuple(sorted(self._unfit))

    @property
    def unasked(self) -> tuple[str, ...]:
        """The places whose answers nobody asked for."""
        return tuple(sorted(set(self._answers) - self._asked))


@dataclass(frozen=True, slots=True)
class Leeway:
    """What a witness leaves open: each field of the record but those in `listed`.

    `strict`: a null that it gives for a call fails where it is dereferenced, which a walk of all ways mostly passes over.
    """

    listed: Fields
    strict: bool = False


class Questions:
    """What one run of one automation asks.

    `missing` are the places without an answer, with what was taken for one; `assumed` says so in words, each by its place or
    name. `partial`: a `$` name that nobody gives is not known, and no blank. `leeway` is what a witness leaves open,
    `fields` what is taken for fields that it does not list, `blank` names those that were read and are in no list.
    """

    def __init__(
        self,
        answers: Answers,
        values: Values,
        user: User,
        *,
        partial: bool = False,
        leeway: "Leeway | None" = None,
    ) -> None:
        self._answers = answers
        self._user = user
        self._partial = partial
        self.leeway = leeway
        self.fields: dict[Path, Value] = {}
        self.blank: dict[str, None] = {}
        self._values = Fields(values)
        self._counts: dict[str, int] = {}
        self._known: dict[str, Answer | None] = {}
        self._before: dict[str, tuple[Answer | None, tuple[Answer, ...] | None, str | None]] = {}
        self.missing: dict[str, tuple[Answer, ...]] = {}
        self.assumed: dict[str, str] = {}
        self.others: dict[str, tuple[Answer, str]] = {}
        """Where a blank was taken for an answer, another one, and what it says."""

    @property
    def answered(self) -> bool:
        """Whether something is answered by its place."""
        return self._answers.any

    @property
    def globals(self) -> Mapping[str, Value]:
        """The `$` names, for a world."""
        return OnDemand(self.org_value)

    @property
    def frees(self) -> Mapping[Free, Value]:
        """The free atoms of a guard, for a world."""
        return _Frees(self)

    @property
    def rows(self) -> Mapping[RecordRef, Record]:
        """The rows of a guard, for a world."""
        return _Rows(self)

    def call(self, place: str) -> Answer | None:
        """Return the next answer at a place; without one it is missing."""
        answer = self._answers.at(place, self._next(place))
        if answer is None:
            self.missing[place] = (Returned(None),)
        return answer

    def query(self, place: str, object_: str, matches: Matches) -> tuple[Values, ...]:
        """Return the rows of the query at a place; without an answer there is none, and that is named."""
        rows = self._answers.rows(place, self._next(place), object_, matches)
        if rows is None:
            self.missing[place] = (Rows(()),)
            self.assumed[place] = f"the query at {place} finds nothing"
        return rows or ()

    def stored(self, place: str, object_: str, matches: Matches) -> None:
        """Answer the query of a trigger at a place from the data, if there are any: it looks at the first row alone."""
        if self.at_once(place) is not None:
            return
        rows = self._answers.rows(place, 0, object_, matches)
        if rows is not None:
            self._known[place] = Rows(rows)
        if rows and len(rows) > 1:
            self.assumed[place] = f"of {len(rows)} rows at {place} the first one is looked at"

    def fails(self, place: str) -> bool:
        """Return whether a write or an action fails: where nobody says so, it goes well."""
        return isinstance(self.at_once(place), Throws)

    def _next(self, place: str) -> int:
        number = self._counts.get(place, 0)
        self._counts[place] = number + 1
        return number

    def org_value(self, name: str) -> Value:
        """Return a `$` name's value; raises KeyError where it is not known."""
        if name in self._values:
            return self._values[name]
        known = self._user.known(name)
        if known:
            return known[name]
        if self._partial:
            raise KeyError(name)
        self.assumed[name] = f"{name} is not given: taken to be blank"
        return None

    def at_once(self, place: str) -> Answer | None:
        """Return the answer at a place that is read many times and asked once."""
        if place not in self._known:
            self._known[place] = self._answers.at(place, 0)
        return self._known[place]

    @property
    def supposed(self) -> tuple[str, ...]:
        """What was taken to be there, in words."""
        return tuple(self.assumed[place] for place in self._before)

    def answer(self, place: str, answer: Answer, words: str) -> None:
        """Take this for the answer at a place; `words` say so."""
        self._before[place] = self._known.get(place), self.missing.get(place), self.assumed.get(place)
        self._known[place], self.missing[place], self.assumed[place] = answer, (answer,), words

    def withdraw(self, place: str) -> None:
        """Undo what was last taken for an answer at a place."""
        self._known[place], missing, said = self._before.pop(place)
        del self.missing[place], self.assumed[place]
        if missing is not None:
            self.missing[place] = missing
        if said is not None:
            self.assumed[place] = said

    def row(self, ref: RecordRef) -> Record | None:
        """Return the row of a guard, None where the query gives none."""
        place, number = split_key(ref.key)
        answer = self.at_once(place)
        rows = answer.rows if isinstance(answer, Rows) else ()
        return Reading(Fields(rows[number])) if number < len(rows) else None

    def free(self, atom: Free) -> Value:
        """Return the value of a free atom; raises KeyError where it reads the record and nobody answers."""
        place, number = split_key(place_of(atom))
        answer = self.at_once(place)
        if atom.kind in FAILING and atom.type is Type.BOOLEAN:
            return isinstance(answer, Throws)
        match answer:
            case Rows(rows=rows):
                return number < len(rows)
            case Returned(value=value):
                return value
            case Throws():
                return None
        if atom.reads:
            raise KeyError(atom.text)
        self.missing[place] = (Rows(()) if atom.kind is FreeKind.FOUND else Returned(None),)
        truth = atom.type is Type.BOOLEAN
        if has_something(atom.type):
            self.others[place] = some_answer(atom)
        self.assumed[place] = f"not so: {atom.text} ({place})" if truth else f"{atom.text} gives a blank ({place})"
        return False if truth else None


class _Frees(Mapping[Free, Value]):
    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def __getitem__(self, atom: Free) -> Value:
        return self._questions.free(atom)

    def __contains__(self, atom: object) -> bool:
        try:
            return isinstance(atom, Free) and (self._questions.free(atom), True)[1]
        except KeyError:
            return False

    def __iter__(self) -> Iterator[Free]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Rows(Mapping[RecordRef, Record]):
    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    def __getitem__(self, ref: RecordRef) -> Record:
        row = self._questions.row(ref)
        if row is None:
            raise KeyError(ref.key)
        return row

    def __iter__(self) -> Iterator[RecordRef]:
        return iter(())

    def __len__(self) -> int:
        return 0
