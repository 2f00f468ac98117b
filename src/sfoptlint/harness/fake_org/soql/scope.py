"""The object that a query reads, and how a field of it is reached from one of its records."""

from collections.abc import Callable
from dataclasses import dataclass

from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldSchema
from sfoptlint.harness.fake_org.ids import key_of
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.record import Record
from sfoptlint.harness.fake_org.schema import OrgObject
from sfoptlint.harness.fake_org.soql.refusal import Refuser
from sfoptlint.lang.soql.nodes import FieldName

Getter = Callable[[Record], Value]


@dataclass(frozen=True, slots=True)
class Reached:
    """A field, the names on the way to it as they are spelt, and how it is read from a record."""

    path: tuple[str, ...]
    field: FieldSchema
    get: Getter


@dataclass(frozen=True, slots=True)
class Scope:
    """One object of one query."""

    org: Org
    object: OrgObject
    alias: str
    api_path: str
    refuse: Refuser

    def reach(self, name: FieldName) -> Reached:
        """Return a field by its path; raise QueryRefusedError where there is none, or where the user does not see it."""
        names = list(name.names)
        if len(names) > 1 and names[0].casefold() in {self.alias.casefold(), self.object.name.casefold()}:
            names = names[1:]
        objects, path, steps = [self.object], list[str](), list[FieldSchema]()
        for step in names[:-1]:
            look_up = next(filter(None, (o.relationship(step) for o in objects)), None)
            if look_up is None:
                raise self.refuse.field(name, f"Didn't understand relationship '{step}' in field path.")
            steps.append(look_up)
            path.append(look_up.relationship_name or step)
            objects = [found for found in map(self.org.schema.get, look_up.references) if found is not None]
        field = self._field(objects, names[-1])
        if field is None:
            owner = objects[0].name if objects else path[-1]
            raise self.refuse.field(name, f"No such column '{names[-1]}' on entity '{owner}'.")
        return Reached((*path, field.name), field, self._getter(steps, field))

    def _field(self, objects: list[OrgObject], name: str) -> FieldSchema | None:
        for object_ in objects:
            field = object_.field(name)
            if field is not None and not self.org.access.is_hidden(object_.name, field.name):
                return field
        return None

    def _getter(self, steps: list[FieldSchema], field: FieldSchema) -> Getter:
        def get(record: Record) -> Value:
            at: Record | None = record
            for step in steps:
                at = None if at is None else follow(self.org, at, step)
            return None if at is None else stored(at, field)

        return get


def follow(org: Org, record: Record, look_up: FieldSchema) -> Record | None:
    """Return the record that a look-up names; None for a blank, or one that is not there."""
    target = record.values.get(look_up.name)
    return follow_id(org, target, look_up) if isinstance(target, str) and target else None


def follow_id(org: Org, target: str, look_up: FieldSchema) -> Record | None:
    """Return the record with an id among the objects that a look-up can name."""
    for name in look_up.references:
        object_ = org.schema.get(name)
        found = org.find(object_, target) if object_ is not None else None
        if found is not None:
            return found
    return None


def stored(record: Record, field: FieldSchema) -> Value:
    """Return a record's value; a checkbox that nobody set is not ticked."""
    if field.name == "IsDeleted":
        return record.deleted
    value = record.values.get(field.name)
    return False if value is None and field.type == "Checkbox" else value


def same_id(left: object, right: object) -> bool:
    """Whether two texts name the same record."""
    return isinstance(left, str) and isinstance(right, str) and key_of(left) == key_of(right)
