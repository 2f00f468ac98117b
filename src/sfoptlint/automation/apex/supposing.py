"""What a run on one record supposes where nobody says anything: what keeps it from failing, and what a row needs to be found."""

from collections.abc import Callable, Iterator
from typing import Protocol

from sfoptlint.core.expr import Call, Expr, Field, Free, Primitive, RecordKind, Type, Value
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.lazy import Outcome
from sfoptlint.evaluate.world import Record


class Supposing(Protocol):
    """Who answers what a run asks, and can be told to answer otherwise than by a blank where nobody says anything."""

    @property
    def fields(self) -> Record:
        """The fields of the record that were supposed."""

    @property
    def strict(self) -> bool:
        """Whether a null that somebody gives fails where it is dereferenced."""

    def ask(self, found: Free, object_: str, matches: Callable[[Record], bool]) -> None:
        """Look for the rows of a query in the data, where there are any."""

    def count(self, found: Free) -> int:
        """Return how many rows somebody says that a query finds, 0 where nobody says it."""

    def is_open(self, node: Expr) -> bool:
        """Whether nobody says what this is worth."""

    def suppose(self, node: Expr) -> None:
        """Take it to be there."""

    def suppose_value(self, node: Field, value: Value) -> None:
        """Take a field of a row to have this value."""

    def forget(self, node: Expr) -> None:
        """Take it to be blank again."""


def wanted(condition: Expr, outcome: Callable[[Expr], Outcome], *, holds: bool = True) -> Iterator[tuple[Field, Value]]:
    """Yield values of fields of rows under which a condition holds, as far as it says so plainly."""
    match condition:
        case Field(type=Type.BOOLEAN) if _of_row(condition):
            yield condition, holds
        case Call(op=Primitive.NOT, args=(inner,)):
            yield from wanted(inner, outcome, holds=not holds)
        case Call(op=Primitive.AND | Primitive.OR, args=args):
            every = (condition.op == Primitive.AND) is holds
            for part in args if every else args[:1]:
                yield from wanted(part, outcome, holds=holds)
        case Call(op=Primitive.SAME, args=(one, other)) if holds:
            for field, told in ((one, other), (other, one)):
                value = outcome(told)
                if isinstance(field, Field) and _of_row(field) and not isinstance(value, FormulaError):
                    yield field, value
                    return


def _of_row(field: Field) -> bool:
    return field.record.kind is RecordKind.ROW
