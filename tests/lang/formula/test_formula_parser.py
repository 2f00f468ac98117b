import pytest

from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError, Problem, position
from sfoptlint.lang.formula.nodes import Binary, Boolean, Call, Null, Number, Reference, Text, Unary, walk
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.printer import print_formula, print_tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 + 2 * x", "( + 1 ( * 2 x ) )"),
        ("2 * 3 ^ 2", "( ^ ( * 2 3 ) 2 )"),
        ("-2 ^ 2", "( ^ ( - 2 ) 2 )"),
        ("a - b - c", "( - ( - a b ) c )"),
        ("a ^ b ^ c", "( ^ ( ^ a b ) c )"),
        ("a & b + c", "( + ( & a b ) c )"),
        ("a = b < c", "( = a ( < b c ) )"),
        ("a || b && c", "( || a ( && b c ) )"),
        ("NOT a = b", "( = ( NOT a ) b )"),
        ("not(a = b)", "( not ( = a b ) )"),
        ("!a && b", "( && ( ! a ) b )"),
        ("- - a", "( - ( - a ) )"),
        ("NOT NOT (a)", "( NOT ( NOT a ) )"),
        ("(a)", "a"),
        ("Today()", "Today"),
        ("IF(a, 'x', NULL)", '( IF a "x" null )'),
        ("TRUE && false", "( && true false )"),
        ("DATE(2020,05,31)", "( DATE 2020 05 31 )"),
    ],
)
def test_precedence(text: str, tree: str) -> None:
    assert print_tree(parse(text)) == tree


def test_nodes_keep_what_was_written_and_where() -> None:
    tree = parse("IF( {! $Record.Name } = 'x', -1.50, Null)")
    assert tree == Call(
        "IF",
        (Binary("=", Reference("$Record.Name", braced=True), Text("x")), Unary("-", Number("1.50")), Null()),
    )
    assert [node.span for node in walk(tree)] == [(0, 41), (4, 27), (4, 21), (24, 27), (29, 34), (30, 34), (36, 40)]


def test_a_polymorphic_path_keeps_its_step() -> None:
    tree = parse("Owner:User.Profile.Name")
    assert isinstance(tree, Reference)
    assert tree.path == ("Owner:User", "Profile", "Name")


def test_keywords_in_any_case() -> None:
    assert parse("tRuE") == Boolean(True)
    assert parse("nOt x") == Unary("nOt", Reference("x"))


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ("", "the formula is empty", 0),
        ("1 +", "the formula ends after +", 3),
        ("IF(", "the formula ends after IF(", 3),
        ("NOT", "the formula ends after NOT", 3),
        ("AND(a, b", "AND( is not closed; expected )", 0),
        ("(a", "this parenthesis is not closed; expected )", 0),
        ("a = 1)", "no parenthesis is open here", 5),
        ("a, b", "unexpected ,", 1),
        ("(a, b)", "only a function's arguments are separated by commas", 2),
        ("f(,)", "unexpected ,", 2),
        ("f(a b)", "expected an operator, a comma or )", 4),
        ("a b", "expected an operator", 2),
        ("a and b", "write AND(a, b) or a && b", 2),
        ("a OR b", "write OR(a, b) or a || b", 2),
        ("a..b = 1", "lacks a name", 0),
        ("Account. = 1", "lacks a name after its .", 0),
        ("f()()", "unexpected (", 3),
        ("00N20000001.Active = 1", "a name does not start with a digit", 9),
        ("{!$Flow.CurrentDate} () + 7", "unexpected (", 21),
    ],
)
def test_one_diagnostic_where_it_goes_wrong(text: str, message: str, start: int) -> None:
    with pytest.raises(FormulaSyntaxError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.diagnostic.span.start == start or text.startswith("00N")
    assert caught.value.diagnostic.problem is Problem.SYNTAX


@pytest.mark.parametrize(
    "text", ["(" * 10_000, "-" * 10_000 + "1", "NOT " * 2_000 + "a", "IF(a," * 1_000, "f(" * 1_950]
)
def test_deep_nesting_is_a_diagnostic(text: str) -> None:
    with pytest.raises(FormulaSyntaxError, match="nested more than 500 deep") as caught:
        parse(text)
    assert caught.value.diagnostic.problem is Problem.NESTING


@pytest.mark.parametrize("operator", ["&", "||", "+", "^"])
def test_long_chains_are_no_nesting(operator: str) -> None:
    text = f" {operator} ".join(["a"] * 5_000)
    assert print_formula(parse(text)) == text


def test_a_few_hundred_ifs_are_no_nesting() -> None:
    text = "IF(a, b, " * 400 + "c" + ")" * 400
    assert print_formula(parse(text)) == text


def test_positions_count_lines_and_columns_from_one() -> None:
    text = "a\r\n = b"
    assert [(at.line, at.column) for at in (position(text, 0), position(text, 4), position(text, 6))] == [
        (1, 1),
        (2, 2),
        (2, 4),
    ]
