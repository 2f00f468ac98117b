"""An org from its metadata and an export of its records."""

from collections.abc import Iterator, Mapping
from random import Random

from sfoptlint.clients.clock import Clock
from sfoptlint.core.expr import Value
from sfoptlint.core.schema import FieldType
from sfoptlint.harness.exports import Export, value_of
from sfoptlint.harness.fake_org.access import FieldAccess
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.harness.fake_org.saving import PlainSaves, Saves
from sfoptlint.harness.fake_org.schema import OrgObject, OrgSchema
from sfoptlint.harness.fake_org.writes import name_person
from sfoptlint.model.objects import Objects

NOT_EXPORTED = "Not exported"
"""What a text that the platform requires holds where the export has no column for it."""


def org_without_records(
    objects: Objects,
    clock: Clock,
    random: Random,
    saves: Saves | None = None,
    access: FieldAccess | None = None,
) -> Org:
    """Return an org to put records into."""
    return Org(OrgSchema(objects), clock, random, saves or PlainSaves(), access or FieldAccess())


def fill(org: Org, exports: Mapping[str, Export]) -> None:
    """Put every row of an export into an org, with the fields that its columns bring."""
    org.schema.bring({name: tuple(export.brought()) for name, export in exports.items()})
    for name, export in exports.items():
        object_ = org.object(name)
        blank = dict(_unexported(object_, {column.casefold() for column in export.columns}))
        for row in export.rows:
            values = dict(blank)
            for column in export.columns:
                field = object_.field(column)
                assert field is not None
                values[field.name] = value_of(row, column, field)
            record = org.put(name, values)
            if not record.values.get("Name"):
                name_person(record)


def _unexported(object_: OrgObject, columns: set[str]) -> Iterator[tuple[str, Value]]:
    """Yield what a record of the object holds at least: no checkbox is blank, nor what the platform requires."""
    for key, field in object_.fields.items():
        if key in columns or field.formula is not None:
            continue
        if field.type is FieldType.CHECKBOX:
            yield field.name, False
        elif field.required and field.updateable and field.type is FieldType.TEXT:
            yield field.name, NOT_EXPORTED
        elif field.required and field.updateable and field.type is FieldType.PICKLIST and field.values:
            yield field.name, field.values[0]
