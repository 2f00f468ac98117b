"""The values of a record by field name, whatever the case, as expressions read them."""

from collections.abc import Iterator, Mapping

from sfoptlint.core.expr import Value
from sfoptlint.core.witness import Values
from sfoptlint.evaluate.world import Path


class Fields(Mapping[str, Value]):
    """Values by name; the platform compares names without regard to case. A field behind look-ups is its path with dots."""

    __slots__ = ("_names", "_values")

    def __init__(self, values: Values) -> None:
        self._names = {name.casefold(): name for name in values}
        self._values = {name.casefold(): value for name, value in values.items()}

    def __getitem__(self, name: str) -> Value:
        return self._values[name.casefold()]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.values())

    def __len__(self) -> int:
        return len(self._values)

    def having(self, changes: Values) -> "Fields":
        """Return these values with some of them changed; a name keeps the spelling it had."""
        spelt = {self._names.get(name.casefold(), name): value for name, value in changes.items()}
        return Fields({**dict(self.items()), **spelt})


class Reading(Mapping[Path, Value]):
    """A record as an expression reads it: a field that it does not list is blank, or missing where the record is partial.

    `beside` has values behind look-ups that the record itself does not list; `blank` collects the names of what was taken to be.
    """

    __slots__ = ("_beside", "_blank", "_fields", "_partial")

    def __init__(
        self,
        fields: Fields,
        beside: Fields | None = None,
        *,
        partial: bool = False,
        blank: dict[str, None] | None = None,
    ) -> None:
        self._fields = fields
        self._beside = beside
        self._partial = partial
        self._blank = blank

    def __getitem__(self, path: Path) -> Value:
        name = ".".join(path)
        if name in self._fields:
            return self._fields[name]
        if self._beside is not None and name in self._beside:
            return self._beside[name]
        if self._partial:
            raise KeyError(name)
        if self._blank is not None:
            self._blank[name] = None
        return None

    def __iter__(self) -> Iterator[Path]:
        return (tuple(name.split(".")) for name in self._fields)

    def __len__(self) -> int:
        return len(self._fields)
