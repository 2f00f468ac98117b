"""`new`, and queries in brackets."""

from collections.abc import Callable

import pytest

from sfoptlint.lang.apex import nodes

Read = Callable[[str], nodes.Expression]


def test_named_arguments_are_assignments(expression: Read) -> None:
    node = expression("new Contact(LastName = 'Day', HasOptedOutOfEmail = true)")
    assert isinstance(node, nodes.ObjectCreationExpression)
    left = [a.left for a in node.arguments if isinstance(a, nodes.AssignmentExpression)]
    assert [name.name for name in left if isinstance(name, nodes.Identifier)] == ["LastName", "HasOptedOutOfEmail"]


@pytest.mark.parametrize(
    ("source", "type_", "size", "values"),
    [
        ("new List<String>{'a', 'b'}", "List", False, 2),
        ("new Set<Id>{}", "Set", False, 0),
        ("new Integer[]{1, 2, 3}", "Integer", False, 3),
        ("new Integer[5]", "Integer", True, 0),
        ("new A.B[size + 1]", "A.B", True, 0),
    ],
)
def test_lists_and_sets(expression: Read, source: str, type_: str, size: bool, values: int) -> None:
    node = expression(source)
    assert isinstance(node, nodes.ArrayCreationExpression)
    assert (node.type.name, node.size is not None, len(node.values)) == (type_, size, values)


def test_maps(expression: Read) -> None:
    node = expression("new Map<String, List<Id>>{'a' => b, c() => null}")
    assert isinstance(node, nodes.MapCreationExpression)
    assert [(entry.key.kind, entry.value.kind) for entry in node.entries] == [
        ("string_literal", "identifier"),
        ("method_invocation", "null_literal"),
    ]
    assert [argument.name for argument in node.type.arguments] == ["String", "List"]


def test_an_object_is_used_where_it_is_made(expression: Read) -> None:
    node = expression("new Handler().run()")
    assert isinstance(node, nodes.MethodInvocation)
    assert isinstance(node.object, nodes.ObjectCreationExpression)


def bind_texts(source: str, node: nodes.Expression) -> list[str]:
    assert isinstance(node, nodes.QueryExpression)
    return [source[bind.start - node.start : bind.end - node.start] for bind in node.binds]


@pytest.mark.parametrize(
    ("source", "language", "binds"),
    [
        ("[SELECT Id FROM Contact]", "soql", []),
        ("[SELECT Id FROM A WHERE Id = :x AND B IN: ys LIMIT :n]", "soql", [":x", ": ys", ":n"]),
        ("[select Id from A where Id in :m.keySet() and B = :(c) and D = 1]", "soql", [":m.keySet()", ":(c)"]),
        ("[SELECT Id FROM A WHERE B = LAST_N_DAYS:30 AND C = 2026-01-31T10:00:00Z]", "soql", []),
        ("[SELECT Id FROM A WHERE B = :a[0].C ORDER BY D]", "soql", [":a[0].C"]),
        ("[SELECT Id FROM A WHERE B IN :new Set<Id>{c, d} FOR UPDATE]", "soql", [":new Set<Id>{c, d}"]),
        ("[SELECT Id FROM A WHERE B = :[SELECT Id FROM C LIMIT 1].Id]", "soql", [":[SELECT Id FROM C LIMIT 1].Id"]),
        ("[SELECT Id FROM A WHERE B = ':no' AND C = '[']", "soql", []),
        ("[FIND :term IN ALL FIELDS RETURNING Contact(Id WHERE A = :b)]", "sosl", [":term", ":b"]),
        ("[FIND 'x*' RETURNING Lead]", "sosl", []),
    ],
)
def test_queries_end_at_their_bracket(expression: Read, source: str, language: str, binds: list[str]) -> None:
    node = expression(source)
    assert isinstance(node, nodes.QueryExpression)
    assert (node.language, node.end - node.start) == (language, len(source))
    assert bind_texts(source, node) == binds
    assert node.bind_spans == {bind.start: bind.end for bind in node.binds}


def test_the_first_row_of_a_query(expression: Read) -> None:
    node = expression("[SELECT Email FROM Contact LIMIT 1][0].Email")
    assert isinstance(node, nodes.FieldAccess)
    assert isinstance(node.object, nodes.ArrayAccess)
    assert isinstance(node.object.array, nodes.QueryExpression)
