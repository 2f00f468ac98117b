"""What the user of the token may see and edit, as far as the tree and the configuration say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldAccess:
    """Fields as `Object.Field` in lower case, objects in lower case; what is not listed is allowed.

    A hidden field is as if it were not there; a read-only one is there, and a save of it is refused.
    """

    hidden: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()
    uneditable: frozenset[str] = frozenset()

    def is_hidden(self, object_name: str, field: str) -> bool:
        """Whether the user does not see a field."""
        return f"{object_name}.{field}".casefold() in self.hidden

    def is_read_only(self, object_name: str, field: str) -> bool:
        """Whether the user may not edit a field."""
        return f"{object_name}.{field}".casefold() in self.read_only

    def may_edit(self, object_name: str) -> bool:
        """Whether the user may edit an object's records."""
        return object_name.casefold() not in self.uneditable
