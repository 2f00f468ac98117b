"""The two ways to walk a flow: with every record at once, and with one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sfoptlint.automation.flow.values import Entry, Listing, One, Record, Rows, perhaps, record_of
from sfoptlint.core.expr import Expr, Free, FreeKind, Interner, Primitive, RecordKind, RecordRef, Type
from sfoptlint.core.location import Place
from sfoptlint.core.logic import any_of, not_

UNROLLED = (2, 1, 0)
"""How many rounds of a loop are walked exactly, by how deep it stands in other loops; what follows is taken together."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query: its place, its object, and the guard that a row of it meets.

    `itself` is the saved record, as the database holds it, where it is of that object: it is a row where it meets the query.
    """

    key: str
    at: Place
    object: str
    where: Callable[[One], Expr]
    first: bool
    itself: One | None = None


class Oracle(Protocol):
    """What a walk asks about the world."""

    @property
    def rounds(self) -> int | None:
        """How many rounds of an outermost loop are walked; None for all of them."""

    def settle(self, expr: Expr) -> Expr:
        """Return the expression as far as it is known: as it is, or as its value."""

    def rows(self, query: Query) -> Record | Listing:
        """Return the first row, or all of them."""

    def fails(self, key: str) -> bool:
        """Return whether a write or an action at this place fails."""

    def taken(self, key: str, at: Place, text: str) -> Expr:
        """Return whether another record has the value that a unique field gets."""

    def output(self, key: str, at: Place, type_: Type) -> Expr:
        """Return what a call, or a part that is not modelled, gives."""


@dataclass
class Symbolic:
    """Every record, user and data at once: what nobody knows is free.

    `axioms` hold in every world; `own` are rows that may be the saved record, which each is then.
    """

    interner: Interner
    axioms: list[Expr] = field(default_factory=list)
    own: dict[RecordRef, One] = field(default_factory=dict)

    @property
    def rounds(self) -> int | None:
        """The first rounds."""
        return UNROLLED[0]

    def settle(self, expr: Expr) -> Expr:
        """Return the expression."""
        return expr

    def rows(self, query: Query) -> Record | Listing:
        """Return rows that meet the query, if there are any."""
        first, row = self.row(query, 0)
        if query.itself is not None:
            self.axioms.append(any_of((first, not_(query.where(query.itself), self.interner)), self.interner))
        if query.first:
            return perhaps(first, row, self.interner)
        entries, before = [], None
        for number in range(UNROLLED[0] + 1):
            found, row = self.row(query, number)
            if before is not None:
                self.axioms.append(any_of((not_(found, self.interner), before), self.interner))
            entries.append(Entry(found, record_of(row, self.interner)))
            before = found
        return Listing(tuple(entries), Rows(query.key, query.object), open=True)

    def row(self, query: Query, number: int) -> tuple[Expr, One]:
        """Return one row and whether it is there; where it is, it meets the query."""
        key = f"{query.key}[{number}]" if number else query.key
        found = self.interner.free(Free(key, Type.BOOLEAN, FreeKind.FOUND, query.at, f"a row of {query.object}"))
        row = One(RecordRef(RecordKind.ROW, key), query.object)
        if query.itself is not None:
            self.own[row.ref] = query.itself
        missing = not_(found, self.interner)
        self.axioms.append(any_of((missing, query.where(row)), self.interner))
        # A look-up that leads nowhere finds nobody: no stored record is without an Id.
        blank = self.interner.call(Primitive.BLANK, (self.interner.field(row.ref, ("Id",), Type.TEXT),), Type.BOOLEAN)
        self.axioms.append(any_of((missing, not_(blank, self.interner)), self.interner))
        return found, row

    def fails(self, key: str) -> bool:
        """Take everything to go well."""
        return False

    def taken(self, key: str, at: Place, text: str) -> Expr:
        """Leave it free."""
        return self.interner.free(Free(key, Type.BOOLEAN, FreeKind.FAILS, at, text))

    def output(self, key: str, at: Place, type_: Type) -> Expr:
        """Return a free value."""
        return self.interner.free(Free(key, type_, FreeKind.CALL, at, f"what {key.partition('#')[2]} gives"))
