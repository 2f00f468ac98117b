"""The values of literals: Apex Developer Guide, "Primitive Data Types" and "String Class" (escape sequences)."""

import re
from decimal import Decimal

from sfoptlint.lang.apex.nodes import DecimalLiteral, IntLiteral, StringLiteral

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_FIRST_BREAK = re.compile(r"\A[ \t]*(?:\r\n|\n|\r)")
_FIRST_BREAK = re.compile(r"\A[ \t]*(?:\r\n|\n|\r)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_MAX_DIGITS = 400


def text_literal(start: int, end: int, source: str) -> StringLiteral:
    """Return the node of a text with its quotes; the line break behind an opening `'''` is not part of the text."""
    body = _FIRST_BREAK.sub("", source[3:-3]) if source.startswith("'''") else source[1:-1]
    return StringLiteral(start, end, _ESCAPE.sub(_unescape, body) if "\\" in body else body)


def _unescape(match: re.Match[str]) -> str:
    code, letter = match.groups()
    return chr(int(code, 16)) if code else _ESCAPED.get(letter.lower(), letter)


def integer_literal(start: int, end: int, source: str) -> IntLiteral:
    """Return the node of a whole number; more digits than any type holds are cut, the compiler refuses them."""
    digits = source.rstrip("lL")
    return IntLiteral(start, end, int(digits.replace("_", "")[:_MAX_DIGITS]), len(digits) < len(source))


def decimal_literal(start: int, end: int, source: str) -> DecimalLiteral:
    """Return the node of a number with a fraction, or with the suffix of a Double."""
    digits = source.rstrip("dDlL")
    return DecimalLiteral(start, end, Decimal(digits.replace("_", "")), source[-1] in "dD")
