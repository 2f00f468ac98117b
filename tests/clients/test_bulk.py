"""A bulk job from its upload to what became of each row."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.clients.errors import ApiError, ExhaustedError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.bulk import BulkJobs, FailedRow, Waiting, row_error, uploads
from sfoptlint.clients.salesforce.jobs import JobState
from sfoptlint.clients.salesforce.results import SaveError
from sfoptlint.clients.wire import Response, json_response
from tests.clients.wires import ScriptedTransport, StandingClock, Step

ROWS = [{"Id": "003a", "HasOptedOutOfEmail": "true"}, {"Id": "003b", "HasOptedOutOfEmail": "true"}]
FAILED = '"sf__Id","sf__Error",Id,HasOptedOutOfEmail\n"","FIELD_CUSTOM_VALIDATION_EXCEPTION:say: why:Reason__c --",003b,true\n'
CREATED = json_response(200, {"id": "750x", "state": "Open"})


def jobs(
    steps: Sequence[Step], clock: StandingClock, waiting: Waiting | None = None
) -> tuple[BulkJobs, ScriptedTransport]:
    wire = ScriptedTransport(steps)
    return BulkJobs(wire, Access("https://org.example", "t"), clock, waiting), wire


def state(word: str, **more: str) -> Response:
    return json_response(200, {"id": "750x", "state": word, **more})


def test_a_job_is_uploaded_waited_for_and_read() -> None:
    clock = StandingClock()
    bulk, wire = jobs(
        [
            CREATED,
            Response(201),
            state("UploadComplete"),
            state("InProgress"),
            state("JobComplete"),
            Response(200, {}, b'"sf__Id","sf__Created",Id,HasOptedOutOfEmail\n003a,false,003a,true\n'),
            Response(200, {}, FAILED.encode()),
            Response(200, {}, b"Id,HasOptedOutOfEmail\n"),
        ],
        clock,
    )
    (outcome,) = bulk.update("Contact", ROWS)
    assert outcome.state is JobState.JOB_COMPLETE
    assert [row["sf__Id"] for row in outcome.successful] == ["003a"]
    (failed,) = outcome.failed
    assert failed == FailedRow(failed.row, SaveError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "say: why", ("Reason__c",)))
    assert outcome.unprocessed == ()
    assert clock.slept == [5]
    assert wire.asked[1].body == b"Id,HasOptedOutOfEmail\n003a,true\n003b,true\n"
    assert [r.path.removeprefix("/services/data/v64.0/jobs/ingest") for r in wire.asked] == [
        "",
        "/750x/batches",
        "/750x",
        "/750x",
        "/750x",
        "/750x/successfulResults",
        "/750x/failedResults",
        "/750x/unprocessedrecords",
    ]


def test_a_failed_job_hands_back_what_was_not_processed() -> None:
    bulk, _ = jobs(
        [
            CREATED,
            Response(201),
            state("UploadComplete"),
            state("Failed", errorMessage="InvalidBatch"),
            Response(200),
            Response(200),
            Response(200, {}, b"Id,HasOptedOutOfEmail\r\n003a,true\r\n003b,true\r\n"),
        ],
        StandingClock(),
    )
    (outcome,) = bulk.update("Contact", ROWS)
    assert (outcome.state, outcome.message) == (JobState.FAILED, "InvalidBatch")
    assert [row["Id"] for row in outcome.unprocessed] == ["003a", "003b"]


def test_a_job_that_never_ends_is_given_up() -> None:
    bulk, _ = jobs(
        [CREATED, Response(201), *[state("InProgress")] * 9], StandingClock(), Waiting(10, timedelta(seconds=60))
    )
    with pytest.raises(ExhaustedError, match="750x"):
        list(bulk.update("Contact", ROWS))


def test_a_job_that_is_refused_is_an_error() -> None:
    bulk, _ = jobs([json_response(400, [{"errorCode": "INVALIDENTITY", "message": "no"}])], StandingClock())
    with pytest.raises(ApiError, match="INVALIDENTITY"):
        list(bulk.update("Contact", ROWS))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("UNABLE_TO_LOCK_ROW:unable to obtain:--", SaveError("UNABLE_TO_LOCK_ROW", "unable to obtain", ())),
        (
            "DUPLICATES_DETECTED:ann@shore.example is there:Email,Name --",
            SaveError("DUPLICATES_DETECTED", "<address> is there", ("Email", "Name")),
        ),
        ("ENTITY_IS_LOCKED", SaveError("ENTITY_IS_LOCKED", "")),
        ("X:only a message", SaveError("X", "only a message")),
        ("", SaveError("", "")),
    ],
)
def test_a_row_says_why_it_failed(text: str, error: SaveError) -> None:
    assert row_error(text) == error


@given(
    st.lists(st.fixed_dictionaries({"Id": st.text("ab", min_size=1), "N__c": st.text('a,"\n')})), st.integers(12, 60)
)
def test_no_row_is_lost_between_uploads(rows: list[dict[str, str]], most: int) -> None:
    import csv
    from io import StringIO

    pieces = list(uploads(rows, most))
    read = [row for piece in pieces for row in csv.DictReader(StringIO(piece.decode(), newline=""))]
    assert read == rows
