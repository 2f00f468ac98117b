"""Which value a criteria item compares: a field of the record or of a parent, or a property of the user who saves.

Criteria name a look-up by the name of the record that it points to (`OwnerId equals Ann Smith`, `RecordTypeId equals Partner`),
and the user's profile and role by theirs (Salesforce Help, "Filter Operators" and "Workflow Rule Criteria").
"""

from dataclasses import dataclass

from sfoptlint.automation.field_types import value_type
from sfoptlint.automation.globals import Globals
from sfoptlint.automation.names import RecordNames
from sfoptlint.core.expr import AFTER, Call, Expr, Field, Interner, Type
from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.lang.formula.building import truth
from sfoptlint.lang.formula.nodes import NOWHERE
from sfoptlint.model.objects import Objects

_USER = {"profileid": "$Profile", "profile": "$Profile", "userroleid": "$UserRole", "userrole": "$UserRole"}
_PERSON_ACCOUNT = "personaccount"
_LOOKUPS = frozenset({FieldType.LOOKUP, FieldType.MASTER_DETAIL, FieldType.HIERARCHY, FieldType.METADATA_RELATIONSHIP})


@dataclass(frozen=True, slots=True)
class Compared:
    """What an item compares. `named` is the name of the record that a look-up points to, None where it is no look-up.

    `percent`: the value is a formula's, 0.15 where criteria say 15.
    """

    value: Expr
    type: FieldType
    named: Expr | None = None
    percent: bool = False


class CriteriaFields:
    """Resolves the fields of criteria on one object."""

    def __init__(self, object_name: str, objects: Objects, interner: Interner) -> None:
        self._own = {object_name.casefold()}
        if object_name.casefold() in ("account", _PERSON_ACCOUNT):
            object_name = "Account"
            self._own |= {"account", _PERSON_ACCOUNT}
        self._object = object_name
        self._objects = objects
        self._interner = interner
        self._names = RecordNames(object_name, objects, interner)

    def resolve(self, written: str) -> Compared:
        """Return what `Contact.Email`, `Account.Industry` or `User.ProfileId` is; an unknown field has the type UNKNOWN."""
        head, dot, rest = written.partition(".")
        if not dot or head.casefold() in self._own:
            return self._of_record((), self._object, rest or head)
        if head.casefold() == "user":
            return self._of_user(rest)
        step = f"{head[:-1]}r" if head.casefold().endswith("__c") else head
        return self._of_record((step,), head, rest)

    def _of_user(self, name: str) -> Compared:
        scope = _USER.get(name.casefold())
        path = (scope, "Name") if scope else ("$User", name)
        value = Globals(self._objects, self._interner).resolve(path)
        assert value is not None
        schema = self._objects.get("User").field(name)
        return Compared(value, FieldType.TEXT if scope else schema.type if schema else FieldType.UNKNOWN)

    def _of_record(self, prefix: tuple[str, ...], object_name: str, name: str) -> Compared:
        model = self._objects.get(object_name)
        schema = model.field(name)
        if schema is None:
            return self._alias(prefix, object_name, name)
        value = self._read((*prefix, name), schema)
        if schema.type in _LOOKUPS and schema.relationship_name and name.casefold() != "id":
            return Compared(value, schema.type, self._text((*prefix, schema.relationship_name, "Name")))
        percent = schema.type is FieldType.PERCENT and schema.formula is not None
        return Compared(value, schema.type, percent=percent)

    def _alias(self, prefix: tuple[str, ...], object_name: str, name: str) -> Compared:
        """Read `RecordType`, `Owner` and `AccountName` as what they name; anything else is a field that nobody knows."""
        model = self._objects.get(object_name)
        for step in (name, name[: -len("Name")] if name.casefold().endswith("name") else ""):
            if step and (step.casefold() == "recordtype" or model.relationship(step) is not None):
                return Compared(self._text((*prefix, step, "Name")), FieldType.TEXT)
        return Compared(self._resolved((*prefix, name)), FieldType.UNKNOWN)

    def _read(self, path: tuple[str, ...], schema: FieldSchema) -> Expr:
        found = self._resolved(path)
        if schema.type is FieldType.PERCENT and schema.formula is None and isinstance(found, Call):
            return found.args[0]  # criteria say 15 where the record holds 15; only a formula sees 0.15
        if isinstance(found, Field) and found.type is Type.UNKNOWN:
            return self._interner.field(AFTER, found.path, value_type(schema.type))
        # A formula field that gives a blank Boolean holds FALSE, as every checkbox does.
        return truth(found, self._interner) if schema.type is FieldType.CHECKBOX else found

    def _text(self, path: tuple[str, ...]) -> Expr:
        found = self._resolved(path)
        return self._interner.field(AFTER, found.path, Type.TEXT) if isinstance(found, Field) else found

    def _resolved(self, path: tuple[str, ...]) -> Expr:
        found = self._names.resolve(path, NOWHERE)
        return found if found is not None else self._interner.field(AFTER, path, Type.UNKNOWN)
