from collections.abc import Callable

import pytest

from sfoptlint.core.expr import Value

Formula = Callable[..., Value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LEFT('abc', 2)", "ab"),
        ("LEFT('abc', -1)", ""),
        ("RIGHT('abc', 2)", "bc"),
        ("RIGHT('abc', 9)", "abc"),
        ("RIGHT('abc', 0)", ""),
        ("MID('abcdef', 2, 3)", "bcd"),
        ("MID('abc', -5, 2)", "ab"),
        ("SUBSTR('abcdef', -3, 2)", "de"),
        ("SUBSTR('abc', 2)", "bc"),
        ("LPAD('7', 3, '0')", "007"),
        ("LPAD('abc', 2)", "ab"),
        ("RPAD('a', 4, 'xy')", "axyx"),
        ("UPPER('groß')", "GROSS"),
        ("LOWER('TITLE I', 'tr')", "t\u0131tle \u0131"),
        ("UPPER('i', 'az_AZ')", "\u0130"),
        ("INITCAP('mr. _smith 2ND')", "Mr. _Smith 2nd"),
        ("SUBSTITUTE('a-b-c', '-', '')", "abc"),
        ("SUBSTITUTE('abc', '', 'x')", "abc"),
        ("TRIM('  a b\t')", "a b"),
        ("REVERSE('abc')", "cba"),
        ("CHR(65) & CHR(9729)", "A\u2601"),
        ("'a' & BR() & 'b'", "a\nb"),
        ("CASESAFEID('001D000000IRFma')", "001D000000IRFmaIAH"),
        ("CASESAFEID('001D000000IRFmaIAH')", "001D000000IRFmaIAH"),
        ("HTMLENCODE('<a & b>')", "&lt;a &amp; b&gt;"),
        ("URLENCODE('a b&c')", "a+b%26c"),
        ("JSENCODE('it\\'s')", "it\\'s"),
        ("JSONVALUE('{\"a\": 1.50}', 'a')", "1.5"),
        ("JSONPATHVALUE('{\"a\": [{\"b\": true}]}', '$.a[0].b')", "true"),
        ("JSONPATHVALUE('{\"a\": []}', '$.a[0].b')", None),
    ],
)
def test_texts(value: Formula, text: str, expected: Value) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FIND('b', 'abcb')", 2),
        ("FIND('b', 'abcb', 3)", 4),
        ("FIND('x', 'abc')", 0),
        ("FIND('a', 'abc', -4)", 1),
        ("LEN('abc')", 3),
        ("ASCII('A')", 65),
    ],
)
def test_positions_and_codes(value: Formula, text: str, expected: int) -> None:
    assert value(text) == expected


def test_contains_and_begins_regard_case(value: Formula) -> None:
    assert value("CONTAINS('abc', 'B')") is False
    assert value("BEGINS('abc', 'ab')") is True
    assert value("CONTAINS('abc', '')") is True


def test_the_order_of_texts_is_by_code_unit(value: Formula) -> None:
    assert value("'Z' < 'a'") is True
    assert value("'\uffee' > '\U0001f600'") is True


@pytest.mark.parametrize(
    "text",
    [
        "RPAD('x', 999999999, 'y') & RPAD('x', 999999999, 'y')",
        "SUBSTITUTE(RPAD('', 100000, 'y'), 'y', 'zzzz')",
        "CHR(55296)",
        "JSONVALUE('{', 'a')",
    ],
)
def test_texts_that_cannot_be(error: Callable[..., str], text: str) -> None:
    assert error(text) == "EvaluationError"


def test_a_json_path_with_a_filter_is_a_named_gap(error: Callable[..., str]) -> None:
    assert error("JSONPATHVALUE('{}', '$..a')") == "UnsupportedError"
