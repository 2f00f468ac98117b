"""Bulk API 2.0 ingest: many records as one job (Bulk API 2.0 and Bulk API Developer Guide).

simple-salesforce has a client for it that sleeps by itself, on threads of its own; this one is handed its clock.
"""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from typing import Any

import requests

from sfoptlint.clients.clock import Clock
from sfoptlint.clients.errors import ApiError, BrokenAnswerError, ExhaustedError
from sfoptlint.clients.redaction import mask
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.jobs import JobState
from sfoptlint.clients.salesforce.results import SaveError, refusal
from sfoptlint.clients.salesforce.session import session_through
from sfoptlint.clients.wire import Transport

MAX_CSV = 100_000_000
"""Bytes of one upload, at most."""
Row = Mapping[str, str]


_ENDED = frozenset({JobState.JOB_COMPLETE, JobState.ABORTED, JobState.FAILED})


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row that was not saved, and why."""

    row: Row = field(repr=False)
    error: SaveError


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of a job's rows; `unprocessed` ones were neither saved nor refused."""

    job_id: str
    state: JobState
    message: str
    successful: tuple[Row, ...] = field(repr=False)
    failed: tuple[FailedRow, ...] = field(repr=False)
    unprocessed: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long to wait between two looks at a job, and for its end."""

    between: float = 5.0
    longest: timedelta = timedelta(hours=2)


class BulkJobs:
    """Ingest jobs of one org."""

    def __init__(self, transport: Transport, access: Access, clock: Clock, waiting: Waiting | None = None) -> None:
        self._session = session_through(transport, access)
        self._url = f"{access.instance_url.rstrip('/')}/services/data/v{access.version}/jobs/ingest"
        self._clock = clock
        self._waiting = waiting or Waiting()

    def update(self, object_name: str, rows: Sequence[Row]) -> Iterator[BulkOutcome]:
        """Save rows, each with its `Id`, in as many jobs as the size of an upload asks for; yield each job's outcome."""
        for upload in uploads(rows):
            yield self._run(object_name, "update", upload)

    def _run(self, object_name: str, operation: str, upload: bytes) -> BulkOutcome:
        job = {"object": object_name, "operation": operation, "contentType": "CSV", "lineEnding": "LF"}
        job_id = str(_named(self._json("POST", "", job), "id"))
        self._sent("PUT", f"/{job_id}/batches", upload, "text/csv; charset=UTF-8")
        self._json("PATCH", f"/{job_id}", {"state": JobState.UPLOAD_COMPLETE})
        info = self._ended(job_id)
        return BulkOutcome(
            job_id,
            JobState(info["state"]),
            mask(str(info.get("errorMessage") or "")),
            tuple(self._results(job_id, "successfulResults")),
            tuple(
                FailedRow(row, row_error(row.get("sf__Error", ""))) for row in self._results(job_id, "failedResults")
            ),
            tuple(self._results(job_id, "unprocessedrecords")),
        )

    def _ended(self, job_id: str) -> Mapping[str, Any]:
        until = self._clock.now() + self._waiting.longest
        while True:
            info = self._json("GET", f"/{job_id}", None)
            if _named(info, "state") in _ENDED:
                return dict(info)
            if self._clock.now() >= until:
                raise ExhaustedError(f"the bulk job {job_id} has not ended within {self._waiting.longest}")
            self._clock.sleep(self._waiting.between)

    def _results(self, job_id: str, which: str) -> Iterator[Row]:
        text = self._sent("GET", f"/{job_id}/{which}", b"", "application/json").decode("utf-8-sig")
        return csv.DictReader(StringIO(text, newline=""))

    def _json(self, method: str, path: str, body: object) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        answer = self._sent(method, path, data, "application/json")
        try:
            return json.loads(answer)
        except ValueError:
            raise BrokenAnswerError("the answer about a bulk job is not JSON") from None

    def _sent(self, method: str, path: str, body: bytes, content_type: str) -> bytes:
        headers = {"Content-Type": content_type, "Accept": "application/json, text/csv"}
        answer = self._session.request(method, self._url + path, data=body or None, headers=headers)
        if answer.status_code >= 300:
            raise _refused(answer)
        return answer.content


def uploads(rows: Sequence[Row], most: int = MAX_CSV) -> Iterator[bytes]:
    """Yield rows as CSV, the names of the columns first, in as few pieces as `most` bytes allow."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    head = _line(names)
    piece = bytearray(head)
    for row in rows:
        line = _line([row.get(name, "") for name in names])
        if len(piece) + len(line) > most and len(piece) > len(head):
            yield bytes(piece)
            piece = bytearray(head)
        piece += line
    if len(piece) > len(head):
        yield bytes(piece)


def row_error(text: str) -> SaveError:
    """Read `sf__Error`: `CODE:message:fields --`, where the message may hold colons too."""
    code, _, rest = text.removesuffix("--").strip().partition(":")
    message, _, fields = rest.rpartition(":")
    if not message:
        message, fields = fields, ""
    names = tuple(name.strip() for name in fields.split(",") if name.strip())
    return SaveError(code.strip(), mask(message.strip()), names)


def _line(cells: Sequence[str]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


def _named(answer: Any, key: str) -> Any:
    if not isinstance(answer, Mapping) or key not in answer:
        raise BrokenAnswerError(f"the answer about a bulk job has no {key}")
    return answer[key]


def _refused(answer: requests.Response) -> ApiError | ExhaustedError:
    try:
        content = answer.json()
    except requests.exceptions.JSONDecodeError:
        content = None
    return refusal(answer.status_code, content)
