"""What a field of a record reads."""

from sfoptlint.automation.field_types import value_type
from sfoptlint.automation.flow.values import One, Record
from sfoptlint.automation.names import RecordNames
from sfoptlint.core.expr import Const, Expr, Interner, Primitive, RecordKind, Type
from sfoptlint.core.logic import all_of, any_of, choose
from sfoptlint.lang.formula.building import as_prior
from sfoptlint.lang.formula.nodes import Span
from sfoptlint.model.objects import Objects


class Fields:
    """Reads fields against the schema of one tree."""

    __slots__ = ("_interner", "_known", "_objects")

    def __init__(self, objects: Objects, interner: Interner) -> None:
        self._objects = objects
        self._interner = interner
        self._known: dict[tuple[str, str, tuple[str, ...]], Expr] = {}

    def of(self, one: One, path: tuple[str, ...]) -> Expr:
        """Return what a field holds, as it was set last."""
        if len(path) == 1 and path[0].casefold() in one.set:
            return one.set[path[0].casefold()]
        return self.stored(one, path)

    def stored(self, one: One, path: tuple[str, ...]) -> Expr:
        """Return what a field held when the record was read."""
        match one.ref.kind:
            case RecordKind.AFTER:
                return self._of_saved(one.object, path)
            case RecordKind.PRIOR:
                now = self._of_saved(one.object, path)
                return now if _is_id(path) else as_prior(now, self._interner)
            case RecordKind.CREATED:
                return self._interner.const(None, self._type(one.object, path))
            case RecordKind.ROW:
                spelt, type_ = self._spelt(one.object, path)
                return self._interner.field(one.ref, spelt, type_)

    def of_record(self, record: Record, path: tuple[str, ...]) -> tuple[Expr, Expr]:
        """Return what a field of the record that a variable holds is, and the guard under which there is no record, or none
        behind a look-up on the way to the field.
        """
        found: Expr | None = None
        absent: list[Expr] = []
        for option in reversed(record.options):
            if option.one is None:
                absent.append(option.when)
                continue
            value = self.of(option.one, path)
            absent.append(all_of((option.when, self._unreached(option.one, path)), self._interner))
            found = value if found is None else choose(option.when, value, found, self._interner)
        none = self._interner.const(None, Type.UNKNOWN)
        return found if found is not None else none, any_of(absent, self._interner)

    def _unreached(self, one: One, path: tuple[str, ...]) -> Expr:
        """Return the guard under which a look-up on the way is blank: what reads on behind it fails, where a blank field at the
        end is fine (Release Notes, Summer '14, "Cross-Object Field References in Flows").
        """
        blank: list[Expr] = []
        current = one.object
        for depth, name in enumerate(path[:-1]):
            relationship, _, chosen = name.partition(":")
            schema = self._objects.get(current).relationship(relationship) if current else None
            if schema is None:
                break
            if not schema.required and not _of_every_person(one, current, schema.name):
                looked_up = self.of(one, (*path[:depth], schema.name))
                blank.append(self._interner.call(Primitive.BLANK, (looked_up,), Type.BOOLEAN))
            current = chosen or (schema.references[0] if len(schema.references) == 1 else "")
        return any_of(blank, self._interner)

    def taken(self, object_: str, field: str, value: Expr) -> Expr:
        """Return a value as the field takes it: the empty text as blank, and a text that names one of the two values of a
        checkbox as that value.
        """
        if not isinstance(value, Const) or not isinstance(value.value, str):
            return value
        if not value.value:
            return self._interner.const(None, value.type)
        word = value.value.casefold()
        if word not in ("true", "false") or self._type(object_, (field,)) is not Type.BOOLEAN:
            return value
        return self._interner.const(word == "true", Type.BOOLEAN)

    def _of_saved(self, object_: str, path: tuple[str, ...]) -> Expr:
        key = ("saved", object_, path)
        if key not in self._known:
            self._known[key] = RecordNames(object_, self._objects, self._interner).resolve(path, Span(0, 0)) or (
                self._interner.const(None, Type.UNKNOWN)
            )
        return self._known[key]

    def _type(self, object_: str, path: tuple[str, ...]) -> Type:
        return self._spelt(object_, path)[1]

    def _spelt(self, object_: str, path: tuple[str, ...]) -> tuple[tuple[str, ...], Type]:
        """Return a path as the schema spells it, and the type at its end."""
        current, spelt = object_, []
        for name in path[:-1]:
            relationship, _, chosen = name.partition(":")
            schema = self._objects.get(current).relationship(relationship) if current else None
            spelt.append(schema.relationship_name or relationship if schema else relationship)
            targets = schema.references if schema else ()
            current = chosen or (targets[0] if len(targets) == 1 else "")
        schema = self._objects.get(current).field(path[-1]) if current else None
        type_ = value_type(schema.type) if schema else Type.TEXT if path[-1].casefold() == "id" else Type.UNKNOWN
        return (*spelt, schema.name if schema else path[-1]), type_


def _of_every_person(one: One, object_: str, look_up: str) -> bool:
    """Whether every person account has a value there: its record type says that it is one."""
    saved = one.ref.kind in (RecordKind.AFTER, RecordKind.PRIOR) and one.object == "Account"
    return saved and object_ == "Account" and look_up in ("RecordTypeId", "PersonContactId")


def _is_id(path: tuple[str, ...]) -> bool:
    """Whether a path is the record's own Id, which no save changes."""
    return len(path) == 1 and path[0].casefold() == "id"
