"""Two parsers held against each other: ours, and the tree-sitter-sfapex grammar.

tree-sitter-language-pack 0.13.0 is the last release that carries it; later ones download grammars at run time.
"""

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sfoptlint.lang.apex import nodes, parse

oracle: Any = import_module("tree_sitter_language_pack")

KINDS = (
    "if_statement while_statement do_statement for_statement enhanced_for_statement throw_statement return_statement "
    "try_statement catch_clause finally_clause switch_expression switch_rule assignment_expression method_invocation "
    "explicit_constructor_invocation query_expression dml_expression binary_expression instanceof_expression "
    "ternary_expression unary_expression update_expression cast_expression array_access object_creation_expression "
    "map_key_initializer local_variable_declaration variable_declarator method_declaration constructor_declaration "
    "field_declaration class_declaration interface_declaration enum_declaration accessor_declaration annotation "
    "trigger_declaration trigger_event static_initializer run_as_statement bound_apex_expression when_sobject_type"
)
"""Where the grammars draw other lines: `X.class` is a field_access to the oracle, the parameter of a catch clause a
formal_parameter, the body of a constructor no block, `new List<X>{}` without values a map_creation_expression."""


def theirs(text: str) -> Counter[str]:
    tree: Any = oracle.get_parser("apex").parse(text.encode())
    found: Counter[str] = Counter()
    pending = [tree.root_node]
    while pending:
        node = pending.pop()
        found[node.type] += node.is_named
        pending.extend(node.children)
    return found


def ours(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in nodes.walk(parse(text)):
        match node:
            case nodes.BinaryExpression(operators=operators):
                found[node.kind] += len(operators)
            case nodes.IfStatement(branches=branches):
                found[node.kind] += len(branches)
            case nodes.Initializer(static=False):
                found["block"] += 1
            case _:
                found[node.kind] += 1
    return found


def readable(text: str) -> str:
    """Write in another way what the oracle's grammar lacks: a `Trigger.new` that starts a statement, a long text."""
    text = text.replace("Trigger.newMap.get(", "fresh.get(").replace("Trigger.new[0].addError", "fresh.addError")
    opening, quoted, rest = text.partition("'''")
    lines, _, closing = rest.partition("'''")
    return f"{opening}'{' '.join(lines.replace(chr(39), '').split())}'{closing}" if quoted else text


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "samples").iterdir()), ids=lambda path: path.name)
def test_both_count_the_same(path: Path) -> None:
    text = readable(path.read_text(encoding="utf-8"))
    mine, other = ours(text), theirs(text)
    assert {kind: mine[kind] for kind in KINDS.split()} == {kind: other[kind] for kind in KINDS.split()}
