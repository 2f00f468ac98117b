"""A live org as tables of records: what a data directory holds, asked for by SOQL.

What the user of the token cannot see is not there for a query either, and is said so before one is sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sfoptlint.clients.errors import ApiError, ClientError
from sfoptlint.clients.salesforce.client import Salesforce
from sfoptlint.clients.salesforce.results import ObjectDescribe
from sfoptlint.core.errors import UsageError
from sfoptlint.data_directory.directory import Row
from sfoptlint.data_directory.tables import ASYNC_APEX_JOB, CONTACT, CRON_TRIGGER, LEAD, SUBSCRIPTION, Table

_BESIDE: Mapping[Table, tuple[str, ...]] = {
    CONTACT: ("IsPersonAccount", "AccountId"),
    LEAD: ("ConvertedContactId",),
    SUBSCRIPTION: ("LastModifiedDate",),
    CRON_TRIGGER: ("Id", "CronJobDetail.Name", "State", "PreviousFireTime"),
    ASYNC_APEX_JOB: ("Id", "ApexClass.Name", "Status", "CreatedDate", "CompletedDate"),
}
"""Columns that are asked for where the user may see them."""


class LiveRecords:
    """The tables of an org. `fields` are further fields of a person that somebody will ask for, by object."""

    def __init__(self, org: Salesforce, fields: Mapping[str, Iterable[str]] | None = None) -> None:
        self._org = org
        self._fields = fields or {}
        self._described: dict[str, ObjectDescribe | None] = {}

    def has(self, table: Table) -> bool:
        """Whether the object is there for the user of the token."""
        return self._describe(table) is not None

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield every record, with the columns of the table and what else was asked for and may be seen."""
        described = self._describe(table)
        if described is None:
            if table.optional:
                return
            raise UsageError(f"{table.name}: is not there for this user; is the package installed, and may he read it?")
        for column in table.columns:
            if not _visible(described, column):
                raise UsageError(f"{table.name}.{column}: this user may not see the field; grant read access to it")
        beside = (*_BESIDE.get(table, ()), *self._fields.get(table.name, ()))
        columns = dict.fromkeys((*table.columns, *(column for column in beside if _visible(described, column))))
        try:
            records = self._org.query(_soql(table, columns))
            for number, record in enumerate(records, 1):
                yield Row(Path(table.name), number, {column: _text(_value(record, column)) for column in columns})
        except ClientError as error:
            raise UsageError(said(error)) from None

    def is_sandbox(self) -> bool | None:
        """Whether the org is a sandbox; None where it does not say."""
        try:
            rows = list(self._org.query("SELECT IsSandbox FROM Organization"))
        except ApiError:
            return None
        except ClientError as error:
            raise UsageError(said(error)) from None
        found = rows[0].get("IsSandbox") if rows else None
        return found if isinstance(found, bool) else None

    def _describe(self, table: Table) -> ObjectDescribe | None:
        if table.name not in self._described:
            try:
                self._described[table.name] = self._org.describe(table.name)
            except ApiError as error:
                if error.status != 404:
                    raise UsageError(said(error)) from None
                self._described[table.name] = None
            except ClientError as error:
                raise UsageError(said(error)) from None
        return self._described[table.name]


def _soql(table: Table, columns: Iterable[str]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table.name}"  # noqa: S608 - names of our own and of the schema


def said(error: ClientError) -> str:
    """Return one line on a failure: what the org said, and what to do."""
    text = str(error)
    if isinstance(error, ApiError) and error.code == "INVALID_SESSION_ID":
        return f"{text}; the token has expired: log in again, and run the command again"
    if "REQUEST_LIMIT_EXCEEDED" in text:
        return f"{text}; the org's requests of 24 hours are used up: run the command again tomorrow"
    return f"{text}; run the command again"


def _visible(described: ObjectDescribe, column: str) -> bool:
    """Whether a field may be asked for; a path through a look-up needs the look-up alone."""
    first = column.partition(".")[0]
    lookup = f"{first[:-1]}c" if first.endswith("__r") else f"{first}Id"
    name = lookup if "." in column else column
    return name.casefold() in {known.casefold() for known in described.fields}


def _value(record: Mapping[str, Any], column: str) -> Any:
    value: Any = record
    for name in column.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
