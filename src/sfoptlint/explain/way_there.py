"""How a stored record can be in a state that a rule rejects, although every save is checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Call, Expr, Field, Free, FreeKind, Global, RecordKind, nodes


class Way(StrEnum):
    """What brings a record there."""

    LEGACY = "legacy data"
    CLOCK = "the clock"
    OTHER_OBJECT = "another object"
    USER = "the user"
    CONFIGURATION = "configuration"


_SENTENCES: Final = MappingProxyType(
    {
        Way.LEGACY: "the record is older than the rule, or was written past it: by an import while the rule was off, "
        "by a workflow field update, or with another version of the rule",
        Way.CLOCK: "the rule reads today's date or the time: a record that was valid when it was saved stops being so",
        Way.OTHER_OBJECT: "the rule reads a field of another object: a change there does not check this record",
        Way.USER: "the rule depends on who saves: a user whom it spares can have left the record so",
        Way.CONFIGURATION: "the rule depends on a setting, a label or a metadata record: the record may have been saved "
        "while that was different",
    }
)
_ORDER: Final = tuple(Way)
_CLOCKS: Final = frozenset({"TODAY", "NOW", "TIMENOW"})
_USER: Final = frozenset({"$user", "$profile", "$permission", "$userrole", "$api", "$client"})
_CONFIGURATION: Final = frozenset({"$setup", "$label", "$custommetadata", "$organization"})


@dataclass(frozen=True, slots=True)
class WayThere:
    """One way, and a sentence that tells it."""

    way: Way
    sentence: str


def ways_there(guard: Expr) -> tuple[WayThere, ...]:
    """Return the ways that the guard leaves open, in the order of `Way`.

    A rule is not applied to data at rest (Salesforce Help, Validation Rules Considerations). Legacy data is the only way to a
    state that depends on nothing but the record's own fields; where there is another way it is not told, though it remains.
    """
    found = {way for node in nodes(guard) for way in _ways(node)} or {Way.LEGACY}
    return tuple(WayThere(way, _SENTENCES[way]) for way in sorted(found, key=_ORDER.index))


def _ways(node: Expr) -> Iterator[Way]:
    match node:
        case Call(op=op) if op in _CLOCKS:
            yield Way.CLOCK
        case Global(name=name):
            yield from _of_global(name.partition(".")[0].casefold())
        case Field() if _elsewhere(node):
            yield Way.OTHER_OBJECT
        case Free(kind=FreeKind.CALL | FreeKind.FOUND):
            yield Way.OTHER_OBJECT
        case Free(reads=reads) if any(_elsewhere(field) for field in reads):
            yield Way.OTHER_OBJECT


def _of_global(head: str) -> Iterator[Way]:
    if head in _USER:
        yield Way.USER
    elif head in _CONFIGURATION:
        yield Way.CONFIGURATION
    elif head in ("$now", "$flow"):
        yield Way.CLOCK


def _elsewhere(field: Field) -> bool:
    """Whether the field is another object's; the record type is part of the record."""
    if field.record.kind is RecordKind.ROW:
        return True
    return len(field.path) > 1 and field.path[0].casefold() != "recordtype"
