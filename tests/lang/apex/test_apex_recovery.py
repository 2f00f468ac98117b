"""A broken part loses only itself, and leaves a gap with its place and the reason."""

from collections.abc import Callable

import pytest

from sfoptlint.core.lines import LineIndex
from sfoptlint.lang.apex import nodes, parse


def kinds(source: str) -> list[str]:
    unit = parse(source)
    method = next(node for node in nodes.walk(unit) if isinstance(node, nodes.MethodDeclaration))
    assert method.body is not None
    return [statement.kind for statement in method.body.statements]


@pytest.mark.parametrize(
    "broken",
    [
        "a b c;",
        "x = ;",
        "x = (1;",
        "foo(1, ;",
        "if (a b) { c(); } else { d(); }",
        "for (a; b) { c(); }",
        "x = 'no end;\n",
        "'no end;\n",
        "x = 1 # 2;",
        "try { a(); }",
        "switch on a { b(); }",
        "else { a(); }",
        "x = [SELECT Id FROM A;",
        "x = new A;",
        "return return;",
        "do { a(); } while b;",
    ],
)
def test_a_broken_statement_loses_only_itself(broken: str) -> None:
    source = f"class A {{ void run() {{ before(); {broken} after(); }} void next() {{ }} }}"
    unit = parse(source)
    found = kinds(source)
    assert found[0] == found[-1] == "expression_statement"
    assert set(found[1:-1]) == {"ERROR"}
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert len(class_.members) == 2


@pytest.mark.parametrize(
    "broken",
    [
        "public void (Integer a) { b(); }",
        "Integer a = ;",
        "public String b { got; }",
        "void c( { if (d) { e(); } }",
        "class { Integer f; }",
        "public;",
        "Integer #;",
    ],
)
def test_a_broken_member_loses_only_itself(broken: str) -> None:
    unit = parse(f"class A {{ Integer first; {broken} Integer last; }}")
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert [member.kind for member in class_.members] == ["field_declaration", "ERROR", "field_declaration"]
    assert len(unit.gaps) == 1


def test_a_gap_has_its_place_and_a_reason() -> None:
    source = "class A {\n  void run() {\n    a b c;\n    d();\n  }\n}\n"
    (gap,) = parse(source).gaps
    assert source[gap.start : gap.end] == "a b c;"
    assert gap.reason == "expected ';', found 'c'"
    place = LineIndex(source).position(gap.at)
    assert (place.line, place.column) == (3, 9)


def test_gaps_stand_in_the_tree_and_in_the_list() -> None:
    unit = parse("class A { void run() { a b c; { d e f; } } Integer = 1; }")
    assert tuple(node for node in nodes.walk(unit) if isinstance(node, nodes.Unparsed)) == unit.gaps
    assert len(unit.gaps) == 3


def test_a_method_without_its_end_leaves_the_next_member_whole() -> None:
    unit = parse("class A { void run() { if (a) { b(); public void next() { c(); } private Integer d; }")
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert [m.kind for m in class_.members] == ["method_declaration", "method_declaration", "field_declaration"]
    (gap,) = unit.gaps
    assert gap.reason == "expected '}' for this block, found 'public'"


@pytest.mark.parametrize(
    "source", ["class A {", "class A { void run() { a();", "trigger A on B (before insert) { a();"]
)
def test_a_file_that_ends_early_keeps_what_it_has(source: str) -> None:
    unit = parse(source)
    assert unit.declarations[0].kind in {"class_declaration", "trigger_declaration"}
    assert [gap.reason for gap in unit.gaps] == ["expected '}' for this block, found the end of the file"]


def test_a_second_declaration_survives_a_broken_first() -> None:
    unit = parse("public void lost() { } } } class A { }")
    assert [declaration.kind for declaration in unit.declarations] == ["ERROR", "class_declaration"]


def test_a_comment_without_an_end_is_a_gap() -> None:
    unit = parse("class A { } /* and so on")
    assert unit.declarations[0].kind == "class_declaration"
    assert [(gap.start, gap.reason) for gap in unit.gaps] == [(12, "a comment without an end")]


@pytest.mark.parametrize(
    "deep",
    [
        "x = " + "(" * 10_000 + "1" + ")" * 10_000 + ";",
        "x = " + "!" * 10_000 + "a;",
        "x = " + "(A) " * 10_000 + "b;",
        "x = " + "a ? b : " * 10_000 + "c;",
        "x = " + "f(" * 10_000 + ")" * 10_000 + ";",
        "x = " + "a ?? b || c && d | e ^ f & g == h < i << j + k * (" * 200 + "l" + ")" * 200 + ";",
        "{" * 10_000 + "}" * 10_000,
        "if (a) " * 10_000 + ";",
        "a = " * 10_000 + "b;",
        "x = new A(" * 10_000 + ");",
    ],
    ids=["parentheses", "prefixes", "casts", "ternaries", "calls", "operators", "blocks", "ifs", "assignments", "new"],
)
def test_what_nests_too_deep_is_a_gap(deep: str) -> None:
    unit = parse(f"class A {{ void run() {{ {deep} }} void next() {{ }} }}")
    assert any("nested deeper" in gap.reason for gap in unit.gaps)
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert class_.members[-1].kind == "method_declaration"


@pytest.mark.parametrize(
    "deep", ["x = a" + ".b()" * 5_000 + ";", "x = " + "(" * 60 + "a" + ("[0]" * 30 + ")") * 60 + ";"]
)
def test_a_tree_too_deep_to_walk_is_a_gap(deep: str) -> None:
    unit = parse(f"class A {{ void run() {{ {deep} }} Integer n; }}")
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert [member.kind for member in class_.members] == ["ERROR", "field_declaration"]
    assert [gap.reason for gap in unit.gaps] == ["a tree too deep to be walked"]


def test_a_trigger_keeps_its_other_statements() -> None:
    unit = parse("trigger A on B (before update) { a b c; d(); x = e" + ".f" * 5_000 + "; g(); }")
    (trigger,) = unit.declarations
    assert isinstance(trigger, nodes.TriggerDeclaration)
    assert [part.kind for part in trigger.body] == ["ERROR", "expression_statement", "ERROR", "expression_statement"]


def test_a_cast_of_a_bind_does_not_leak_out_of_a_broken_query(
    statements: Callable[[str], tuple[nodes.Statement, ...]],
) -> None:
    unit = parse("class A { void run() { x = [SELECT Id FROM A WHERE B = :(c; y = (String) limit; } }")
    assert len(unit.gaps) == 1
    (ok,) = statements("y = (String) limit;")
    assert ok.kind == "expression_statement"
