"""Zips: nothing leads out of one, nothing unpacks without bound, and every trouble has a name."""

import io
import struct
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from sfoptlint.core.errors import UsageError
from sfoptlint.source.archive import MAX_ENTRIES, ArchiveSource
from sfoptlint.source.source import UnreadableError

LAYOUT = "unpackaged/layouts/Contact-A.layout"


def packed(entries: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


def opened(folder: Path, data: bytes) -> ArchiveSource:
    file = folder / "retrieved.zip"
    file.write_bytes(data)
    return ArchiveSource(file)


def test_entries_are_listed_sorted_and_read(tmp_path: Path) -> None:
    source = opened(tmp_path, packed([("b/", b""), ("b/c", b"1"), ("a", b"2")]))
    assert list(source.paths) == ["a", "b/c"]
    assert source.read("b/c") == b"1"
    assert not source.problems


@pytest.mark.parametrize(
    "name", ["../x.layout", "a/../../x.layout", "/etc/x.layout", "C:/x.layout", "..\\x.layout", "\\x.layout", "C:\\x"]
)
def test_a_name_that_leads_out_of_the_archive_is_a_problem(tmp_path: Path, name: str) -> None:
    source = opened(tmp_path, packed([(name, b"x"), (LAYOUT, b"y")]))
    assert list(source.paths) == [LAYOUT]
    (problem,) = source.problems
    assert "leads out of the archive" in problem.reason


def test_backslashes_part_names_as_slashes_do(tmp_path: Path) -> None:
    assert list(opened(tmp_path, packed([("layouts\\Contact-A.layout", b"x")])).paths) == ["layouts/Contact-A.layout"]


@pytest.mark.parametrize("name", ["./a/b", "a//b", "a/./b"])
def test_a_name_with_empty_parts_is_brought_to_its_plain_form(tmp_path: Path, name: str) -> None:
    assert list(opened(tmp_path, packed([(name, b"x")])).paths) == ["a/b"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a/b", "a/b"), ("a/b", "a\\b"), ("a/b", "./a/b")])
def test_of_duplicate_entries_the_first_is_read_and_the_second_is_a_problem(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    source = opened(tmp_path, packed([(names[0], b"first"), (names[1], b"second")]))
    assert source.read("a/b") == b"first"
    assert [problem.path for problem in source.problems] == ["a/b"]


def test_folders_that_are_never_an_orgs_own_are_skipped(tmp_path: Path) -> None:
    assert list(opened(tmp_path, packed([("node_modules/p/x", b""), (".sfdx/y", b""), ("z", b"")])).paths) == ["z"]


def test_an_encrypted_entry_cannot_be_read(tmp_path: Path) -> None:
    data = bytearray(packed([("a", b"secret")]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at] |= 1
    with pytest.raises(UnreadableError, match=r"cannot be unpacked: .*encrypted"):
        opened(tmp_path, bytes(data)).read("a")


def test_an_entry_that_is_packed_too_tightly_is_not_unpacked(tmp_path: Path) -> None:
    source = opened(tmp_path, packed([("bomb", b"\0" * 40 * 2**20)]))
    with pytest.raises(UnreadableError, match="packed more tightly"):
        source.read("bomb")


def test_a_large_entry_is_refused_by_its_size(tmp_path: Path) -> None:
    source = opened(tmp_path, packed([("large", b"\0" * 65 * 2**20)]))
    with pytest.raises(UnreadableError, match="is 65 MiB"):
        source.read("large")


def with_size(data: bytes, size: int) -> bytes:
    """The same zip, its directory saying another unpacked size."""
    changed = bytearray(data)
    at = changed.index(b"PK\x01\x02") + 24
    changed[at : at + 4] = struct.pack("<I", size)
    return bytes(changed)


def test_an_entry_that_holds_more_than_it_says_cannot_be_read(tmp_path: Path) -> None:
    source = opened(tmp_path, with_size(packed([("a", b"honest content")], zipfile.ZIP_STORED), 3))
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        source.read("a")


def test_an_entry_that_holds_less_than_it_says_is_read_when_its_sum_is_right(tmp_path: Path) -> None:
    assert opened(tmp_path, with_size(packed([("a", b"honest content")]), 1000)).read("a") == b"honest content"


def test_a_small_size_does_not_let_a_bomb_through(tmp_path: Path) -> None:
    source = opened(tmp_path, with_size(packed([("a", b"\0" * 30 * 2**20)]), 10))
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        source.read("a")


def test_a_zip_that_unpacks_to_more_than_a_machine_holds_is_refused(tmp_path: Path) -> None:
    data = with_size(packed([("a", b""), ("b", b"")]), 0xFFFFFFF0)
    second = data.rindex(b"PK\x01\x02") + 24
    with pytest.raises(UsageError, match="unpacks to more than 4 GiB"):
        opened(tmp_path, data[:second] + struct.pack("<I", 0xFFFFFFF0) + data[second + 4 :])


@pytest.mark.parametrize("method", [1, 6, 97, 99])
def test_a_method_that_nobody_unpacks_cannot_be_read(tmp_path: Path, method: int) -> None:
    data = bytearray(packed([("a", b"x")], zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(signature) + offset
        data[at] = method
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        opened(tmp_path, bytes(data)).read("a")


def test_what_is_damaged_cannot_be_read_and_the_rest_can(tmp_path: Path) -> None:
    data = packed([("a", b"intact"), ("b", b"y")], zipfile.ZIP_STORED)
    source = opened(tmp_path, data.replace(b"intact", b"broken"))
    with pytest.raises(UnreadableError, match="cannot be unpacked"):
        source.read("a")
    assert source.read("b") == b"y"


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>not found</html>", b"PK\x05\x06" + b"\xff" * 18, b"\0" * 100])
def test_what_is_no_zip_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError, match=r"retrieved.zip: is not a readable zip"):
        opened(tmp_path, data)


def test_a_zip_cut_short_at_any_place_is_refused_or_its_entries_are(tmp_path: Path) -> None:
    data = packed([("a", b"content of a"), ("b", b"content of b")])
    for end in range(len(data)):
        with pytest.raises(UsageError, match="is not a readable zip"):
            opened(tmp_path, data[:end])


def test_a_zip64_is_read(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive, archive.open(zipfile.ZipInfo(LAYOUT), "w", force_zip64=True) as file:
        file.write(b"x")
    assert opened(tmp_path, data.getvalue()).read(LAYOUT) == b"x"


def test_more_entries_than_a_retrieve_can_hold_are_refused_quickly(tmp_path: Path) -> None:
    # The archive is written by hand: zipfile takes a minute for what an attacker makes in one.
    local = b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, 0, 0, 0, 0)
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0)
    count = 2 * MAX_ENTRIES
    directory = b"".join(entry + b"%06d" % number for number in range(count))
    end64 = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(directory), len(local))
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, len(local) + len(directory), 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    began = time.monotonic()
    with pytest.raises(UsageError, match=f"holds {count} entries, more than {MAX_ENTRIES}"):
        opened(tmp_path, local + directory + end64 + locator + end)
    assert time.monotonic() - began < 20


def test_an_entry_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="is not in the archive"):
        opened(tmp_path, packed([("a", b"x")])).read("b")
