"""The seam to an org's own metadata."""

from collections.abc import Mapping
from typing import Protocol


class MetadataFiles(Protocol):
    """The org's own metadata."""

    def of_types(self, types: frozenset[str]) -> Mapping[str, bytes]:
        """Return the files of these metadata types, by path."""
        ...
