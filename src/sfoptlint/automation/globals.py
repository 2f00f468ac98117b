"""The `$` names of a formula (Salesforce Help, Global Variables): constants where the tree fixes them, else values of the run."""

from datetime import UTC, datetime

from sfoptlint.automation.field_types import value_type
from sfoptlint.core.expr import Expr, Interner, Type
from sfoptlint.model.objects import Objects

_OF_OBJECT = {"$user": "User", "$profile": "Profile", "$userrole": "UserRole", "$organization": "Organization"}
MODIFIES_ALL = "$User.Modify All on "
"""How the name begins that says whether the user may modify all records of an object; the object's name follows."""
_ORIGIN = datetime(1900, 1, 1, tzinfo=UTC)


class Globals:
    """Resolves `$` names against one tree."""

    def __init__(self, objects: Objects, interner: Interner) -> None:
        self._objects = objects
        self._interner = interner

    def resolve(self, path: tuple[str, ...]) -> Expr | None:
        """Return what a `$` name stands for, or None where the formula language has no such name."""
        head, *rest = path
        match head.casefold(), rest:
            case "$label", [*parts] if parts:
                return self._label(parts)
            case "$custommetadata", [record_type, record, field]:
                return self._metadata(record_type, record, field)
            case "$permission", [name]:
                return self._interner.global_(f"$Permission.{name}", Type.BOOLEAN)
            case "$setup", [setting, field]:
                schema = self._objects.get(setting).field(field)
                return self._global(f"$Setup.{setting}.{field}", value_type(schema.type) if schema else Type.UNKNOWN)
            case "$system", [name] if name.casefold() == "origindatetime":
                return self._interner.const(_ORIGIN, Type.DATETIME)
            case "$objecttype" | "$api" | "$client", [_, *_]:
                return self._global(".".join(path), Type.TEXT)
            case name, [field] if name in _OF_OBJECT:
                return self._of_object(_OF_OBJECT[name], field)
        return None

    def _label(self, parts: list[str]) -> Expr:
        text = self._objects.labels.get(parts[-1].casefold()) if len(parts) == 1 else None
        if text is not None:
            return self._interner.const(text or None, Type.TEXT)
        return self._global(f"$Label.{'.'.join(parts)}", Type.TEXT)

    def _metadata(self, record_type: str, record: str, field: str) -> Expr:
        schema = self._objects.get(record_type).field(field)
        type_ = value_type(schema.type) if schema else Type.UNKNOWN
        known = self._objects.metadata_record(record_type.removesuffix("__mdt"), record)
        if known is not None and field in known.values:
            return self._interner.const(known.values[field], type_)
        return self._global(f"$CustomMetadata.{record_type}.{record}.{field}", type_)

    def _of_object(self, object_name: str, field: str) -> Expr:
        schema = self._objects.get(object_name).field(field)
        spelt = schema.name if schema else field
        return self._global(f"${object_name}.{spelt}", value_type(schema.type) if schema else Type.UNKNOWN)

    def _global(self, name: str, type_: Type) -> Expr:
        return self._interner.global_(name, type_)
