"""Which files are one org, and which stand side by side."""

import time

import pytest

from sfoptlint.metadata.kind import recognise
from sfoptlint.model.trees import split_trees

A, B = "layouts/Contact-A.layout", "layouts/Contact-B.layout"


def roots(*paths: str) -> dict[str, list[str]]:
    """Return the trees as paths by root; two trees of one root would be a mistake here."""
    trees = split_trees(artefact for path in paths if (artefact := recognise(path)))
    found = {tree.root: [artefact.path for artefact in tree.artefacts] for tree in trees}
    assert len(found) == len(trees)
    assert sorted(path for tree in found.values() for path in tree) == sorted(paths)
    return found


def test_folders_that_share_no_name_are_one_org() -> None:
    assert roots(f"x/{A}", f"y/{B}") == {"": [f"x/{A}", f"y/{B}"]}


def test_folders_that_hold_the_same_name_are_orgs_of_their_own() -> None:
    assert roots(f"x/{A}", f"y/{A}", f"y/{B}") == {"x": [f"x/{A}"], "y": [f"y/{A}", f"y/{B}"]}


def test_names_are_the_same_without_regard_to_case() -> None:
    assert list(roots("x/layouts/Contact-a.layout", "y/layouts/Contact-A.layout")) == ["x", "y"]


def test_the_two_formats_of_one_name_are_two_orgs() -> None:
    assert list(roots(f"x/{A}", f"y/{A}-meta.xml")) == ["x", "y"]


def test_only_the_folder_that_collides_is_split() -> None:
    found = roots(f"a/p/{A}", f"a/q/{A}", f"b/p/{B}", "b/q/profiles/P.profile")
    assert list(found) == ["a/p", "a/q", "b"]


def test_what_stands_in_the_folder_itself_is_an_org_beside_those_below() -> None:
    assert list(roots(A, f"x/{A}", f"x/y/{A}")) == ["", "x", "x/y"]


@pytest.mark.parametrize("names", [("a", "a-b", "a/b"), ("a-b", "a/b", "a/b/c"), ("x/a", "x/a b", "x/a.b")])
def test_a_name_that_begins_like_a_folder_is_not_below_it(names: tuple[str, ...]) -> None:
    assert sorted(roots(*(f"{name}/{A}" for name in names))) == sorted(names)


def test_no_files_are_no_org() -> None:
    assert split_trees([]) == []


def test_deep_folders_and_many_orgs_cost_no_recursion_and_little_time() -> None:
    deep = "/".join("d" * 5000)
    began = time.monotonic()
    assert len(roots(f"{deep}/x/{A}", f"{deep}/y/{A}")) == 2
    assert len(roots(*(f"org{number}/{A}" for number in range(5000)))) == 5000
    assert len(roots(*("/".join("n" * depth) + f"/{A}" for depth in range(1, 300)))) == 299
    assert time.monotonic() - began < 10
