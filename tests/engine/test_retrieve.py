"""A retrieve from the fake org: what arrives, how a broken one goes on, and what is refused."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from sfoptlint.clients.errors import ClientError, FailureKind, TransportError
from sfoptlint.clients.salesforce.access import Access
from sfoptlint.clients.salesforce.metadata_api import MetadataApi
from sfoptlint.clients.wire import Request, Response, Transport
from sfoptlint.core.errors import UsageError
from sfoptlint.engine.retrieve import STATE, retrieve
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.retrieving import SourceFiles
from sfoptlint.metadata.kind import Kind
from sfoptlint.metadata.manifest import BATCHES
from tests.clients.wires import StandingClock
from tests.harness.worlds import NOON, org
from tests.memory_orgs import MemorySource

FILES = {
    "objects/Contact.object": "<CustomObject/>",
    "layouts/Contact-Quay.layout": "<Layout/>",
    "flows/Tide.flow": "<Flow/>",
    "classes/Tide.cls": "class Tide {}",
    "README.md": "not metadata",
}
PARTS = {Kind.CUSTOM_FIELD, Kind.RECORD_TYPE, Kind.VALIDATION_RULE}


def api(transport: Transport | None = None) -> MetadataApi:
    if transport is None:
        state = org()
        state.metadata = SourceFiles(MemorySource(FILES))
        transport = FakeOrg(state)
    return MetadataApi(transport, Access("https://org.example", "token"), StandingClock(NOON))


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def silent(_: str) -> None:
    """Say nothing."""


def test_what_lint_reads_arrives_and_nothing_else(tmp_path: Path) -> None:
    said: list[str] = []
    written = retrieve(api(), tmp_path / "org", said.append)
    known = below(tmp_path / "org")
    assert written == len(known)
    assert known <= FILES.keys() - {"README.md"}
    assert {"objects/Contact.object", "layouts/Contact-Quay.layout", "flows/Tide.flow"} <= known
    assert said[0] == "objects, pages and access: 2 files"


def test_every_type_that_is_read_is_asked_for() -> None:
    asked = {name for members in BATCHES.values() for name in members}
    assert {kind.value for kind in Kind if kind not in PARTS} <= asked


class Failing:
    """Fails from the given batch on."""

    def __init__(self, at: int) -> None:
        self._left = at

    def retrieve(self, members: Mapping[str, object]) -> tuple[bytes, tuple[str, ...]]:
        if not self._left:
            raise TransportError(FailureKind.RESET, "POST org.example")
        self._left -= 1
        return zipped({f"layouts/{self._left}.layout": b"<Layout/>"}), ("layouts/Gone.layout: not found",)


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_run_that_broke_off_goes_on_where_it_was(tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(ClientError):
        retrieve(Failing(2), tmp_path, said.append)
    assert STATE in below(tmp_path)
    said.clear()
    assert retrieve(Failing(1), tmp_path, said.append) == 1
    assert [line for line in said if "already" in line] == [f"{name}: is there already" for name in [*BATCHES][:2]]
    assert "  layouts/Gone.layout: not found" in said
    assert STATE not in below(tmp_path)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty; name a new folder"):
        retrieve(api(), tmp_path, silent)
    (tmp_path / STATE).write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="is broken; delete it to begin anew"):
        retrieve(api(), tmp_path, silent)


class Fixed:
    """Retrieves what a test made up."""

    def __init__(self, archive: bytes) -> None:
        self._archive = archive

    def retrieve(self, members: Mapping[str, object]) -> tuple[bytes, tuple[str, ...]]:
        return self._archive, ()


@pytest.mark.parametrize("name", ["../out.layout", "unpackaged/../../out.layout", "/etc/out.layout"])
def test_a_path_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="leads out of the folder"):
        retrieve(Fixed(zipped({name: b"x"})), tmp_path / "org", silent)
    assert below(tmp_path) == set()


def test_the_folder_and_the_manifest_of_a_retrieve_are_left_out(tmp_path: Path) -> None:
    archive = zipped({"unpackaged/package.xml": b"<Package/>", "unpackaged/layouts/A.layout": b"<Layout/>"})
    retrieve(Fixed(archive), tmp_path, silent)
    assert below(tmp_path) == {"layouts/A.layout"}


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no zip"):
        retrieve(Fixed(b"<html>"), tmp_path, silent)


class Soap:
    """Answers every request alike."""

    def __init__(self, status: int, body: str) -> None:
        self._response = Response(status, {"Content-Type": "text/xml"}, body.encode())

    def send(self, request: Request) -> Response:
        return self._response


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, "<faultcode>sf:INVALID_SESSION_ID</faultcode>", "INVALID_SESSION_ID"),
        (500, "<faultcode>sf:REQUEST_LIMIT_EXCEEDED</faultcode>", "REQUEST_LIMIT_EXCEEDED"),
        (200, "<html>", "broken"),
        (200, "<a/>", "names no retrieve job"),
    ],
)
def test_a_refusal_is_said_without_the_token(status: int, body: str, said: str) -> None:
    with pytest.raises(ClientError, match=said) as refused:
        api(Soap(status, body)).retrieve({"Layout": ("*",)})
    assert "token" not in str(refused.value)
