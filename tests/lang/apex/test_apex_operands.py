"""Literals, names, calls, casts and what is written behind them."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from sfoptlint.lang.apex import nodes

Shown = Callable[[str], str]
Read = Callable[[str], nodes.Expression]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Trigger.new[0].addError('no')", "Trigger.new[0].addError(string_literal)"),
        ("Trigger.newMap.get(id).Email", "Trigger.newMap.get(id).Email"),
        ("a?.b()?.c", "a?.b()?.c"),
        ("Label..Title", "Label.Title"),
        ("boolean.valueOf(x)", "boolean.valueOf(x)"),
        ("a.this(b)", "a.this(b)"),
        ("super.run(a, b)", "super.run(a, b)"),
        ("this.name", "this.name"),
        ("Package.Version.1.0", "Package.Version.1.0"),
        ("account.get('Name')", "account.get(string_literal)"),
        ("group + order + limit", "(group + order + limit)"),
        ("Contact.class", "class(Contact)"),
        ("Outer.Inner.class.getName()", "class(Outer.Inner).getName()"),
        ("List<Contact>.class", "class(List)"),
        ("Contact[].class", "class(Contact)"),
        ("a < b", "(a < b)"),
    ],
)
def test_names_and_calls(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(Contact) row", "cast(Contact, row)"),
        ("(Contact) row.get(0)", "cast(Contact, row.get(0))"),
        ("((Contact) row).Email", "cast(Contact, row).Email"),
        ("(List<Contact>) rows", "cast(List, rows)"),
        ("(Map<Id, List<A.B>>) rows", "cast(Map, rows)"),
        ("(A) (B) c", "cast(A, cast(B, c))"),
        ("(Boolean) !a", "cast(Boolean, !a)"),
        ("(Integer) -1", "cast(Integer, -1)"),
        ("(a) - b", "(a - b)"),
        ("(a) + b", "(a + b)"),
        ("(String) a + b", "(cast(String, a) + b)"),
        ("(a)[0]", "a[0]"),
        ("(a) instanceof B", "(a instanceof B)"),
        ("(a < b)", "(a < b)"),
        ("(a) ? b : c", "(a ? b : c)"),
        ("(Contact) [SELECT Id FROM Contact]", "cast(Contact, query_expression)"),
        ("(Contact) 'x'", "cast(Contact, string_literal)"),
    ],
)
def test_a_cast_is_told_from_parentheses(shown: Shown, source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'plain'", "plain"),
        (r"'it\'s'", "it's"),
        (r"'a\nb\tc\\'", "a\nb\tc\\"),
        (r"'\u0041\"'", 'A"'),
        ("''", ""),
        ("'''\n  two\n  lines'''", "  two\n  lines"),
        ("'''it's one'''", "it's one"),
    ],
)
def test_texts_have_their_escapes_resolved(expression: Read, source: str, value: str) -> None:
    node = expression(source)
    assert isinstance(node, nodes.StringLiteral)
    assert node.value == value


def test_numbers(expression: Read) -> None:
    whole, long, fraction, double = map(expression, ("1_000", "5L", "1.50", "2d"))
    assert isinstance(whole, nodes.IntLiteral)
    assert (whole.value, whole.long) == (1000, False)
    assert isinstance(long, nodes.IntLiteral)
    assert (long.value, long.long) == (5, True)
    assert isinstance(fraction, nodes.DecimalLiteral)
    assert (fraction.value, fraction.double) == (Decimal("1.50"), False)
    assert isinstance(double, nodes.DecimalLiteral)
    assert (double.value, double.double) == (Decimal(2), True)


@pytest.mark.parametrize(("source", "kind"), [("TRUE", "boolean"), ("null", "null_literal"), ("this", "this")])
def test_constants(expression: Read, source: str, kind: str) -> None:
    assert expression(source).kind == kind


def test_a_call_knows_where_its_name_stands(expression: Read) -> None:
    node = expression("row\n  .addError(message)")
    assert isinstance(node, nodes.MethodInvocation)
    assert node.name_start == node.start + len("row\n  .")
    assert node.end == node.start + len("row\n  .addError(message)")


def test_another_constructor_is_called(expression: Read) -> None:
    node = expression("this(a, 1)")
    assert isinstance(node, nodes.ExplicitConstructorInvocation)
    assert (node.constructor, len(node.arguments)) == ("this", 2)
