"""What an org keeps: records, the rest of a query's rows, bulk jobs."""

from dataclasses import dataclass, field
from typing import Any

from sfoptlint.clients.salesforce.jobs import JobState
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.core.expr import Value
from sfoptlint.harness.fake_org.schema import OrgObject

Errors = tuple[SaveError, ...]
"""Why a record was not saved."""
Row = dict[str, str]
"""A row of an upload."""


@dataclass(slots=True)
class Record:
    """A record; `values` by the fields' own names. A deleted one is in the recycle bin."""

    id: str
    object: OrgObject
    values: dict[str, Value]
    deleted: bool = False


@dataclass(slots=True)
class Cursor:
    """The rows of a query: what a locator points at."""

    rows: list[Any]
    page_size: int
    include_deleted: bool


@dataclass(slots=True)
class Job:
    """A bulk job; `results` has each row with its record or its errors, once it ran."""

    id: str
    object: OrgObject
    operation: str
    delimiter: str
    ending: str
    created: str
    state: JobState = JobState.OPEN
    upload: bytes = field(default=b"", repr=False)
    message: str = ""
    names: tuple[str, ...] = ()
    results: list[tuple[Row, Record | Errors]] = field(default_factory=list, repr=False)
