"""A class file whose bodies are read later: what is then read is what `parse` reads at once."""

from pathlib import Path

import pytest

from sfoptlint.lang.apex import nodes, parse
from sfoptlint.lang.apex.later import parse_later

ROOT = Path(__file__).parents[3]
CLASSES = sorted([*(ROOT / "rules").rglob("*.cls"), *Path(__file__).parent.rglob("samples/*.cls")])
DEEP = "(" * 120 + "1" + ")" * 120


def tree(unit: nodes.CompilationUnit) -> list[tuple[str, int, int]]:
    return [(node.kind, node.start, node.end) for node in nodes.walk(unit)]


@pytest.mark.parametrize("path", CLASSES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_tree_is_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tree(parse_later(text)) == tree(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "(hidden)",
        "class A { void run() { if (a) { b(); } void next() { c(); }",
        "class A { static { for (A a : all) { a.b(); } } Integer i { get { if (j) { return 1; } return 2; } set; } }",
        "class A { void run() { a(); b c d; e(); } void next() { }",
        "class A { void run() { a(); b c d; e(); } void next() { f(); } }",
        "class A { A() { this(1); } A(Integer i) { String s = '{'; /* } */ } }",
        f"class A {{ void run() {{ Integer i = {DEEP}; }} }}",
        "class A { void run() { a(); } } /* never closed",
    ],
)
def test_broken_and_odd_sources_are_read_as_they_are_at_once(text: str) -> None:
    assert tree(parse_later(text)) == tree(parse(text))


def bodies(text: str) -> list[nodes.Block]:
    [declared] = parse_later(text).declarations
    assert isinstance(declared, nodes.ClassDeclaration)
    return [member.body for member in declared.members if isinstance(member, nodes.MethodDeclaration) and member.body]


def test_a_body_is_read_when_it_is_asked_for_and_once() -> None:
    text = "class A { void run() { b c d; } void next() { b(); } }"
    assert [gap.reason for gap in parse(text).gaps] == ["expected ';', found 'd'"]
    assert not parse_later(text).gaps
    broken, sound = bodies(text)
    assert [statement.kind for statement in broken.statements] == ["ERROR"]
    assert sound.statements is sound.statements


def test_a_body_that_is_too_deep_to_be_walked_is_one_gap_and_its_method_stays() -> None:
    deep, sound = bodies(f"class A {{ void run() {{ a{'.b()' * 3000}; }} void next() {{ b(); }} }}")
    [gap] = deep.statements
    assert isinstance(gap, nodes.Unparsed)
    assert (gap.start, gap.end, gap.reason) == (deep.start, deep.end, "a tree too deep to be walked")
    assert [statement.kind for statement in sound.statements] == ["expression_statement"]
