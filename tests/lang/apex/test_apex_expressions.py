"""Operators: precedence, chains, assignments."""

from collections.abc import Callable

import pytest

from sfoptlint.lang.apex import nodes

Shown = Callable[[str], str]
Read = Callable[[str], nodes.Expression]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a - b + c", "(a - b + c)"),
        ("(a - b) + c", "((a - b) + c)"),
        ("a - (b + c)", "(a - (b + c))"),
        ("a || b && c || d", "(a || (b && c) || d)"),
        ("a == b && c != d", "((a == b) && (c != d))"),
        ("a < b == c >= d", "((a < b) == (c >= d))"),
        ("a === b !== c <> d", "(a === b !== c <> d)"),
        ("a > = b", "(a >= b)"),
        ("a < = b", "(a <= b)"),
        ("a << 2 >> 1 >>> 3", "(a << 2 >> 1 >>> 3)"),
        ("a + b << c", "((a + b) << c)"),
        ("a & b | c ^ d", "((a & b) | (c ^ d))"),
        ("a ?? b ?? c", "(a ?? b ?? c)"),
        ("a ?? b || c", "(a ?? (b || c))"),
        ("a instanceof B && c", "((a instanceof B) && c)"),
        ("a instanceof B.C == true", "((a instanceof B.C) == boolean)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a ? b = c : d", "(a ? (b = c) : d)"),
        ("a == b ? c + d : e", "((a == b) ? (c + d) : e)"),
        ("a = b = c", "(a = (b = c))"),
        ("a += b + c", "(a += (b + c))"),
        ("a <<= 1", "(a <<= 1)"),
        ("a >>= 1", "(a >>= 1)"),
        ("a >>>= 1", "(a >>>= 1)"),
        ("a |= b", "(a |= b)"),
        ("!a && -b > 0", "(!a && (-b > 0))"),
        ("!(a && b)", "!(a && b)"),
        ("- -a", "--a"),
        ("a++ + ++b", "(post++a + pre++b)"),
        ("a[0]++", "post++a[0]"),
        ("~a", "~a"),
    ],
)
def test_groups(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


def test_a_chain_is_flat_however_long(expression: Read) -> None:
    node = expression(" + ".join(["a"] * 20_000))
    assert isinstance(node, nodes.BinaryExpression)
    assert (len(node.operands), set(node.operators)) == (20_000, {"+"})
    assert {operand.kind for operand in node.operands} == {"identifier"}


def test_the_span_takes_the_parentheses_in_that_stand_within(expression: Read) -> None:
    node = expression("(a || b) && c")
    assert node.end - node.start == len("(a || b) && c")


def test_operators_are_not_words_of_another_case(shown: Shown) -> None:
    assert shown("a INSTANCEOF B") == "(a instanceof B)"
