"""Tokens: texts, kinds, offsets."""

import pytest

from sfoptlint.lang.apex.lexer import BAD, DECIMAL, END, INTEGER, STRING, SYMBOL, WORD, tokenize


def texts(source: str) -> list[str]:
    tokens = tokenize(source)
    return tokens.texts[: tokens.kinds.index(END)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a.b", ["a", ".", "b"]),
        ("a?.b", ["a", "?.", "b"]),
        ("a ?? b", ["a", "??", "b"]),
        ("List<List<Id>> x", ["List", "<", "List", "<", "Id", ">", ">", "x"]),
        ("a >= b <= c", ["a", ">=", "b", "<=", "c"]),
        ("v <<= 1", ["v", "<<=", "1"]),
        ("a !== b === c <> d", ["a", "!==", "b", "===", "c", "<>", "d"]),
        ("k => v", ["k", "=>", "v"]),
        ("x ? .5 : 1.50d", ["x", "?", ".5", ":", "1.50d"]),
        ("Version.1.0", ["Version", ".", "1.0"]),
        ("'it\\'s' + ''", ["'it\\'s'", "+", "''"]),
        ("'''\none\n'two'\n''' x", ["'''\none\n'two'\n'''", "x"]),
        ("a /* not b */ c // nor d\ne", ["a", "c", "e"]),
        ("/* * / ** */ a /**/ b", ["a", "b"]),
        ("$a_1$ ñandú", ["$a_1$", "ñandú"]),
        ("%%%NAMESPACE%%%Field__c", ["Field__c"]),
    ],
)
def test_splits(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Name__c", WORD),
        ("12", INTEGER),
        ("12L", INTEGER),
        ("1_000", INTEGER),
        ("1.5", DECIMAL),
        ("2d", DECIMAL),
        ("'a'", STRING),
        ("'a", BAD),
        ("'", BAD),
        ("'a\\'", BAD),
        ("'a\\\\'", STRING),
        ("'''a", BAD),
        ("'''a'''", STRING),
        ("{", SYMBOL),
        ("#", BAD),
        ("\\", BAD),
    ],
)
def test_kinds(source: str, kind: int) -> None:
    assert tokenize(source).kinds[:2] == [kind, END]


def test_offsets_point_into_the_text() -> None:
    source = "\ufeff a /* x */ =\r\n 'y' ;"
    tokens = tokenize(source)
    count = tokens.kinds.index(END)
    pieces = [source[s:e] for s, e in zip(tokens.starts[:count], tokens.ends[:count], strict=True)]
    assert pieces == tokens.texts[:count] == ["a", "=", "'y'", ";"]


def test_words_are_in_lower_case_and_texts_are_not() -> None:
    tokens = tokenize("SELECT Id")
    assert (tokens.words[:2], tokens.texts[:2]) == (["select", "id"], ["SELECT", "Id"])


@pytest.mark.parametrize(
    ("source", "offset"),
    [("a /* b", 2), ("a /* b */", None), ("// /* no\na", None), ("'/*'", None), ("/*/", 0), ("/* a */ /* b", 8)],
)
def test_a_comment_without_an_end_is_found(source: str, offset: int | None) -> None:
    assert tokenize(source).open_comment == offset


def test_a_text_without_its_end_costs_its_line_only() -> None:
    assert texts("a = 'b;\nc = 'd';") == ["a", "=", "'b;", "c", "=", "'d'", ";"]
