"""Copies a data directory's tables in the plain CSV that every engine reads, each row checked on the way."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sfoptlint.data_directory.directory import DataDirectory, Row
from sfoptlint.data_directory.tables import CONTACT, LEAD, SUBSCRIBER_LIST, SUBSCRIPTION
from sfoptlint.reconcile.inputs import CHANGED, Input, inputs

_OPTED_OUT, _CONVERTED = _CHECKBOXES = ("HasOptedOutOfEmail", "IsConverted")
_READ = {
    CONTACT: (_OPTED_OUT,),
    LEAD: _CHECKBOXES,
    SUBSCRIPTION: (CHANGED,),
    SUBSCRIBER_LIST: ("wbsendit__Last_Synced__c",),
}
"""The columns whose values the text reads, not only compares, by table."""


@contextmanager
def rewriting(data: DataDirectory) -> Iterator[Callable[[], list[Input]]]:
    """Give what copies every table into a temporary folder and returns the copies as inputs.

    Calling it raises UsageError for the first line at fault.
    """
    with TemporaryDirectory(prefix="sfoptlint-", ignore_cleanup_errors=True) as folder:
        yield lambda: [_copied(data, one, Path(folder) / f"{one.table.name}.csv") for one in inputs(data)]


def _copied(data: DataDirectory, source: Input, file: Path) -> Input:
    if source.file is None:
        return source
    own = {column: source.header[at] for column, at in source.positions.items() if at is not None}
    read = _READ[source.table]
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(own)
        for row in data.rows(source.table):
            writer.writerow([_value(row, name, read=column in read) for column, name in own.items()])
    header = tuple(own)
    positions = {column: header.index(column) if column in own else None for column in source.positions}
    return Input(source.table, file, header, positions)


def _value(row: Row, name: str, *, read: bool) -> str:
    if not read:
        return row.text(name)
    if name in _CHECKBOXES:
        return str(row.checkbox(name)).lower()
    moment = row.moment(name)
    return moment.isoformat() if moment else ""
