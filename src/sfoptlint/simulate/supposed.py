"""What a run takes for granted where nobody says anything: that something is there, when a blank would make it fail.

A call, a row or a field is open where no answer and no witness says what it is worth. It is blank until a run fails by that.
"""

from collections.abc import Callable

from sfoptlint.automation.places import place_of, split_key
from sfoptlint.core.expr import Expr, Field, Free, RecordKind, Value
from sfoptlint.core.witness import Rows
from sfoptlint.evaluate.world import Record
from sfoptlint.simulate.fields import Fields, Reading
from sfoptlint.simulate.questions import FAILING, Questions
from sfoptlint.simulate.shown import shown
from sfoptlint.simulate.something import has_something, some_answer, some_value


class Supposed:
    """What is supposed in one run of one automation."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions

    @property
    def fields(self) -> Record:
        """The fields of the record that were supposed."""
        return self._questions.fields

    @property
    def strict(self) -> bool:
        """Whether a null that somebody gives fails where it is dereferenced."""
        leeway = self._questions.leeway
        return leeway is None or leeway.strict

    def ask(self, found: Free, object_: str, matches: Callable[[Record], bool]) -> None:
        """Look for the rows of a query in the data, where no answer stands at its place."""
        place, number = _place(found)
        if not number:
            self._questions.stored(place, object_, lambda row: matches(Reading(Fields(row))))

    def count(self, found: Free) -> int:
        """Return how many rows are given for a query, 0 where nobody says it."""
        answer = self._questions.at_once(_place(found)[0])
        return len(answer.rows) if isinstance(answer, Rows) else 0

    def is_open(self, node: Expr) -> bool:
        """Whether nobody says what a free value or a field is worth."""
        match node:
            case Free(type=type_):
                known = has_something(type_) and node.kind not in FAILING and not node.reads
                return known and self._questions.at_once(_place(node)[0]) is None
            case Field(record=record, type=type_) if has_something(type_):
                row = self._row(node)
                if record.kind is RecordKind.ROW:
                    return row is not None and ".".join(node.path) not in row
                leeway = self._questions.leeway
                return leeway is not None and ".".join(node.path) not in leeway.listed and node.path not in self.fields
        return False

    def suppose(self, node: Expr) -> None:
        """Take it to be there."""
        assert isinstance(node, Free | Field)
        if isinstance(node, Free):
            self._questions.answer(_place(node)[0], *some_answer(node))
        elif node.record.kind is RecordKind.ROW:
            self.suppose_value(node, some_value(node))
        else:
            self._questions.fields[node.path] = some_value(node)

    def suppose_value(self, node: Field, value: Value) -> None:
        """Take a field of a row to have this value."""
        place, number = _place(node)
        answer = self._questions.at_once(place)
        assert isinstance(answer, Rows)
        name = ".".join(node.path)
        rows = tuple({**row, name: value} if at == number else row for at, row in enumerate(answer.rows))
        self._questions.answer(place, Rows(rows), f"{name} is {shown(value)} (a row of {place})")

    def forget(self, node: Expr) -> None:
        """Take it to be blank again."""
        assert isinstance(node, Free | Field)
        if isinstance(node, Field) and node.record.kind is not RecordKind.ROW:
            del self._questions.fields[node.path]
        else:
            self._questions.withdraw(_place(node)[0])

    def _row(self, node: Field) -> Fields | None:
        place, number = _place(node)
        answer = self._questions.at_once(place)
        rows = answer.rows if isinstance(answer, Rows) else ()
        return Fields(rows[number]) if number < len(rows) else None


def _place(node: Free | Field) -> tuple[str, int]:
    return split_key(place_of(node) if isinstance(node, Free) else node.record.key)
