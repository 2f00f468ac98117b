import pytest

from sfoptlint.evaluate.errors import EvaluationError, RegexTooComplicatedError, UnsupportedError
from sfoptlint.evaluate.regex import regex_matches


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"\d{5}(-\d{4})?", "94105-1234", True),
        (r"\d{5}(-\d{4})?", "94105-12", False),
        (r"\D*?(\d\D*?){10}", "(415) 555-0100", True),
        (r"[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,4}", "a.b@example.com", True),
        (r"abc", "xabcx", False),
        (r"^abc$", "abc", True),
        (r"a|bc|", "", True),
        (r"[^\d\s]+", "ab\u0661", True),
        (r"\d", "\u0661", False),
        (r"[a-z&&[^aeiou]]+", "xyz", True),
        (r"[a-z&&[^aeiou]]+", "xyza", False),
        (r"[a-c[x-z]]+", "abxz", True),
        (r"[]a]+", "]a]", True),
        (r"[a-]+", "a-", True),
        (r"\p{Alpha}+\p{L}\p{Lu}\P{Digit}", "ab\u00e9Ax", True),
        (r"\p{IsAlphabetic}+", "\u00e9\u03b1", True),
        (r"(?i)ABC", "abc", True),
        (r"a(?i)b(?-i)c", "aBc", True),
        (r"a(?i)b(?-i)c", "aBC", False),
        (r"(?i:a)b", "Ab", True),
        (r"(?i)\u00c4", "\u00e4", False),
        (r"(?iu)\u00c4", "\u00e4", True),
        (r"a.c", "a\nc", False),
        (r"(?s)a.c", "a\nc", True),
        (r"(?m)a$\n^b", "a\nb", True),
        (r"(?x) a b # note", "ab", True),
        (r"(?<word>\w+) \k<word>", "go go", True),
        (r"(\w)(\w)\2\1", "abba", True),
        (r"(\w)(\w)\2\1", "abab", False),
        (r"(?=.*\d)(?=.*[a-z]).{4,}", "abc1", True),
        (r"(?=.*\d)(?=.*[a-z]).{4,}", "abcd", False),
        (r"(?!test).*", "testing", False),
        (r".*(?<!\.)", "a.", False),
        (r".*(?<=\.)", "a.", True),
        (r"a*+a", "aaa", False),
        (r"(?>a|ab)c", "abc", False),
        (r"a{2}b{1,}c{0,1}", "aabb", True),
        (r"\Qa.b\E+", "a.b", None),
        (r"\Qa.b\E\z", "a.b", True),
        (r"\x41\u0042\t\0101\cA", "AB\tA\x01", True),
        (r"\bfoo\b.*\Bx", "foo yxx", True),
        (r"\R\h\v\s\S", "\r\n \n x", True),
        (r"a\Z", "a\n", False),
        (r"(a*)*b", "b", True),
        (r"\1a", "a", False),
        (r"", "", True),
    ],
)
def test_javas_meaning(pattern: str, text: str, expected: bool | None) -> None:
    if expected is None:
        with pytest.raises(EvaluationError):
            regex_matches(text, pattern)
    else:
        assert regex_matches(text, pattern) is expected


def test_a_blank_is_the_empty_text() -> None:
    assert regex_matches(None, "x*") is True
    assert regex_matches(None, None) is True


@pytest.mark.parametrize(
    "pattern", ["(", ")", "[a", "a{2,1}", "a{x}", "*a", r"\y", r"\k<no>", "(?", "[z-a]", "\\", r"\x{}"]
)
def test_what_is_no_pattern(pattern: str) -> None:
    with pytest.raises(EvaluationError):
        regex_matches("a", pattern)


@pytest.mark.parametrize("pattern", [r"\Ga", r"\X", r"\p{IsGreek}", "(?U)a"])
def test_named_gaps(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        regex_matches("a", pattern)


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*", "(a*)*", "(.*)(.*)(.*)(.*)x", "(a|aa)+"])
def test_backtracking_does_not_explode(pattern: str) -> None:
    assert regex_matches("a" * 500 + "!", pattern) is False


@pytest.mark.parametrize(
    "pattern", [r"(a*)(a*)(a*)(a*)(a*)\1\2\3\4\5b", "(((a{99}){99}){99}){99}", "(" * 60 + "a" + ")" * 60, "a" * 5_000]
)
def test_too_complicated_is_said_after_the_same_work_each_time(pattern: str) -> None:
    with pytest.raises(RegexTooComplicatedError):
        regex_matches("a" * 300, pattern)
