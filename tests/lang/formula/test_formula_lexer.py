import pytest

from sfoptlint.lang.formula.diagnostics import FormulaSyntaxError
from sfoptlint.lang.formula.lexer import text_value, tokenise


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenise(text)[:-1]]


def test_a_name_takes_dots_colons_and_signs_into_one_token() -> None:
    assert kinds("Owner:User.Name $Setup.X__c.Y__c a#b") == [
        ("name", "Owner:User.Name"),
        ("name", "$Setup.X__c.Y__c"),
        ("name", "a#b"),
    ]


def test_namespace_tokens_belong_to_the_name() -> None:
    assert kinds("%%%NAMESPACE%%%Field__c.%%%NAMESPACED_ORG%%%X__c") == [
        ("name", "%%%NAMESPACE%%%Field__c.%%%NAMESPACED_ORG%%%X__c")
    ]


def test_two_character_operators_win() -> None:
    assert [text for _, text in kinds("a<>b<=c>=d!=e==f&&g||!h")] == [
        "a",
        "<>",
        "b",
        "<=",
        "c",
        ">=",
        "d",
        "!=",
        "e",
        "==",
        "f",
        "&&",
        "g",
        "||",
        "!",
        "h",
    ]


def test_comments_line_ends_and_marks_without_width_are_white_space() -> None:
    assert kinds("\ufeff/* one\r\n ** */ a\u200b\r\n/**/\xa0b") == [("name", "a"), ("name", "b")]


def test_an_escaped_comment_end_does_not_end_the_comment() -> None:
    assert kinds(r"/* a \*/ b */ c") == [("name", "c")]


def test_a_token_says_where_it_stands() -> None:
    assert tokenise("  abc")[0].span == (2, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a\'b"', "a'b"),
        ("'a\"b'", 'a"b'),
        (r'"\"\\\'\n\r\t"', "\"\\'\n\r\t"),
        (r"'\N\R\T'", "\n\r\t"),
        ("''", ""),
    ],
)
def test_texts_in_either_quotes(text: str, value: str) -> None:
    assert text_value(tokenise(text)[0]) == value


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        ('  "abc', "this text is not closed on its line", 2),
        ('"a\nb"', "this text is not closed on its line", 0),
        ("a /* b", "this comment is not closed", 2),
        ("a | b", "did you mean ||?", 2),
        ("a = .5", "write 0.5, not .5", 4),
        ("\u201cx\u201d", "use straight quotes", 0),
        ("{!a b", "expected {!Name}", 0),
        ("{!TODAY()}", "expected {!Name}", 0),
        ("a ` b", "unexpected character '`'", 2),
    ],
)
def test_what_is_no_token_is_said_with_its_place(text: str, message: str, start: int) -> None:
    with pytest.raises(FormulaSyntaxError) as caught:
        tokenise(text)
    assert message in str(caught.value)
    assert caught.value.diagnostic.span.start == start


def test_an_unknown_escape_names_the_way_out() -> None:
    with pytest.raises(FormulaSyntaxError, match=r"unknown escape \\d; write \\\\d") as caught:
        text_value(tokenise(r'"a\d"')[0])
    assert caught.value.diagnostic.span == (2, 4)


def test_many_spaces_before_a_mistake_take_no_time() -> None:
    with pytest.raises(FormulaSyntaxError):
        tokenise(" " * 200_000 + "`")
