"""Whole files, and what every tree keeps."""

from pathlib import Path

import pytest

from sfoptlint.lang import soql
from sfoptlint.lang.apex import nodes, parse
from sfoptlint.lang.soql import nodes as queries

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_parse_without_a_gap(path: Path) -> None:
    unit = parse(path.read_text(encoding="utf-8"))
    assert unit.gaps == ()
    assert len(unit.declarations) == 1


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_child_lies_within_its_parent_and_behind_its_sibling(path: Path) -> None:
    for parent in nodes.walk(parse(path.read_text(encoding="utf-8"))):
        at = parent.start
        for child in nodes.children(parent):
            assert at <= child.start <= child.end <= parent.end, (parent, child)
            if not isinstance(child, nodes.Modifiers):
                at = child.end


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_query_parses_from_its_span(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for node in nodes.walk(parse(text)):
        if isinstance(node, nodes.QueryExpression):
            tree = soql.parse(text, node.start + 1, node.end - 1, node.bind_spans)
            assert not isinstance(tree, queries.Unparsed)
            assert (tree.start, tree.end) >= (node.start, node.start + 10)


def test_a_hidden_body_is_one_gap() -> None:
    unit = parse("(hidden)\n")
    assert [gap.reason for gap in unit.gaps] == ["the source of a managed package is hidden"]
    assert unit.declarations == unit.gaps


def test_a_namespace_token_stands_for_nothing() -> None:
    unit = parse("class %%%NAMESPACE%%%A { %%%NAMESPACE%%%B__c row = new %%%NAMESPACE_DOT%%%B__c(%%%X%%%C__c = 1); }")
    assert unit.gaps == ()
    (class_,) = unit.declarations
    assert isinstance(class_, nodes.ClassDeclaration)
    assert class_.name == "A"


@pytest.mark.parametrize("source", ["", "   \n", "// only words\n", "\ufeff", ";;"])
def test_an_empty_file_declares_nothing(source: str) -> None:
    unit = parse(source)
    assert (unit.declarations, unit.gaps) == ((), ())


def test_a_byte_order_mark_counts_as_a_character() -> None:
    (class_,) = parse("\ufeffclass A { }").declarations
    assert class_.start == 1


def test_nodes_are_frozen_and_compared_by_identity() -> None:
    first, second = parse("class A { }"), parse("class A { }")
    assert first != second
    with pytest.raises(AttributeError):
        first.start = 3  # type: ignore[misc]
