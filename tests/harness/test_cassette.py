"""Cassettes: written, read, replayed strictly, and still loaded by plain `responses`."""

from dataclasses import replace
from pathlib import Path

import pytest
import requests
import responses

from sfoptlint.clients.errors import FailureKind, TransportError
from sfoptlint.clients.wire import Request, Response, json_response
from sfoptlint.core.errors import UsageError
from sfoptlint.harness.cassette.cassette import (
    Cassette,
    CassetteFault,
    Header,
    Interaction,
    Order,
    Origin,
    RecordedRequest,
)
from sfoptlint.harness.cassette.reading import read_cassette
from sfoptlint.harness.cassette.replay import CassetteMissError, CassetteTransport
from sfoptlint.harness.cassette.writing import LONG, write_cassette

ORG = "https://org.example/services/data/v64.0"
SAVE = f"{ORG}/composite/sobjects"
BOX = {"allOrNone": False, "records": [{"id": "003a", "HasOptedOutOfEmail": True}]}


def interaction(seq: int, method: str, url: str, answer: object, body: object = None) -> Interaction:
    response = answer if isinstance(answer, Response) else json_response(200, answer)
    return Interaction(seq, RecordedRequest(method, url, body), response)


def cassette(
    *interactions: Interaction, order: Order = Order.PER_ENDPOINT, faults: tuple[CassetteFault, ...] = ()
) -> Cassette:
    return Cassette(Header(Origin.WRITTEN, "for a test", order), interactions, faults)


def read(url: str) -> Request:
    return Request("GET", url)


def save(body: str) -> Request:
    return Request("PATCH", SAVE, {"Content-Type": "application/json"}, body.encode())


def missed(transport: CassetteTransport, request: Request) -> str:
    with pytest.raises(CassetteMissError) as raised:
        transport.send(request)
    return str(raised.value)


def test_a_file_holds_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "some.yaml"
    made = cassette(
        interaction(1, "GET", f"{ORG}/query?q=a", {"é": "ä'\n"}),
        Interaction(
            2, RecordedRequest("PATCH", SAVE, BOX, (("If-Unmodified-Since", "x"),)), Response(204, {}), 3, "save"
        ),
        interaction(3, "GET", f"{ORG}/zip", Response(200, {"Content-Type": "application/zip"}, b"\xff\x00PK")),
        interaction(4, "GET", f"{ORG}/long", Response(200, {"Content-Type": "text/csv"}, b"a" * (LONG + 1))),
        faults=(CassetteFault(2, "503", (("Retry-After", "1"),)), CassetteFault(3, "timeout")),
    )
    write_cassette(made, file)
    back = read_cassette(file)
    assert back.header == made.header
    assert back.faults == made.faults
    assert [one.request for one in back.interactions] == [one.request for one in made.interactions]
    assert [one.response.body for one in back.interactions] == [one.response.body for one in made.interactions]
    assert (back.interactions[1].repeat, back.interactions[1].phase) == (3, "save")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["some.3.b64", "some.4.txt", "some.yaml"]


def test_plain_responses_loads_it(tmp_path: Path) -> None:
    file = tmp_path / "some.yaml"
    answer = Response(200, {"Content-Type": "application/json", "Sforce-Limit-Info": "api-usage=1/2"}, b'{"a": 1}')
    write_cassette(
        cassette(interaction(1, "GET", f"{ORG}/limits?x=1", answer), faults=(CassetteFault(1, "500"),)), file
    )
    with responses.RequestsMock() as mock:
        mock._add_from_file(file)
        got = requests.get(f"{ORG}/limits?x=1", timeout=1)
    assert got.json() == {"a": 1}
    assert got.headers["Sforce-Limit-Info"] == "api-usage=1/2"


def test_what_responses_recorded_is_replayed(tmp_path: Path) -> None:
    file = tmp_path / "theirs.yaml"
    file.write_text(
        "responses:\n- response:\n    auto_calculate_content_length: false\n    body: '{}'\n    content_type: text/plain\n"
        f"    method: POST\n    status: 201\n    url: {ORG}/a\n"
    )
    transport = CassetteTransport(read_cassette(file))
    assert transport.send(Request("POST", f"{ORG}/a", {}, b"whatever")).status == 201


def test_answers_come_in_the_order_of_their_endpoint() -> None:
    one, two = interaction(1, "GET", f"{ORG}/a?page=1", 1), interaction(2, "GET", f"{ORG}/a?page=2", 2)
    other = interaction(3, "GET", f"{ORG}/b", 3)
    transport = CassetteTransport(cassette(one, two, other))
    assert [transport.send(read(f"{ORG}/{p}")).json() for p in ("b", "a?page=1", "a?page=2")] == [3, 1, 2]
    assert transport.unused == []
    early = missed(CassetteTransport(cassette(one, two)), read(f"{ORG}/a?page=2"))
    assert "it is recorded as seq 2, and seq 1 comes before it" in early
    assert CassetteTransport(cassette(one, two, order=Order.ANY)).send(read(f"{ORG}/a?page=2")).json() == 2
    assert "comes before it" in missed(CassetteTransport(cassette(one, other, order=Order.STRICT)), read(f"{ORG}/b"))


def test_an_answer_is_good_for_as_often_as_it_says() -> None:
    transport = CassetteTransport(cassette(replace(interaction(1, "GET", f"{ORG}/a", 1), repeat=2)))
    assert [transport.send(read(f"{ORG}/a")).json() for _ in "ab"] == [1, 1]
    assert "recorded 2 time(s), and all are used" in missed(transport, read(f"{ORG}/a"))


def test_a_body_is_compared_by_what_it_says() -> None:
    made = cassette(interaction(1, "PATCH", SAVE, [], BOX))
    same = '{"records": [{"HasOptedOutOfEmail":true,"id":"003a"}], "allOrNone": false}'
    assert CassetteTransport(made).send(save(same)).status == 200
    said = missed(CassetteTransport(made), save(same.replace("true", "false")))
    assert said.splitlines() == [
        "the cassette has no answer: it was not recorded",
        f"  asked     PATCH {SAVE}",
        '            {"allOrNone": false, "records": [{"HasOptedOutOfEmail": false, "id": "003a"}]}',
        f"  closest   PATCH {SAVE} (seq 1)",
        "  body differs",
        '            asked     {"allOrNone": false, "records": [{"HasOptedOutOfEmail": false, "id": "003a"}]}',
        '            recorded  {"allOrNone": false, "records": [{"HasOptedOutOfEmail": true, "id": "003a"}]}',
    ]


def test_a_miss_shows_the_nearest_and_no_address() -> None:
    made = cassette(
        interaction(1, "GET", f"{ORG}/b?email=bo%40shore.example&x=1", 1),
        interaction(2, "GET", "https://else.example/c", 2),
    )
    said = missed(CassetteTransport(made), read(f"{ORG}/b?email=ann%40shore.example&x=1"))
    assert "(seq 1)" in said
    assert "query differs" in said
    assert "shore" not in said
    nothing = missed(CassetteTransport(cassette()), read(f"{ORG}/b"))
    assert nothing.splitlines()[0] == "the cassette has no answer: it was not recorded"
    header = Interaction(
        1, RecordedRequest("GET", f"{ORG}/h", None, (("Sforce-Query-Options", "batchSize=200"),)), Response(200)
    )
    assert "header Sforce-Query-Options differs" in missed(CassetteTransport(cassette(header)), read(f"{ORG}/h"))


def test_faults_come_once_before_their_answer() -> None:
    faults = (CassetteFault(1, "timeout"), CassetteFault(1, "503", (("Retry-After", "2"),)))
    transport = CassetteTransport(cassette(interaction(1, "GET", f"{ORG}/a", 1), faults=faults))
    with pytest.raises(TransportError) as raised:
        transport.send(read(f"{ORG}/a"))
    assert raised.value.kind is FailureKind.TIMEOUT
    busy = transport.send(read(f"{ORG}/a"))
    assert (busy.status, busy.header("retry-after")) == (503, "2")
    assert transport.send(read(f"{ORG}/a")).json() == 1


RESPONSE = "responses: [{response: {method: GET, url: 'https://a.example', status: 200, body: ''}"
BROKEN = [
    ("", "no list called responses"),
    ("[", "not readable YAML"),
    ("responses: {}", "no list called responses"),
    ("responses: []\nfault: []", "fault is not a key; did you mean faults?"),
    ("sfoptlint: {format: 2}\nresponses: []", "format is not 1"),
    ("sfoptlint: {format: 1, origin: copied}\nresponses: []", "origin is recorded or written"),
    ("responses: [3]", "responses[0] has no response"),
    ("responses: [{response: {url: x}}]", "responses[0].response has no method"),
    (RESPONSE + ", metta: {}}]", "metta is not a key; did you mean meta?"),
    (RESPONSE + ", meta: {seq: first}}]", "not of its kind"),
    (RESPONSE + ", meta: [1]}]", "are mappings"),
    (RESPONSE + ", meta: {body_file: ../../etc/passwd}}]", "passwd beside it cannot be read"),
    (RESPONSE + "}]\nfaults: [{at_seq: 9, kind: timeout}]", "no interaction has that number"),
    (RESPONSE + "}]\nfaults: [{at_seq: 1, kind: thunder}]", "thunder is none of"),
    (RESPONSE + "}]\nfaults: [{kind: timeout}]", "needs at_seq"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_file_that_is_none_is_one_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as raised:
        read_cassette(file)
    assert said in str(raised.value)
    assert str(raised.value).startswith(f"{file}: ")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_cassette(tmp_path / "gone.yaml")
