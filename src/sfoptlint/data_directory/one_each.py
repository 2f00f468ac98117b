"""One row for each person: an export may hold a record twice, and of rows that contradict each other nobody knows which is true.

Rows that agree on the address, the box and the conversion are one person, whatever else they say; the first of them stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern

from sfoptlint.data_directory.directory import Row
from sfoptlint.policy.address import address_key
from sfoptlint.policy.people import record_key

_MANGLED = pattern(r"\d(\.\d+)?E\+\d+")
"""An id of digits around one E, as a spreadsheet shows what it takes for a number."""
_Said = tuple[str, bool, bool]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row of a person who is left out. `other` is the line that it contradicts, None where it has no Id."""

    path: Path
    line: int
    id: str
    other: int | None

    @property
    def kind(self) -> str:
        """What is wrong, and what to do."""
        if self.other is None:
            return "is blank, the row is left out; export the records with their Ids"
        if _MANGLED.fullmatch(self.id):
            return (
                "is what a spreadsheet made of an Id, the row is left out; export anew, and save it from no spreadsheet"
            )
        return (
            "is there twice, with another address or box; both are left out: export anew, or keep the row that is true"
        )

    def __str__(self) -> str:
        """Say where it is, what is wrong, and what to do."""
        where = f", on line {self.other} too" if self.other is not None else ""
        return f"{self.path}:{self.line}{where}: Id {f'{self.id} ' if self.id else ''}{self.kind}"


class OneEach:
    """Is shown the rows of one table, all of them, and then says which stand."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[int, _Said]] = {}
        self._doubts: dict[str, Doubt] = {}
        self._blank: list[Doubt] = []

    def show(self, row: Row) -> None:
        """Take a row in; raises UsageError where its box cannot be read."""
        key = record_key(row.text("Id"))
        if not key:
            self._blank.append(Doubt(row.path, row.line, "", None))
            return
        said = address_key(row.text("Email")), row.checkbox("HasOptedOutOfEmail"), row.checkbox("IsConverted")
        line, first = self._first.setdefault(key, (row.line, said))
        if said != first:
            self._doubts.setdefault(key, Doubt(row.path, row.line, row.text("Id").strip(), line))

    def stands(self, row: Row) -> bool:
        """Return whether a row is the one of its Id."""
        key = record_key(row.text("Id"))
        return key in self._first and key not in self._doubts and self._first[key][0] == row.line

    def left_out(self, record_id: str) -> Doubt | None:
        """Return why nobody with this Id is there, where it is for a contradiction."""
        return self._doubts.get(record_key(record_id))

    def told(self) -> Iterator[str]:
        """Yield a line for each kind of row that is left out: the first, and how many more there are."""
        kinds: dict[str, list[Doubt]] = defaultdict(list)
        for doubt in (*self._blank, *self._doubts.values()):
            kinds[doubt.kind].append(doubt)
        for first, *more in kinds.values():
            yield f"{first} ({len(more):,} more like it)" if more else str(first)


def shown(rows: Iterable[Row]) -> OneEach:
    """Return what stands of these rows."""
    found = OneEach()
    for row in rows:
        found.show(row)
    return found
