"""Queries in brackets: where one ends, and the Apex expressions in it; its own language is parsed elsewhere.

SOQL and SOSL Reference, "Using Apex Variables in SOQL and SOSL Queries": a colon introduces an Apex expression.
"""

from typing import Final

from sfoptlint.lang.apex.expressions import ExpressionParser
from sfoptlint.lang.apex.lexer import BAD, END, INTEGER, WORD
from sfoptlint.lang.apex.nodes import BoundExpression, Expression, QueryExpression

QUERY_WORDS: Final = frozenset(("select", "find"))
_BEFORE_BIND: Final = frozenset(("in", "like", "limit", "offset", "includes", "excludes", "find", "bind"))


def query(parser: ExpressionParser) -> Expression:
    """Read a query from its opening bracket to its closing one."""
    start = parser.i
    word = parser.words[start + 1]
    if word not in QUERY_WORDS:
        parser.i += 1
        parser.fail("expected SELECT or FIND")
    parser.i = start + 2
    binds: list[BoundExpression] = []
    while parser.words[parser.i] != "]":
        if parser.words[parser.i] == ":" and _binds(parser, parser.i):
            binds.append(_bound(parser))
        elif parser.kinds[parser.i] in {END, BAD} or parser.words[parser.i] in {";", "{"}:
            parser.fail("expected ']' at the end of the query")
        else:
            parser.i += 1
    parser.i += 1
    language = "soql" if word == "select" else "sosl"
    return QueryExpression(parser.starts[start], parser.end(), language, tuple(binds))


def _binds(parser: ExpressionParser, colon: int) -> bool:
    """Tell a bind from the colons in `LAST_N_DAYS:3` and `2026-01-01T10:00:00Z`."""
    before = parser.kinds[colon - 1]
    return before != INTEGER and (before != WORD or parser.words[colon - 1] in _BEFORE_BIND)


def _bound(parser: ExpressionParser) -> BoundExpression:
    colon = parser.i
    parser.i += 1
    outer, parser.binding = parser.binding, True
    expression = parser.expression()
    parser.binding = outer
    return BoundExpression(parser.starts[colon], parser.end(), expression)
