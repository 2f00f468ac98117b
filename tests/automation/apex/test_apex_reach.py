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
        ("// c.HasOptedOutOfEmail = true;", False),
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


WRITES = "for (Contact c : people) { c.HasOptedOutOfEmail = true; }"


@pytest.mark.parametrize(
    ("body", "member", "found"),
    [
        ("Near.go(people);", f"public static void go(List<Contact> people) {{ {WRITES} }}", True),
        ("Near.stop(people);", f"static void go(List<Contact> people) {{ {WRITES} }} static void stop() {{ }}", False),
        ("Near.stop(people);", f"static void go() {{ {WRITES} }} static void stop() {{ go(); }}", True),
        ("new Near();", f"public Near() {{ {WRITES} }}", True),
        ("new Near();", f"public void go() {{ {WRITES} }}", False),
        ("Object o = new Near(); run(o.go ());", f"public void go() {{ {WRITES} }}", True),
        ("Type t = Near.class; o.go();", f"public void go() {{ {WRITES} }}", True),
        ("Near.Classes.add(1); o.go();", f"public void go() {{ {WRITES} }} static List<Integer> classes;", False),
        ("Type.forName('Near').newInstance(); o.go();", f"public void go() {{ {WRITES} }}", True),
        ("String s = 'Near'; o.go();", f"public void go() {{ {WRITES} }}", False),
        ("people.sort(new Near());", f"public Integer compare(Object a, Object b) {{ {WRITES} }}", True),
        ("Integer i = Near.COUNT;", f"static {{ {WRITES} }}", True),
        ("Integer i = Near.COUNT;", f"class Inner {{ public void go() {{ {WRITES} }} }}", False),
        ("// Near.go();", f"static void go() {{ {WRITES} }}", False),
        ("Near.stop();", f"static void go() {{ {WRITES} }} static void stop() {{ /* go(); */ }}", False),
        ("Near.go();", f"static void go() {{ /* {WRITES} */ }}", False),
        ("Near.go('/*', people); // */", f"static void go() {{ String s = '//'; {WRITES} }}", True),
        ("o.go(new Near.Inner());", f"class Inner {{ public void go() {{ {WRITES} }} }}", True),
        (
            "Near.make(); o.go();",
            f"static void make() {{ new Inner(); }} class Inner {{ void go() {{ {WRITES} }} }}",
            True,
        ),
    ],
)
def test_a_method_is_entered_as_it_is_called(body: str, member: str, found: bool) -> None:
    assert reach(Near=f"public class Near {{ {member} }}").from_trigger(trigger(body)) == found


def test_a_method_of_a_class_above_is_entered() -> None:
    base = f"public virtual class Base {{ public void go() {{ {WRITES} }} public void idle() {{ }} }}"
    looked = reach(Base=base, Near="public class Near extends Base { }")
    assert looked.from_trigger(trigger("new Near().go();"))
    assert not looked.from_trigger(trigger("new Near().idle();"))


def test_a_class_beside_the_way_calls_a_handler() -> None:
    near = f"public class Near {{ public void go() {{ {WRITES} }} }}"
    looked = reach(Near=near, Runner="public class Runner { public static void run(Object o) { ((Near2) o).go(); } }")
    assert looked.from_trigger(trigger("Runner.run(new Near());"))
    assert not looked.from_trigger(trigger("Other.run(new Near());"))


def test_a_class_for_tests_alone_is_left_out() -> None:
    assert not reach(Near=f"@IsTest class Near {{ static void go() {{ {WRITES} }} }}").from_trigger(
        trigger("Near.go();")
    )


def test_a_job_is_entered_at_its_own_methods() -> None:
    looked = reach(Near=f"class Near {{ void execute() {{ {WRITES} }} void go() {{ }} }}")
    assert looked.from_job("Near", ["execute"])
    assert not looked.from_job("Near", ["go"])
