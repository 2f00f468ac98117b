"""The conditions and values of one run, with what they read.

Every atom that reads the record and could not be translated says so by its `reads`.
"""

from collections.abc import Callable, Iterable

from sfoptlint.automation.apex.comparing import OTHERS, Comparing
from sfoptlint.core.expr import (
    AFTER,
    Expr,
    Field,
    Free,
    FreeKind,
    Interner,
    RecordKind,
    RecordRef,
    Type,
    nodes,
    operands,
)
from sfoptlint.core.location import Place
from sfoptlint.model.objects import Objects

_NO_ROWS = frozenset[RecordRef]()


class Terms(Comparing):
    """Makes the nodes of one run.

    `apart`: others may have changed the record before, so that the old one is read by itself in every field.
    """

    def __init__(self, interner: Interner, objects: Objects, *, apart: bool = False) -> None:
        super().__init__(interner)
        self.objects = objects
        self.apart = apart
        self.written_out: dict[tuple[Expr | tuple[RecordRef, RecordRef], ...], Expr | None] = {}
        """What a value is for other rows of a query; None where it is too long to be written out."""
        self._spellings: dict[str, str] = {}
        self._limits: dict[Expr, bool] = {}
        self._reads: dict[Expr, tuple[Field, ...]] = {}
        self._rows: dict[Expr, frozenset[RecordRef]] = {}

    one_way = False
    """Whether a world decides each condition, so that one way is followed and no other."""

    def decided(self, condition: Expr) -> Expr:
        """Return a condition that the way meets as far as it is settled: here no world says more than it does."""
        return condition

    def goes_well(self, failure: Expr) -> bool:
        """Whether a value from outside that is null is taken not to fail; here `spares` and the way say so."""
        return False

    def spares(self, failure: Expr) -> bool:
        """Whether a failure is taken not to happen, for it rests on what nobody says; here each is a way of its own."""
        return False

    def met(self, found: Free, object_: str, filters: Callable[[], Expr]) -> Expr:
        """Return the filters of a query of an object, which a row that is found has to meet."""
        return filters()

    def rows_of(self, found: Free) -> int:
        """Return how many rows of a query are walked one by one: one stands for all of them."""
        return 1

    def reads(self, *exprs: Expr) -> tuple[Field, ...]:
        """Return the fields of the saved record that the expressions depend on."""
        for node in nodes(*exprs, but=self._reads):
            self._reads[node] = self._read_by(node)
        return _union(self._reads[expr] for expr in exprs)

    def rows(self, expr: Expr) -> frozenset[RecordRef]:
        """Return the rows of queries that an expression reads."""
        for node in nodes(expr, but=self._rows):
            if isinstance(node, Field):
                queried = node.record.kind is RecordKind.ROW and node.record not in OTHERS
                self._rows[node] = frozenset({node.record} if queried else ())
            else:
                parts = [self._rows[arg] for arg in operands(node)]
                self._rows[node] = max(parts, key=len, default=_NO_ROWS).union(*parts)
        return self._rows[expr]

    def asks_limits(self, expr: Expr) -> bool:
        """Whether a condition asks what is left of a governor limit."""
        for node in nodes(expr, but=self._limits):
            if isinstance(node, Free):
                self._limits[node] = node.kind is FreeKind.LIMIT
            else:
                self._limits[node] = any(self._limits[arg] for arg in operands(node))
        return self._limits[expr]

    def _read_by(self, node: Expr) -> tuple[Field, ...]:
        match node:
            case Field(record=record):
                return (node,) if record.kind in (RecordKind.AFTER, RecordKind.PRIOR) else ()
            case Free(reads=reads):
                return reads
        return _union(self._reads[arg] for arg in operands(node))

    def free(  # noqa: PLR0913, PLR0917 - an atom is all of this
        self, name: str, type_: Type, kind: FreeKind, place: Place, text: str, inputs: Iterable[Expr] = ()
    ) -> Free:
        """Return a free value; what of the record its inputs read, it reads."""
        return self.interner.free(Free(name, type_, kind, place, text, self.reads(*inputs)))

    def spelling(self, name: str) -> str:
        """Return a name in the spelling in which it was first met: Apex has no regard to case, the core form has."""
        return self._spellings.setdefault(name.casefold(), name)

    def saved_id(self) -> Field:
        """Return the Id of the record that is saved."""
        return self.interner.field(AFTER, ("Id",), Type.TEXT)


def _union(parts: Iterable[tuple[Field, ...]]) -> tuple[Field, ...]:
    """Return what is in any of the parts; one that holds all the others is shared, not copied."""
    distinct = list(dict.fromkeys(part for part in parts if part))
    if not distinct:
        return ()
    largest = max(distinct, key=len)
    if set(largest).issuperset(field for part in distinct for field in part):
        return largest
    return tuple(dict.fromkeys(field for part in distinct for field in part))
