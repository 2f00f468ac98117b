"""What git keeps: the index, revisions, what is staged and what changed."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sfoptlint.core.errors import UsageError
from sfoptlint.source.git import (
    GitSource,
    changed_paths,
    index_source,
    repository_root,
    revision_source,
    staged_paths,
)
from sfoptlint.source.source import UnreadableError

Opened = Callable[[GitSource], GitSource]


def git(root: Path, *arguments: str | bytes) -> None:
    identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "--initial-branch=main")
    return root


@pytest.fixture
def opened() -> Iterator[Opened]:
    """What keeps a source until the test ends, and then ends its processes."""
    with ExitStack() as stack:

        def keep(source: GitSource) -> GitSource:
            stack.callback(source.close)
            return source

        yield keep


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


def commit(root: Path, **files: str) -> None:
    for name, text in files.items():
        write(root, name, text)
    git(root, "add", "--all")
    git(root, "commit", "--message", "change", "--allow-empty")


def test_the_index_holds_what_is_staged_not_what_is_on_disk(repository: Path, opened: Opened) -> None:
    write(repository, "a", "staged")
    git(repository, "add", "a")
    write(repository, "a", "edited since")
    write(repository, "b", "untracked")
    source = opened(index_source(repository))
    assert list(source.paths) == ["a"]
    assert source.read("a") == b"staged"
    assert not source.problems


def test_before_the_first_commit_everything_staged_is_new(repository: Path, opened: Opened) -> None:
    write(repository, "a", "1")
    git(repository, "add", "a")
    assert staged_paths(repository)() == {"a"}
    with pytest.raises(UnreadableError, match="is not in the repository"):
        opened(index_source(repository)).earlier(["a"]).read("a")


def test_staged_are_the_paths_that_differ_from_the_last_commit(repository: Path) -> None:
    commit(repository, kept="1", edited="1", deleted="1", renamed="long enough to be taken for the same file")
    write(repository, "edited", "2")
    git(repository, "mv", "renamed", "moved")
    git(repository, "rm", "deleted")
    git(repository, "add", "edited")
    assert staged_paths(repository)() == {"edited", "moved"}


def test_the_earlier_content_is_that_of_the_last_commit(repository: Path, opened: Opened) -> None:
    commit(repository, a="before")
    write(repository, "a", "after")
    git(repository, "add", "a")
    assert opened(index_source(repository)).earlier(["a"]).read("a") == b"before"


def test_a_revision_is_read_as_it_was(repository: Path, opened: Opened) -> None:
    commit(repository, a="1", gone="1")
    git(repository, "tag", "first")
    git(repository, "rm", "gone")
    commit(repository, a="2")
    source = opened(revision_source(repository, "first"))
    assert list(source.paths) == ["a", "gone"]
    assert source.read("a") == b"1"
    assert list(source.only(["a"]).paths) == ["a"]


@pytest.mark.parametrize("revision", ["nothing", "", "--output=/tmp/x", "-h", "a b", "HEAD:a"])
def test_an_unknown_revision_is_refused_with_one_line(repository: Path, revision: str) -> None:
    commit(repository, a="1")
    with pytest.raises(UsageError, match=r"\Agit ls-tree failed in [^\n]+\Z"):
        revision_source(repository, revision)


def test_changed_are_edited_staged_new_and_deleted_paths(repository: Path) -> None:
    commit(repository, kept="1", edited="1", gone="1")
    write(repository, "edited", "2")
    (repository / "gone").unlink()
    write(repository, "folder/new", "1")
    write(repository, "staged", "1")
    git(repository, "add", "staged")
    assert changed_paths(repository, "HEAD") == {"edited", "gone", "folder/new", "staged"}


def test_a_path_that_is_no_utf8_is_named_by_escapes_and_read(repository: Path, opened: Opened) -> None:
    (repository / os.fsdecode(b"caf\xe9")).write_text("1")
    git(repository, "add", "--all")
    assert opened(index_source(repository)).read("caf\\xe9") == b"1"
    assert staged_paths(repository)() == {"caf\\xe9"}


def test_paths_with_line_ends_tabs_and_quotes_are_read(repository: Path, opened: Opened) -> None:
    names = ["a\nb", "a\tb", 'a"b', "📧"]
    commit(repository, **dict.fromkeys(names, "1"))
    source = opened(index_source(repository))
    assert list(source.paths) == sorted(names)
    assert {source.read(name) for name in names} == {b"1"}
    earlier = source.earlier(names)
    assert list(earlier.paths) == sorted(names)
    assert {earlier.read(name) for name in names} == {b"1"}


def test_a_link_is_listed_and_cannot_be_read(repository: Path, opened: Opened) -> None:
    (repository / "link.layout").symlink_to("elsewhere")
    git(repository, "add", "--all")
    source = opened(index_source(repository))
    assert list(source.paths) == ["link.layout"]
    with pytest.raises(UnreadableError, match="is a link, and only the folder on disk shows"):
        source.read("link.layout")
    git(repository, "commit", "--message", "link")
    with pytest.raises(UnreadableError, match="is a link, and only the folder on disk shows"):
        opened(revision_source(repository, "HEAD")).read("link.layout")


def test_a_submodule_is_the_business_of_its_own_repository(repository: Path, opened: Opened, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init")
    commit(inner, a="1")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "add", str(inner), "inner")
    source = opened(index_source(repository))
    assert list(source.paths) == [".gitmodules", "inner"]
    with pytest.raises(UnreadableError, match="in the repository"):
        source.read("inner")


def test_folders_that_are_never_an_orgs_own_are_skipped(repository: Path, opened: Opened) -> None:
    commit(repository, **{"node_modules/p/a": "1", ".sfdx/a": "1", "b": "1"})
    assert list(opened(index_source(repository)).paths) == ["b"]
    assert list(opened(revision_source(repository, "HEAD")).paths) == ["b"]


def test_a_blob_that_is_not_there_cannot_be_read_and_the_next_can(repository: Path, opened: Opened) -> None:
    write(repository, "a", "1")
    git(repository, "add", "a")
    (blob,) = [Path(line) for line in map(str, (repository / ".git/objects").glob("??/*"))]
    write(repository, "b", "2")
    git(repository, "add", "b")
    source = opened(index_source(repository))
    blob.unlink()
    with pytest.raises(UnreadableError, match="fetch it"):
        source.read("a")
    assert source.read("b") == b"2"


def test_a_large_blob_is_refused_and_the_next_is_read(repository: Path, opened: Opened) -> None:
    with (repository / "large").open("wb") as file:
        file.truncate(100 * 2**20)
    write(repository, "small", "1")
    git(repository, "-c", "core.bigFileThreshold=1m", "add", "--all")
    source = opened(index_source(repository))
    with pytest.raises(UnreadableError, match="is 100 MiB"):
        source.read("large")
    assert source.read("small") == b"1"


def test_a_path_that_is_new_with_a_line_end_has_no_earlier_content(repository: Path, opened: Opened) -> None:
    commit(repository, a="1")
    with pytest.raises(UnreadableError, match="is not in the repository"):
        opened(index_source(repository)).earlier(["a\nb"]).read("a\nb")


def test_a_file_that_looks_like_a_link_is_read(repository: Path, opened: Opened) -> None:
    commit(repository, **{"a [x].layout": "elsewhere"})
    assert opened(index_source(repository)).read("a [x].layout") == b"elsewhere"
    assert opened(revision_source(repository, "HEAD")).read("a [x].layout") == b"elsewhere"


def test_a_name_that_begins_like_a_stage_is_a_name(repository: Path, opened: Opened) -> None:
    commit(repository, **{"2:a": "1"})
    assert opened(index_source(repository)).read("2:a") == b"1"


def test_a_path_that_is_not_tracked_cannot_be_read(repository: Path, opened: Opened) -> None:
    with pytest.raises(UnreadableError, match="is not in the repository"):
        opened(index_source(repository)).read("a")


def test_outside_a_repository_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\Agit rev-parse failed in [^\n]+: fatal: not a git repository"):
        repository_root(tmp_path)


def test_the_root_is_found_from_below(repository: Path) -> None:
    (repository / "a/b").mkdir(parents=True)
    assert repository_root(repository / "a/b") == repository.resolve()


def test_closing_twice_is_harmless(repository: Path, opened: Opened) -> None:
    commit(repository, a="1")
    source = opened(index_source(repository))
    assert source.read("a") == b"1"
    source.close()
    source.close()
