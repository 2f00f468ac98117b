"""The schema as the decision procedure asks for it: a field by the path that a guard reads it on."""

from dataclasses import replace
from typing import Final

from sfoptlint.core.schema import FieldSchema
from sfoptlint.model.objects import Objects

_OF_EVERY_PERSON: Final = frozenset({"recordtypeid", "personcontactid"})
"""Every account that is judged is a person account: its record type says so, and it has a contact."""


class SchemaView:
    """Fields of one object, and of those that its look-ups lead to."""

    def __init__(self, object_: str, objects: Objects) -> None:
        self._object = object_
        self._objects = objects

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        """Return what is known of the field at the end of a path."""
        current = self._object
        for name in path[:-1]:
            relationship, _, chosen = name.partition(":")
            step = self._objects.get(current).relationship(relationship)
            targets = step.references if step else ()
            current = chosen or (targets[0] if len(targets) == 1 else "")
            if not current:
                return None
        found = self._objects.get(current).field(path[-1])
        if (
            found is not None
            and self._object == "Account"
            and len(path) == 1
            and path[0].casefold() in _OF_EVERY_PERSON
        ):
            return replace(found, required=True)
        return found
