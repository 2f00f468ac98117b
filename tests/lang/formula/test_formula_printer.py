import pytest

from sfoptlint.lang.formula.nodes import Binary, Number, Reference, Unary
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.printer import print_formula, print_tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((a)+(b))", "a + b"),
        ("a*(b+c)", "a * (b + c)"),
        ("(a*b)+c", "a * b + c"),
        ("a-(b-c)", "a - (b - c)"),
        ("NOT a", "NOT(a)"),
        ("!(a=b)", "!(a = b)"),
        ("-(2^2)", "-(2 ^ 2)"),
        ("f( x ,y )", "f(x, y)"),
        ("'say \"x\"'", '"say \\"x\\""'),
        ("{! a }", "{!a}"),
        ("TRUE", "true"),
    ],
)
def test_only_the_parentheses_that_are_needed(text: str, printed: str) -> None:
    assert print_formula(parse(text)) == printed
    assert parse(printed) == parse(text)


def test_a_hand_made_tree_prints_with_its_grouping() -> None:
    tree = Binary("*", Binary("^", Reference("a"), Number("2")), Unary("-", Binary("+", Number("1"), Number("2"))))
    assert print_formula(tree) == "(a ^ 2) * -(1 + 2)"
    assert parse(print_formula(tree)) == tree


def test_the_tree_quotes_texts() -> None:
    assert print_tree(parse("'a\\\"b' & BR()")) == '( & "a\\"b" BR )'
