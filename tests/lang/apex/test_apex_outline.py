"""The outline of a class file: its members where they stand, without what they do."""

import pytest

from sfoptlint.lang.apex import nodes, parse
from sfoptlint.lang.apex.outline import outline


def spans(tree: nodes.CompilationUnit, of: type[nodes.Node] = nodes.Node) -> list[tuple[str, int, int]]:
    return [(node.kind, node.start, node.end) for node in nodes.walk(tree) if isinstance(node, of)]


def statements(unit: nodes.CompilationUnit) -> list[nodes.Node]:
    blocks = [node for node in nodes.walk(unit) if isinstance(node, nodes.Block)]
    return [statement for block in blocks for statement in block.statements]


@pytest.mark.parametrize(
    "body",
    [
        "void run() { if (a) { b(); } else { c(); } } void next() { d(); }",
        "A() { this(1); } A(Integer i) // why\n { } A(String s) /* { */ { b(); }",
        "Map<Id, A> all = new Map<Id, A>{ null => new A() }; Integer size { get { return 1; } private set; }",
        "void run() { String s = 'it\\'s {'; /* } */ // }\n String t = '''{\n'''; } @Deprecated(reason=')') void next() { }",
        "static { for (A a : all) { a.b(); } } { c(); } abstract void run(); interface B { void run(); } enum C { D, E }",
        "class B extends A.C { void run() { switch on x { when 1 { y(); } } } class D { } } void next() { }",
    ],
)
def test_members_stand_where_they_do_in_the_whole_tree(body: str) -> None:
    text = f"public class A {{ {body} }}"
    assert not parse(text).gaps
    assert spans(outline(text), nodes.DeclarationNode) == spans(parse(text), nodes.DeclarationNode)


def test_a_method_does_nothing() -> None:
    text = "class A { void run() { a(); if (b) { c(); } } A() { d(); } }"
    assert statements(parse(text))
    assert not statements(outline(text))


@pytest.mark.parametrize("body", ["void run() { if (a) { b(); } void next() { c(); }", "void run() { a(); } } b(); }"])
def test_where_a_brace_is_alone_it_is_the_whole_tree(body: str) -> None:
    text = f"class A {{ {body} }}"
    assert spans(outline(text)) == spans(parse(text))
