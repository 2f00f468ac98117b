"""Laws of the Apex parser: it never raises, never hangs, and its tree stays within the text."""

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.lang import soql
from sfoptlint.lang.apex import nodes, parse
from sfoptlint.lang.apex.outline import outline

FOLDER = Path(__file__).parents[1] / "lang" / "apex" / "samples"
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())]
CLASS = (FOLDER / "HouseholdService.cls").read_text(encoding="utf-8")
PIECES = [
    *"(){}[]<>;:,.?'@=+-*/&|!",
    *[
        "class ",
        "trigger ",
        "if ",
        "else ",
        "for (",
        "while (",
        "switch on ",
        "when ",
        "try ",
        "catch (",
        "new ",
        "[SELECT ",
        "FROM A",
        " WHERE ",
        "get;",
    ],
    *[
        "insert ",
        "merge ",
        "this(",
        "super",
        "null",
        "1",
        "1.5",
        "(hidden)",
        "%%%X%%%",
        "public ",
        "List<",
        "Id ",
        "a",
        "> =",
        ">>=",
        "'''",
        "/*",
        "*/",
        "//",
    ],
    *("\\", "\n", "\ufeff", "\0", "é"),
]


def check(text: str) -> None:
    unit = parse(text)
    for parent in nodes.walk(unit):
        assert 0 <= parent.start <= parent.end <= len(text)
        for child in nodes.children(parent):
            assert parent.start <= child.start
            assert child.end <= parent.end
    within = {node for node in nodes.walk(unit) if isinstance(node, nodes.Unparsed)}
    assert within == {gap for gap in unit.gaps if gap.reason != "a comment without an end"}
    for gap in unit.gaps:
        assert gap.reason
        assert 0 <= gap.start <= gap.end <= len(text)
        assert 0 <= gap.at <= len(text)


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
def test_any_pieces_of_apex(text: str) -> None:
    check(text)
    check("class A { void run() { " + text + " } }")


@given(st.sampled_from(SAMPLES), st.randoms(use_true_random=False), st.integers(1, 8))
def test_mutated_sources(source: str, choice: random.Random, count: int) -> None:
    text = source
    for _ in range(count):
        text = mutate(text, choice)
    check(text)


@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_an_outline_has_the_members_of_the_whole_tree(choice: random.Random, count: int) -> None:
    text = CLASS
    for _ in range(count):
        text = mutate(text, choice)
    whole = parse(text)
    if not whole.gaps:
        assert members(outline(text)) == members(whole)


def members(unit: nodes.CompilationUnit) -> list[tuple[str, int, int]]:
    """What each declaration is, and where it stands."""
    return [(node.kind, node.start, node.end) for node in nodes.walk(unit) if isinstance(node, nodes.DeclarationNode)]


def mutate(text: str, choice: random.Random) -> str:
    """Cut, repeat, move or insert a piece."""
    start = choice.randrange(len(text) + 1)
    end = min(len(text), start + choice.randrange(60))
    match choice.randrange(4):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:]
        case 2:
            to = choice.randrange(len(text) + 1)
            return text[:to] + text[start:end] + text[to:]
        case _:
            piece: str = choice.choice(PIECES)
            return text[:start] + piece + text[start:]


@given(st.sampled_from(SAMPLES), st.integers(0, 10_000))
def test_a_source_that_is_cut_off(source: str, length: int) -> None:
    check(source[:length])


@given(st.text(alphabet="()'\":.,={}<> \nSELECTFROMWHEREINabc019/*\\-_", max_size=300))
def test_any_query(text: str) -> None:
    tree = soql.parse(text)
    assert 0 <= tree.start <= tree.end <= len(text)
    tree = soql.parse("SELECT " + text)
    assert 0 <= tree.start <= tree.end
