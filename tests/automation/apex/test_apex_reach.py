"""What code can come to the box by the names in it, and what is too far from it to be looked into."""

import pytest

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.automation.apex.reach import Reach
from tests.memory_orgs import project

WRITER = "public class Writer { public static void write(Contact c) { c.HasOptedOutOfEmail = true; } public void idle() { } }"
FAR = "public class Far { public static void go() { Writer.write(null); } }"
FARTHER = "public class Farther { public static void go() { Far.go(); } }"


def reach(**classes: str) -> Reach:
    files = {f"classes/{name}.cls": text for name, text in classes.items()}
    return Reach(Codebase(project(files)))


def trigger(body: str) -> str:
    return f"trigger T on Case (before update) {{ {body} }}"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("for (Contact c : people) { c.HasOptedOutOfEmail = true; }", True),
        ("Writer.write(null);", True),
        ("new Writer().idle();", False),
        ("Far.go();", True),
        ("Farther.go();", False),
        ("", False),
    ],
)
def test_a_trigger_comes_to_the_box_in_the_classes_that_it_names_and_in_those_that_they_name(
    body: str, found: bool
) -> None:
    looked = reach(Writer=WRITER, Far=FAR, Farther=FARTHER)
    for _ in range(2):
        assert looked.from_trigger(trigger(body)) == found


def test_a_class_leads_to_the_box_as_far_as_two_names() -> None:
    looked = reach(Writer=WRITER, Far=FAR, Farther=FARTHER, Farthest="class Farthest { Farther one; }")
    assert [looked.leads(name) for name in ("Writer", "Far", "Farther", "Farthest")] == [True, True, True, False]
