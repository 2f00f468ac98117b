"""Copies a data directory's tables in the plain CSV that every engine reads, each row checked on the way."""

import csv
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sfoptlint.data_directory.directory import DataDirectory, Row
from sfoptlint.data_directory.one_each import OneEach, shown
from sfoptlint.data_directory.tables import CONTACT, LEAD, SUBSCRIBER_LIST, SUBSCRIPTION, Table
from sfoptlint.policy.people import record_key
from sfoptlint.reconcile.inputs import CHANGED, Input, inputs

_OPTED_OUT, _CONVERTED = _CHECKBOXES = ("HasOptedOutOfEmail", "IsConverted")
_READ = {
    CONTACT: (_OPTED_OUT,),
    LEAD: _CHECKBOXES,
    SUBSCRIPTION: (CHANGED,),
    SUBSCRIBER_LIST: ("wbsendit__Last_Synced__c",),
}
"""The columns whose values the text reads, not only compares, by table."""
Keys = Mapping[str, Collection[str]]
"""Keys of records by table."""


class Rewriting:
    """Copies into a folder. Both copies raise UsageError for the first line at fault."""

    def __init__(self, data: DataDirectory, folder: Path) -> None:
        self._data = data
        self._folder = folder

    def plain(self) -> list[Input]:
        """Copy every table, and return the copies."""
        return [self._copied(one, None, frozenset()) for one in inputs(self._data)]

    def one_each(self, repeated: Keys) -> tuple[list[Input], tuple[str, ...]]:
        """Copy with one row for each person, and return with the copies a line for what was left out.

        `repeated` are the keys that have more than one row.
        """
        copies: list[Input] = []
        told: list[str] = []
        for one in inputs(self._data):
            keys = repeated.get(one.table.name)
            people = None if keys is None else self._people(one.table, keys)
            told += people.told() if people else ()
            copies.append(self._copied(one, people, keys or frozenset()))
        return copies, tuple(told)

    def _people(self, table: Table, repeated: Collection[str]) -> OneEach:
        return shown(row for row in self._data.rows(table) if _in_question(row, repeated))

    def _copied(self, source: Input, people: OneEach | None, repeated: Collection[str]) -> Input:
        if source.file is None:
            return source
        file = self._folder / f"{source.table.name}.csv"
        own = {column: source.header[at] for column, at in source.positions.items() if at is not None}
        read = _READ[source.table]
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(own)
            for row in self._data.rows(source.table):
                if people is None or not _in_question(row, repeated) or people.stands(row):
                    writer.writerow([_value(row, name, read=column in read) for column, name in own.items()])
        header = tuple(own)
        positions = {column: header.index(column) if column in own else None for column in source.positions}
        return Input(source.table, file, header, positions)


@contextmanager
def rewriting(data: DataDirectory) -> Iterator[Rewriting]:
    """Give what copies a data directory into a temporary folder."""
    with TemporaryDirectory(prefix="sfoptlint-", ignore_cleanup_errors=True) as folder:
        yield Rewriting(data, Path(folder))


def _in_question(row: Row, repeated: Collection[str]) -> bool:
    key = record_key(row.text("Id"))
    return not key or key in repeated


def _value(row: Row, name: str, *, read: bool) -> str:
    if not read:
        return row.text(name)
    if name in _CHECKBOXES:
        return str(row.checkbox(name)).lower()
    moment = row.moment(name)
    return moment.isoformat() if moment else ""
