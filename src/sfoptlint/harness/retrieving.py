"""The files of an org's metadata by type, as a retrieve asks for them."""

from collections.abc import Mapping

from sfoptlint.metadata.kind import Kind, recognise
from sfoptlint.source.source import Source, UnreadableError

_WITHIN = {
    Kind.CUSTOM_FIELD: Kind.CUSTOM_OBJECT,
    Kind.RECORD_TYPE: Kind.CUSTOM_OBJECT,
    Kind.VALIDATION_RULE: Kind.CUSTOM_OBJECT,
}
"""Parts that an object's file holds in Metadata API format, and that stand in files of their own in source format."""


class SourceFiles:
    """Answers from a source, in the format that it is in."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def of_types(self, types: frozenset[str]) -> Mapping[str, bytes]:
        """Return the files of these metadata types, by path; what cannot be read is left out, as an org has no such thing."""
        found: dict[str, bytes] = {}
        for path in self._source.paths:
            artefact = recognise(path)
            if artefact is not None and _WITHIN.get(artefact.kind, artefact.kind) in types:
                try:
                    found[path] = self._source.read(path)
                except UnreadableError:
                    continue
        return found
