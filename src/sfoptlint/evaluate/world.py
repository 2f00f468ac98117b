"""Everything an expression can read: the record as it was and as it will be, other rows, the user, the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Field, Free, Global, RecordKind, RecordRef, Type, Value
from sfoptlint.evaluate.errors import MissingValueError

Path = tuple[str, ...]
Record = Mapping[Path, Value]
"""A record's values by their path; look-ups are followed in the path, `("Account", "Name")`."""

_EMPTY: Final[Mapping[RecordRef, Record]] = MappingProxyType({})
_NO_GLOBALS: Final[Mapping[str, Value]] = MappingProxyType({})
_NO_FREES: Final[Mapping[Free, Value]] = MappingProxyType({})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """One state of affairs that expressions are evaluated in; nothing in it changes while they are.

    `prior` is None while the record is created: then PRIORVALUE is the value itself and nothing has changed (Salesforce
    Help, "PRIORVALUE" and "ISCHANGED"). A path that a record does not have is no blank, it is a `MissingValueError`.
    `now` is aware; `zone` is the user's time zone, which decides the date of TODAY() and of DATEVALUE(date-time).
    """

    after: Record
    prior: Record | None = None
    rows: Mapping[RecordRef, Record] = field(default_factory=lambda: _EMPTY)
    globals: Mapping[str, Value] = field(default_factory=lambda: _NO_GLOBALS)
    frees: Mapping[Free, Value] = field(default_factory=lambda: _NO_FREES)
    now: datetime = _EPOCH
    zone: tzinfo = UTC
    is_clone: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the record is being created."""
        return self.prior is None

    def read(self, node: Field) -> Value:
        """Return the field's value; a blank checkbox is FALSE. Raises `MissingValueError`."""
        kind = node.record.kind
        if kind is RecordKind.AFTER or (kind is RecordKind.PRIOR and self.prior is None):
            return self._value(self.after, node)
        if kind is RecordKind.PRIOR:
            assert self.prior is not None
            return self._value(self.prior, node)
        record = self.rows.get(node.record)
        if record is None:
            raise MissingValueError(f"there is no row {node.record.key}")
        return self._value(record, node)

    def before(self, node: Field) -> Value:
        """Return what the field of the record was before the update, read as `read` does."""
        return self._value(self.after if self.prior is None else self.prior, node)

    def of_org(self, node: Global) -> Value:
        """Return the value of a global; a blank Boolean is FALSE. Raises `MissingValueError`."""
        try:
            value = self.globals[node.name]
        except KeyError:
            raise MissingValueError(f"there is no value for {node.name}") from None
        return _checkbox(value, node.type)

    def of_free(self, node: Free) -> Value:
        """Return the value of a free atom; a blank Boolean is FALSE. Raises `MissingValueError`."""
        if node not in self.frees:
            raise MissingValueError(f"there is no value for {node.name}")
        return _checkbox(self.frees[node], node.type)

    def today(self) -> date:
        """Return the user's date."""
        return self.now.astimezone(self.zone).date()

    @staticmethod
    def _value(record: Record, node: Field) -> Value:
        try:
            value = record[node.path]
        except KeyError:
            raise MissingValueError(f"there is no value for {'.'.join(node.path)}") from None
        return _checkbox(value, node.type)


def _checkbox(value: Value, type_: Type) -> Value:
    return False if value is None and type_ is Type.BOOLEAN else value
