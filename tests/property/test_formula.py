"""Laws of the formula language and its evaluator."""

import re
import string
from contextlib import suppress
from datetime import UTC, date, datetime, time
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.calculator.batch import answer_lines
from sfoptlint.core.expr import AFTER, Expr, Field, Free, Interner, Type, Value, nodes
from sfoptlint.core.location import Place
from sfoptlint.evaluate.errors import FormulaError
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.regex import regex_matches
from sfoptlint.evaluate.world import World
from sfoptlint.lang.formula.catalogue import FUNCTIONS
from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Binary, Boolean, Call, Node, Null, Number, Reference, Span, Text, Unary
from sfoptlint.lang.formula.parser import PRECEDENCE, parse
from sfoptlint.lang.formula.printer import print_formula
from sfoptlint.lang.formula.resolver import BlankMode, Source

NAMES = ("Text", "Number", "Date", "Moment", "Clock", "Flag", "Unknown")
TYPES = dict(
    zip(NAMES, (Type.TEXT, Type.NUMBER, Type.DATE, Type.DATETIME, Type.TIME, Type.BOOLEAN, Type.UNKNOWN), strict=True)
)

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
VALUES: dict[Type, st.SearchStrategy[Value]] = {
    Type.TEXT: st.text(max_size=8),
    Type.NUMBER: NUMBERS | st.sampled_from([Decimal(0), Decimal(1), Decimal("1e200"), Decimal("-1e-200")]),
    Type.DATE: st.dates(),
    Type.DATETIME: st.datetimes(timezones=st.just(UTC)),
    Type.TIME: st.times(),
    Type.BOOLEAN: st.booleans(),
}
VALUES[Type.UNKNOWN] = st.one_of(*VALUES.values())

leaves: st.SearchStrategy[Node] = st.one_of(
    st.integers(0, 10**12).map(lambda number: Number(str(number))),
    st.sampled_from(["0.5", "007", "12.30"]).map(Number),
    st.text(max_size=6).map(Text),
    st.booleans().map(Boolean),
    st.just(Null()),
    st.sampled_from(NAMES).map(Reference),
    st.sampled_from(["$Record.Flag", "Owner:User.Name"]).map(lambda name: Reference(name, braced=True)),
)


def _branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from(sorted(PRECEDENCE)), inner, inner),
        st.builds(Unary, st.sampled_from(["-", "+", "!", "NOT"]), inner),
        st.sampled_from(sorted(FUNCTIONS)).flatmap(lambda name: _call(name, inner)),
    )


def _call(name: str, inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    function = FUNCTIONS[name]
    most = function.least + 3 if function.most is None else function.most
    arguments = st.lists(inner, min_size=function.least, max_size=most).map(tuple)
    if name == "NOT":
        return inner.map(lambda argument: Unary("NOT", argument))
    return st.builds(Call, st.just(name), arguments)


trees = st.recursive(leaves, _branches, max_leaves=12)


class Names:
    """Every name is a field; those of `TYPES` have their type."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        return self.interner.field(AFTER, path, TYPES.get(path[-1], Type.UNKNOWN))


@given(trees)
def test_parsing_what_is_printed_gives_the_tree_back(tree: Node) -> None:
    text = print_formula(tree)
    assert parse(text) == tree
    assert print_formula(parse(text)) == text


@given(st.text(alphabet=string.printable + "\u201c\ufeff\u200b%{}$", max_size=60))
def test_any_text_is_a_formula_or_one_diagnostic(text: str) -> None:
    try:
        tree = parse(text)
    except FormulaSyntaxError as error:
        span = error.diagnostic.span
        assert 0 <= span.start <= span.end <= len(text) + 1
    else:
        assert parse(print_formula(tree)) == tree


@given(trees, st.randoms(use_true_random=False))
def test_a_formula_with_a_piece_cut_out_is_one_diagnostic_at_worst(tree: Node, random: Random) -> None:
    text = print_formula(tree)
    cut = random.randrange(len(text) + 1)
    broken = text[:cut] + text[cut + random.randrange(3) :]
    with suppress(FormulaSyntaxError):
        parse(broken)


def _values(type_: Type) -> st.SearchStrategy[Value]:
    return st.none() | VALUES[type_]


@given(trees, st.sampled_from(BlankMode), st.data())
def test_evaluation_gives_a_value_or_a_formula_error(tree: Node, blanks: BlankMode, data: st.DataObject) -> None:
    interner = Interner()
    source = Source(print_formula(tree), Place("formula"), blanks)
    expr = lower(parse(source.text), source, Names(interner), interner).expr
    fields = [node for node in nodes(expr) if isinstance(node, Field)]
    frees = [node for node in nodes(expr) if isinstance(node, Free)]
    world = World(
        after={node.path: data.draw(_values(node.type)) for node in fields},
        prior=data.draw(st.none() | st.just({node.path: data.draw(_values(node.type)) for node in fields})),
        frees={node: data.draw(_values(node.type)) for node in frees},
        now=data.draw(st.datetimes(min_value=datetime(1000, 1, 1), timezones=st.just(UTC))),  # noqa: DTZ001
    )
    first = _outcome(expr, world)
    assert first == _outcome(expr, world)
    assert isinstance(first, (bool, Decimal, str, date, time, type(None))) or first is not None


def _outcome(expr: Expr, world: World) -> object:
    try:
        return evaluate(expr, world)
    except FormulaError as error:
        return type(error), str(error)


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "^", "$", "a?"]),
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*?", "+?"])),
        st.builds("({})".format, inner),
        st.builds("(?={})".format, inner),
        st.builds("(?!{})".format, inner),
    ),
    max_leaves=6,
)


@given(PATTERNS, st.text(alphabet="ab1_", max_size=8))
def test_patterns_that_both_languages_share_match_alike(pattern: str, text: str) -> None:
    assert regex_matches(text, pattern) is (re.fullmatch(pattern, text, re.ASCII) is not None)


@given(st.text(alphabet="ab()[]{}|*+?\\^$.-&,:=!<>12iQEpdzk", max_size=14), st.text(alphabet="ab1", max_size=10))
def test_any_pattern_matches_or_is_a_formula_error(pattern: str, text: str) -> None:
    with suppress(FormulaError):
        assert regex_matches(text, pattern) in (True, False)


@given(st.lists(st.text(alphabet=string.printable, max_size=20).map(lambda text: text.replace("\n", " ")), max_size=4))
def test_a_batch_answers_every_line(lines: list[str]) -> None:
    answers = list(answer_lines(lines, datetime(2026, 1, 1, tzinfo=UTC), UTC))
    assert len(answers) == sum(bool(line.strip()) for line in lines)
