"""What objects the org has and which fields: what the metadata says, over what every org has, and whatever the data brings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.harness.fake_org.ids import prefix_of
from sfoptlint.model.objects import Objects
from sfoptlint.model.standard_schema import standard_object, standard_object_names

_CHILDREN: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("account", "contacts"): ("Contact", "AccountId"),
    ("contact", "wbsendit__subscriptions__r"): ("wbsendit__Subscription__c", "wbsendit__Contact__c"),
    ("lead", "wbsendit__subscriptions__r"): ("wbsendit__Subscription__c", "wbsendit__Lead__c"),
    ("wbsendit__subscriber_list__c", "wbsendit__email_lists__r"): (
        "wbsendit__Subscription__c",
        "wbsendit__Subscriber_List__c",
    ),
}
"""The ways from a record to those that look up to it, by object and relationship: the child object and its field."""
SYSTEM_FIELDS: Final = (
    FieldSchema("Id", FieldType.ID, required=True, updateable=False),
    FieldSchema("IsDeleted", FieldType.CHECKBOX, updateable=False),
    FieldSchema("CreatedDate", FieldType.DATE_TIME, updateable=False),
    FieldSchema("LastModifiedDate", FieldType.DATE_TIME, updateable=False),
    FieldSchema("SystemModstamp", FieldType.DATE_TIME, updateable=False),
)
"""What every object has."""


@dataclass(frozen=True, slots=True)
class OrgObject:
    """An object; `fields` by name in lower case, in their order."""

    name: str
    fields: Mapping[str, FieldSchema]

    @property
    def prefix(self) -> str:
        """The first three characters of its records' ids."""
        return prefix_of(self.name)

    @property
    def custom(self) -> bool:
        """Whether it is somebody's own."""
        return self.name.casefold().endswith("__c")

    def field(self, name: str) -> FieldSchema | None:
        """Return a field by its name, whatever the case."""
        return self.fields.get(name.casefold())

    def relationship(self, name: str) -> FieldSchema | None:
        """Return the look-up that a path follows by this name (`Account`, `Region__r`)."""
        wanted = name.casefold()
        return next(
            (f for f in self.fields.values() if f.relationship_name and f.relationship_name.casefold() == wanted), None
        )

    def child(self, relationship: str) -> tuple[str, str] | None:
        """Return the object, and its field, that a subquery over this relationship reads."""
        return _CHILDREN.get((self.name.casefold(), relationship.casefold()))


class OrgSchema:
    """Every object, put together when it is first asked for."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._brought: dict[str, tuple[str, tuple[FieldSchema, ...]]] = {}
        self._known: dict[str, OrgObject | None] = {}

    def bring(self, fields: Mapping[str, Iterable[FieldSchema]]) -> None:
        """Add fields by object, for where neither the metadata nor the platform has one of that name."""
        self._brought |= {name.casefold(): (name, tuple(found)) for name, found in fields.items()}
        self._known.clear()

    def get(self, name: str) -> OrgObject | None:
        """Return an object by its name, whatever the case; None where the org has none."""
        key = name.casefold()
        if key not in self._known:
            self._known[key] = self._made(name)
        return self._known[key]

    @property
    def names(self) -> list[str]:
        """The names of all objects, sorted."""
        own = self._objects.custom_names
        return sorted({*standard_object_names(), *own, *(name for name, _ in self._brought.values())})

    def _made(self, name: str) -> OrgObject | None:
        standard = standard_object(name)
        spelt, brought = self._brought.get(name.casefold(), (name, ()))
        model = self._objects.get(name)
        own = model.own_field_names
        declared = next((n for n in self._objects.custom_names if n.casefold() == name.casefold()), None)
        if standard is None and not own and not brought and declared is None:
            return None
        fields = {field.name.casefold(): field for field in SYSTEM_FIELDS}
        fields |= {field.name.casefold(): field for field in (standard.fields if standard else ())}
        for field_name in own:
            field = model.field(field_name)
            if field is not None:
                fields[field.name.casefold()] = field
        fields = {**{field.name.casefold(): field for field in brought}, **fields}
        ordered = {"id": fields.pop("id"), **fields}
        return OrgObject(standard.name if standard else declared or spelt, MappingProxyType(ordered))
