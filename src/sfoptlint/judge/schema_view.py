"""The schema as the decision procedure asks for it: a field by the path that a guard reads it on."""

from sfoptlint.core.schema import FieldSchema
from sfoptlint.model.objects import Objects


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
        return self._objects.get(current).field(path[-1])
