"""Folders on disk: what is listed, what is left out, and what each trouble is called."""

import os
import time
from pathlib import Path

import pytest

from sfoptlint.source.directory import DirectorySource
from sfoptlint.source.source import MAX_FILE_BYTES, UnreadableError


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_files_are_listed_sorted_with_forward_slashes(tmp_path: Path) -> None:
    write(tmp_path, "b/2", "a", "b/1")
    assert list(DirectorySource(tmp_path).paths) == ["a", "b/1", "b/2"]


@pytest.mark.parametrize("folder", [".git", ".sfdx", ".sf", "node_modules", "a/node_modules", ".venv"])
def test_folders_that_are_never_an_orgs_own_are_skipped(tmp_path: Path, folder: str) -> None:
    write(tmp_path, f"{folder}/layouts/Contact-A.layout", "layouts/Contact-A.layout")
    assert list(DirectorySource(tmp_path).paths) == ["layouts/Contact-A.layout"]


def test_a_link_to_a_skipped_folder_is_skipped_too(tmp_path: Path) -> None:
    write(tmp_path, "../store/x")
    (tmp_path / "node_modules").symlink_to(tmp_path.parent / "store")
    assert list(DirectorySource(tmp_path).paths) == []


def test_a_folder_is_listed_once_under_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "real/x")
    (tmp_path / "alias").symlink_to("real")
    assert list(DirectorySource(tmp_path).paths) == ["real/x"]


def test_a_link_to_a_folder_elsewhere_is_followed_under_the_first_name(tmp_path: Path) -> None:
    write(tmp_path, "shared/x", "org/y")
    for name in ("c", "a", "b"):
        (tmp_path / "org" / name).symlink_to("../shared")
    assert list(DirectorySource(tmp_path / "org").paths) == ["a/x", "y"]


@pytest.mark.parametrize("target", [".", "..", "../..", "/"])
def test_a_link_to_a_folder_that_holds_it_is_no_loop(tmp_path: Path, target: str) -> None:
    write(tmp_path, "out/a/x", "beside/y")
    (tmp_path / "out/a/loop").symlink_to(target)
    assert list(DirectorySource(tmp_path / "out/a").paths) == ["x"]


def test_links_that_lead_to_each_other_are_listed_and_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.layout").symlink_to("b.layout")
    (tmp_path / "b.layout").symlink_to("a.layout")
    source = DirectorySource(tmp_path)
    assert list(source.paths) == ["a.layout", "b.layout"]
    with pytest.raises(UnreadableError, match=r"cannot be read: .*; check where it leads"):
        source.read("a.layout")


def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.layout").symlink_to("nowhere")
    source = DirectorySource(tmp_path)
    assert list(source.paths) == ["gone.layout"]
    with pytest.raises(UnreadableError, match="No such file"):
        source.read("gone.layout")


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    write(tmp_path, "real")
    (tmp_path / "alias").symlink_to("real")
    assert DirectorySource(tmp_path).read("alias") == b"x"


def test_pipes_and_devices_are_left_out_for_reading_one_may_never_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.layout")
    (tmp_path / "zero.layout").symlink_to("/dev/zero")
    assert list(DirectorySource(tmp_path).paths) == []


def test_a_file_that_is_gone_by_now_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        DirectorySource(tmp_path).read("gone")


def test_a_folder_where_a_file_was_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableError, match="Is a directory"):
        DirectorySource(tmp_path).read("folder")


def test_a_folder_that_is_gone_by_now_is_a_problem(tmp_path: Path) -> None:
    (problem,) = DirectorySource(tmp_path / "gone").problems
    assert (problem.path, problem.line) == (".", 1)
    assert problem.reason.startswith("cannot be listed: No such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_nobody_may_list_is_a_problem_and_the_rest_is_listed(tmp_path: Path) -> None:
    write(tmp_path, "closed/x", "open/y")
    (tmp_path / "closed").chmod(0)
    source = DirectorySource(tmp_path)
    assert list(source.paths) == ["open/y"]
    assert [problem.path for problem in source.problems] == ["closed"]
    (tmp_path / "closed").chmod(0o700)


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "large.layout").open("wb") as file:
        file.truncate(100 * 2**20)
    began = time.monotonic()
    with pytest.raises(UnreadableError, match="is 100 MiB, and metadata over 64 MiB is not read"):
        DirectorySource(tmp_path).read("large.layout")
    assert time.monotonic() - began < 1


def test_the_largest_size_is_read(tmp_path: Path) -> None:
    with (tmp_path / "large.layout").open("wb") as file:
        file.truncate(MAX_FILE_BYTES)
    assert len(DirectorySource(tmp_path).read("large.layout")) == MAX_FILE_BYTES


def test_names_that_are_no_utf8_are_listed_with_escapes_and_read(tmp_path: Path) -> None:
    for name in (b"caf\xe9.layout", b"caf\xe8.layout"):
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    source = DirectorySource(tmp_path)
    assert list(source.paths) == ["caf\\xe8.layout", "caf\\xe9.layout"]
    assert source.read("caf\\xe9.layout") == b"caf\xe9.layout"


def test_names_with_line_ends_emoji_and_great_length_are_read(tmp_path: Path) -> None:
    names = ["a\nb.layout", "tab\there", "\x1b[31mred", "📧.layout", "x" * 255]
    write(tmp_path, *names)
    source = DirectorySource(tmp_path)
    assert list(source.paths) == sorted(names)
    assert {source.read(name) for name in names} == {b"x"}
