"""A source without its comments."""

import pytest

from sfoptlint.lang.apex.comments import without_comments


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("a(); // b();\nc();", "a();  \nc();"),
        ("a/* b\n// c */d", "a d"),
        ("a('//', '/* b */');", "a('//', '/* b */');"),
        ("a('it\\'s // b'); // c", "a('it\\'s // b');  "),
        ("a('''\n// b\n'''); /* c", "a('''\n// b\n''');  "),
        ("'no end // b\nc // d", "'no end // b\nc  "),
    ],
)
def test_what_is_in_quotes_stays(source: str, left: str) -> None:
    assert without_comments(source) == left
