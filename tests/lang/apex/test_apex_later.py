"""A class file whose bodies are read later: what is then read is what `parse` reads at once."""

from pathlib import Path

import pytest

from sfoptlint.lang.apex import later, nodes, parse
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


def test_a_body_is_read_when_it_is_asked_for_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def statements(_text: str, start: int, _end: int) -> tuple[nodes.Statement, ...]:
        read.append(start)
        return ()

    monkeypatch.setattr(later, "_statements", statements)
    [declared] = parse_later("class A { void run() { a(); } void next() { b(); } }").declarations
    assert isinstance(declared, nodes.ClassDeclaration)
    first, second = (member for member in declared.members if isinstance(member, nodes.MethodDeclaration))
    assert first.body is not None
    assert second.body is not None
    assert not read
    assert second.body.statements == second.body.statements
    assert read == [second.body.start]
