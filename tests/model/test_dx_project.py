"""Project files: which folders are linted, which are gaps, and what is wrong in a hostile one."""

import json
import time

import pytest

from sfoptlint.metadata.kind import recognise
from sfoptlint.model.dx_project import Scope, scope_of
from tests.samples import MemorySource

A = "layouts/Contact-A.layout-meta.xml"


def scope(files: dict[str, bytes | str | None]) -> Scope:
    source = MemorySource(files)
    return scope_of(source, [artefact for path in source.paths if (artefact := recognise(path))])


def project(*packages: object) -> str:
    return json.dumps({"packageDirectories": [{"path": path} for path in packages]})


def kept(files: dict[str, bytes | str | None]) -> list[str]:
    found = scope(files)
    assert not found.problems
    return [artefact.path for artefact in found.artefacts]


def test_without_a_project_file_everything_is_linted() -> None:
    assert kept({f"a/{A}": "", f"b/{A}": ""}) == [f"a/{A}", f"b/{A}"]


@pytest.mark.parametrize("name", ["a", "./a", "a/", "/a", ".\\a", "a/b/..", "./a/."])
def test_package_directories_are_linted_and_other_folders_are_gaps(name: str) -> None:
    found = scope({"sfdx-project.json": project(name), f"a/{A}": "", f"ab/{A}": "", f"b/{A}": "", f"b/c/{A}": ""})
    assert [artefact.path for artefact in found.artefacts] == [f"a/{A}"]
    assert [gap.path for gap in found.gaps] == ["ab", "b"]


@pytest.mark.parametrize("name", ["", ".", "./"])
def test_a_package_may_be_the_whole_project(name: str) -> None:
    assert kept({"sfdx-project.json": project(name), f"a/{A}": "", A: ""}) == [f"a/{A}", A]


def test_several_packages_and_projects_each_have_their_own_scope() -> None:
    files: dict[str, bytes | str | None] = {
        "p/sfdx-project.json": project("a", "b/c"),
        "q/sfdx-project.json": project("a"),
        **{f"{folder}/{A}": "" for folder in ("p/a", "p/b", "p/b/c", "q/a", "q/b", "r", "p0", "p-")},
    }
    assert kept(files) == sorted(f"{folder}/{A}" for folder in ("p-", "p/a", "p/b/c", "p0", "q/a", "r"))
    assert [gap.path for gap in scope(files).gaps] == ["p/b", "q/b"]


def test_a_project_inside_a_package_narrows_it() -> None:
    files: dict[str, bytes | str | None] = {
        "sfdx-project.json": project("a"),
        "a/n/sfdx-project.json": project("m"),
        f"a/n/m/{A}": "",
        f"a/n/x/{A}": "",
        f"a/y/{A}": "",
    }
    assert kept(files) == [f"a/n/m/{A}", f"a/y/{A}"]


HOSTILE = [
    b"", b"{", b"\xff\xfe", b"[]", b"null", b"1", b'"x"', b"{}", b'{"packageDirectories": null}', b"\0" * 99,
    b'{"packageDirectories": {}}', b'{"packageDirectories": []}', b'{"packageDirectories": "force-app"}',
    b'{"packageDirectories": ["force-app"]}', b'{"packageDirectories": [{}]}', b'{"packageDirectories": [{"path": null}]}',
    b'{"packageDirectories": [{"path": 1}]}', b'{"packageDirectories": [{"path": ["a"]}]}',
    b'{"packageDirectories": [{"path": "../a"}]}', b'{"packageDirectories": [{"path": "a/../../b"}]}',
    b'{"packageDirectories": [{"path": ".."}]}', b"[" * 100_000, b'{"a":' * 100_000, b"9" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE)
def test_a_project_file_that_names_no_packages_is_a_problem_and_the_folder_is_linted(data: bytes) -> None:
    found = scope({"sfdx-project.json": data, f"a/{A}": ""})
    assert [artefact.path for artefact in found.artefacts] == [f"a/{A}"]
    (problem,) = found.problems
    assert (problem.path, problem.line) == ("sfdx-project.json", 1)
    assert problem.reason.startswith("names no package directories (")
    assert "\n" not in problem.reason


def test_a_project_file_that_cannot_be_read_is_a_problem() -> None:
    (problem,) = scope({"sfdx-project.json": None, f"a/{A}": ""}).problems
    assert "Permission denied" in problem.reason


def test_a_thousand_projects_cost_little_time() -> None:
    files: dict[str, bytes | str | None] = {f"p{n}/sfdx-project.json": project("a") for n in range(1000)}
    files |= {f"p{n}/a/layouts/Contact-{m}.layout-meta.xml": "" for n in range(1000) for m in range(20)}
    began = time.monotonic()
    assert len(kept(files)) == 20_000
    assert time.monotonic() - began < 5
