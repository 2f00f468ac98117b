"""Comparisons that never mean what they say: with NULL, and ISNULL of a text.

A comparison of a number or date with NULL is never TRUE, and a text field is never null but empty (Salesforce Help, ISBLANK:
"use ISBLANK instead of ISNULL in new formulas").
"""

from collections.abc import Iterator

from sfoptlint.core.expr import Type
from sfoptlint.core.location import Place
from sfoptlint.judge.validation_rule import RuleJudgement, formula_place
from sfoptlint.lang.formula.nodes import Binary, Call, Node, Null, Reference, walk
from sfoptlint.lang.formula.parser import parse

_COMPARISONS = frozenset({"=", "==", "<>", "!=", "<", "<=", ">", ">="})


def null_comparisons(judgement: RuleJudgement) -> Iterator[tuple[Place, str]]:
    """Yield each such place of a rule's condition, and what stands there."""
    if judgement.automation is None:
        return
    text = judgement.rule.formula
    for node in walk(parse(text)):
        if _compares_with_null(node) or _is_null_of_text(node, judgement):
            span = node.span
            place = formula_place(judgement.rule, span.start, span.end - span.start)
            yield place, " ".join(text[span.start : span.end].split())


def _compares_with_null(node: Node) -> bool:
    return isinstance(node, Binary) and node.op in _COMPARISONS and Null in map(type, (node.left, node.right))


def _is_null_of_text(node: Node, judgement: RuleJudgement) -> bool:
    match node:
        case Call(name=name, args=(Reference() as field,)) if name.upper() == "ISNULL":
            expr = judgement.names.resolve(field.path, field.span)
            return expr is not None and expr.type is Type.TEXT
    return False
